using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>A prefix of either family, whose bits after the prefix length are zero. The default value is ::/0.</summary>
public readonly record struct IpPrefix
{
    private const int MappedBits = Ipv6Prefix.MaximumLength - Ipv4Bits;
    private const int Ipv4Bits = 32;

    /// <summary>An IPv4 prefix is stored as the IPv6 prefix of its IPv4-mapped addresses (RFC 4291, Section 2.5.5.2).</summary>
    private readonly Ipv6Prefix _bits;

    /// <summary>The first <paramref name="length"/> bits of <paramref name="address"/>; the others are cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not within 0-128, or 0-32 for an IPv4 address.</exception>
    public IpPrefix(IPAddress address, int length)
    {
        ArgumentNullException.ThrowIfNull(address);
        IsIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLengthOf(address));
        _bits = IsIpv4 ? new Ipv6Prefix(address.MapToIPv6(), MappedBits + length) : new Ipv6Prefix(address, length);
    }

    private IpPrefix(Ipv6Prefix prefix) => _bits = prefix;

    /// <summary>0.0.0.0/0.</summary>
    public static IpPrefix AllIpv4 { get; } = new(IPAddress.Any, 0);

    /// <summary>::/0.</summary>
    public static IpPrefix AllIpv6 => default;

    /// <summary>Whether the prefix is of IPv4; otherwise it is of IPv6.</summary>
    public bool IsIpv4 { get; }

    /// <summary>The prefix length in bits: 0-128, or 0-32 for IPv4.</summary>
    public byte Length => (byte)(IsIpv4 ? _bits.Length - MappedBits : _bits.Length);

    public IPAddress Network => IsIpv4 ? _bits.Network.MapToIPv4() : _bits.Network;

    /// <summary>The last address of the prefix: all of its other bits are one.</summary>
    public IPAddress Last => IsIpv4 ? _bits.Last.MapToIPv4() : _bits.Last;

    /// <summary>Whether the prefix is that of one address.</summary>
    public bool IsHost => _bits.Length == Ipv6Prefix.MaximumLength;

    public static implicit operator IpPrefix(Ipv6Prefix prefix) => new(prefix);

    public static IpPrefix FromIpv6Prefix(Ipv6Prefix prefix) => prefix;

    /// <summary>128, or 32 for an IPv4 address.</summary>
    public static int MaximumLengthOf(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetwork ? Ipv4Bits : Ipv6Prefix.MaximumLength;
    }

    /// <summary>The prefix of this address alone.</summary>
    public static IpPrefix Of(IPAddress address) => new(address, MaximumLengthOf(address));

    /// <summary>Parses an address, a slash and a decimal prefix length.</summary>
    /// <exception cref="FormatException">The text is not a prefix.</exception>
    public static IpPrefix Parse(string text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is not a prefix.");

    public static bool TryParse([NotNullWhen(true)] string? text, out IpPrefix prefix)
    {
        prefix = default;
        if (text?.Split('/') is not [var address, var length] || !IPAddress.TryParse(address, out var network))
        {
            return false;
        }
        if (!byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > MaximumLengthOf(network))
        {
            return false;
        }
        prefix = new IpPrefix(network, bits);
        return true;
    }

    /// <summary>Whether the address is of this family and has this prefix.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IsIpv4 == (address.AddressFamily == AddressFamily.InterNetwork) && _bits.Contains(IsIpv4 ? address.MapToIPv6() : address);
    }

    /// <summary>The prefix if it is of IPv6; otherwise null.</summary>
    public Ipv6Prefix? AsIpv6 => IsIpv4 ? null : _bits;

    /// <summary>For instance <c>192.0.2.0/24</c> or <c>2001:db8::/64</c>.</summary>
    public override string ToString() => $"{Network}/{Length}";
}
