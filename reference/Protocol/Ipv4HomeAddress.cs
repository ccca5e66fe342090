using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>An IPv4 home address, requested or assigned (RFC 5844, Sections 3.1.1 and 3.2.1).</summary>
/// <param name="Address">In a request, 0.0.0.0 leaves the choice to the local mobility anchor.</param>
/// <param name="PrefixLength">The length of the prefix of the IPv4 home network, 0-32 bits; in a request, as it was received.</param>
public sealed record Ipv4HomeAddress(IPAddress Address, byte PrefixLength)
{
    /// <summary>Asks the LMA for an address of its choice (Section 3.2.3.1).</summary>
    public static Ipv4HomeAddress AllZero { get; } = new(IPAddress.Any, 0);

    public bool IsAllZero => Address.Equals(IPAddress.Any);

    public IpPrefix HomeNetwork => new(Address, PrefixLength);

    /// <summary>Parses an IPv4 address, a slash and a decimal prefix length.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Ipv4HomeAddress? homeAddress)
    {
        var isPrefix = IpPrefix.TryParse(text, out var prefix) && prefix.IsIpv4;
        homeAddress = isPrefix ? new Ipv4HomeAddress(IPAddress.Parse(text.Split('/')[0]), prefix.Length) : null;
        return isPrefix;
    }

    /// <summary>For instance <c>192.0.2.1/24</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
