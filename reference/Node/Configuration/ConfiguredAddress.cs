using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>An address of an interface; the other addresses of its prefix are neighbours on that link.</summary>
public sealed record ConfiguredAddress(IPAddress Address, byte PrefixLength)
{
    /// <summary>Address of either family, slash, decimal length: <c>2001:db8:100::1/64</c>, <c>192.0.2.1/24</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ConfiguredAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an address with its prefix length.");

    public static bool TryParse(string text, [NotNullWhen(true)] out ConfiguredAddress? address)
    {
        address = null;
        if (text.Split('/') is not [var host, var length])
        {
            return false;
        }
        if (!IPAddress.TryParse(host, out var parsed) || parsed is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 })
        {
            return false;
        }
        if (
            !byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > IpPrefix.MaximumLengthOf(parsed)
        )
        {
            return false;
        }
        address = new ConfiguredAddress(parsed, bits);
        return true;
    }

    internal IpPrefix Prefix => new(Address, PrefixLength);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
