using System.Globalization;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The mapping from link-layer addresses to identifiers of mobile nodes (RFC 5213, Section 6.6).</summary>
public sealed record MobileNodeIdentification
{
    /// <summary>A link-layer address such as "02:5e:*" in which * matches any characters.</summary>
    public required string MacPattern { get; init; }

    /// <summary>The network access identifier; {mac} stands for the 12 lower-case hexadecimal digits of the address.</summary>
    public required string IdentifierFormat { get; init; }

    public bool Matches(MacAddress address) => GlobPattern.Matches(MacPattern.ToLower(CultureInfo.InvariantCulture), address.ToString());

    public string IdentifierOf(MacAddress address) =>
        IdentifierFormat.Replace("{mac}", Convert.ToHexStringLower(address.ToArray()), StringComparison.Ordinal);
}
