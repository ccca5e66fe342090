using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>An IPv6 prefix whose bits after the prefix length are zero. The default value is ::/0.</summary>
public readonly record struct Ipv6Prefix
{
    /// <summary>Number of bits of an address, which is the maximum prefix length.</summary>
    public const int MaximumLength = 128;

    /// <summary>
    /// ReadyToRun does not precompile methods that use <see cref="UInt128"/> fields, so the prefix is stored as two halves.
    /// </summary>
    private readonly ulong _high,
        _low;

    /// <summary>The first <paramref name="length"/> bits of <paramref name="address"/>; the others are cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not within 0-128.</exception>
    /// <exception cref="ArgumentException"><paramref name="address"/> is not an IPv6 address.</exception>
    public Ipv6Prefix(IPAddress address, int length)
        : this(Ipv6Octets.ToInteger(address), length) { }

    private Ipv6Prefix(UInt128 bits, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLength);
        (_high, _low) = ((ulong)((bits & Mask(length)) >> 64), (ulong)(bits & Mask(length)));
        Length = (byte)length;
    }

    private Ipv6Prefix(ulong high, ulong low, int length)
    {
        var (highMask, lowMask) = length switch
        {
            0 => (0UL, 0UL),
            <= 64 => (ulong.MaxValue << (64 - length), 0UL),
            _ => (ulong.MaxValue, ulong.MaxValue << (MaximumLength - length)),
        };
        (_high, _low, Length) = (high & highMask, low & lowMask, (byte)length);
    }

    /// <summary>::/0, the prefix that a mobile access gateway sends to request a prefix (RFC 5213, Section 6.9.1.1).</summary>
    public static Ipv6Prefix AllZero => default;

    public IPAddress Network => Ipv6Octets.FromInteger(Bits);

    /// <summary>The last address of the prefix: all of its other bits are one.</summary>
    public IPAddress Last => Ipv6Octets.FromInteger(Bits | ~Mask(Length));

    /// <summary>The prefix length in bits, 0-128.</summary>
    public byte Length { get; }

    /// <summary>Whether the network is ::, with any prefix length.</summary>
    public bool IsAllZero => (_high | _low) == 0;

    private UInt128 Bits => new(_high, _low);

    /// <summary>Parses an IPv6 address, a slash and a decimal prefix length.</summary>
    /// <exception cref="FormatException">The text is not an IPv6 prefix.</exception>
    public static Ipv6Prefix Parse(string text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is not an IPv6 prefix.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Ipv6Prefix prefix)
    {
        prefix = default;
        if (text?.Split('/') is not [var address, var length])
        {
            return false;
        }
        if (!IPAddress.TryParse(address, out var network) || network.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }
        if (!byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > MaximumLength)
        {
            return false;
        }
        prefix = new Ipv6Prefix(network, bits);
        return true;
    }

    public bool Contains(IPAddress address) => (Ipv6Octets.ToInteger(address) & Mask(Length)) == Bits;

    /// <summary>Whether this prefix includes the other prefix; true for the same prefix.</summary>
    public bool Contains(Ipv6Prefix other) => other.Length >= Length && (other.Bits & Mask(Length)) == Bits;

    /// <summary>The address with this prefix and these last 64 bits.</summary>
    /// <exception cref="ArgumentException"><paramref name="interfaceId"/> does not have eight octets.</exception>
    /// <exception cref="InvalidOperationException">The prefix is longer than 64 bits.</exception>
    public IPAddress AddressWith(ReadOnlySpan<byte> interfaceId)
    {
        if (interfaceId.Length != 8)
        {
            throw new ArgumentException($"An interface identifier has 8 octets, not {interfaceId.Length}.", nameof(interfaceId));
        }
        if (Length > 64)
        {
            throw new InvalidOperationException($"{this} leaves no room for an interface identifier of 64 bits.");
        }
        return Ipv6Octets.FromInteger(Bits | BinaryPrimitives.ReadUInt64BigEndian(interfaceId));
    }

    /// <summary>Subnet number <paramref name="index"/> of this prefix, with prefix length <paramref name="newLength"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The length is less than the length of this prefix or greater than 128, or the index is out of range.
    /// </exception>
    public Ipv6Prefix Subnet(int newLength, ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(newLength, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newLength, MaximumLength);
        var free = newLength - Length;
        if (free < 64)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1UL << free);
        }
        // The shift count of UInt128 is taken modulo 128, so a shift by 128 would do nothing. Length 0, with its only index 0, is a
        // separate case.
        return newLength == 0 ? this : new Ipv6Prefix(Bits | ((UInt128)index << (MaximumLength - newLength)), newLength);
    }

    /// <summary>The prefix of the address in the first sixteen octets.</summary>
    /// <param name="length">0-128.</param>
    internal static Ipv6Prefix Read(ReadOnlySpan<byte> octets, int length) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[sizeof(ulong)..]), length);

    /// <summary>Writes the sixteen octets of the network.</summary>
    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], _low);
    }

    /// <summary>For instance <c>2001:db8::/64</c>.</summary>
    public override string ToString() => $"{Network}/{Length}";

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (MaximumLength - length);
}
