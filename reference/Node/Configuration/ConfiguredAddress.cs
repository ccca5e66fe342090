using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Node.Configuration;

/// <summary>An address of an interface; the other addresses of its prefix are neighbours on that link.</summary>
public sealed record ConfiguredAddress(IPAddress Address, byte PrefixLength)
{
    private const byte MaximumPrefixLength = 128;

    /// <summary>IPv6 address, slash, decimal length: <c>2001:db8:100::1/64</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ConfiguredAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IPv6 address with its prefix length.");

    public static bool TryParse(string text, [NotNullWhen(true)] out ConfiguredAddress? address)
    {
        address = null;
        if (text.Split('/') is not [var host, var length])
        {
            return false;
        }
        if (!IPAddress.TryParse(host, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6 || parsed.ScopeId != 0)
        {
            return false;
        }
        if (!byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > MaximumPrefixLength)
        {
            return false;
        }
        address = new ConfiguredAddress(parsed, bits);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
