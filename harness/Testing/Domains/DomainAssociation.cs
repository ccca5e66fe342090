using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace Conformance.Testing.Domains;

/// <summary>The algorithms of a manual security association.</summary>
public enum EspAlgorithms
{
    /// <summary>No encryption (RFC 2410), authenticated by HMAC-SHA-256-128 (RFC 4868). The key has 32 octets.</summary>
    NullHmacSha256,

    /// <summary>
    /// AES-CBC (RFC 3602), authenticated by HMAC-SHA-256-128 (RFC 4868). The key for encryption, of 16, 24 or 32 octets, precedes the 32
    /// octets of the key for authentication.
    /// </summary>
    AesCbcHmacSha256,
}

/// <summary>A manual security association between two nodes of a domain, for ESP in one direction (RFC 4301, Section 4.1).</summary>
/// <param name="SecurityParametersIndex">The SPI in the packets; above 255.</param>
/// <param name="From">The name of the node that sends.</param>
/// <param name="To">The name of the node that receives.</param>
/// <param name="KeyFile">
/// The name of the file with the key, in hexadecimal digits. The key itself is part of no domain, so that it gets into no record.
/// </param>
public sealed record DomainAssociation(uint SecurityParametersIndex, string From, string To, EspAlgorithms Algorithms, string KeyFile)
{
    /// <summary>
    /// Tunnel mode, for the packets of mobile nodes; otherwise transport mode, for Mobility Headers. One with a mobile node as an end
    /// protects what its home address sends and receives through a home agent: the outer header has a care-of address in place of the home
    /// address (RFC 5648, Section 9.3.2).
    /// </summary>
    public bool IsTunnel { get; init; }

    /// <summary>
    /// True for an association of the IPv4 addresses of the nodes on the core link, otherwise of their IPv6 addresses. It decides where ESP
    /// is in a message over IPv4 (RFC 5844, Section 4.3): around UDP, or in the IPv6 packet behind UDP.
    /// </summary>
    public bool IsIpv4 { get; init; }

    /// <summary>The first 8 octets of the SHA-256 of the key, in hexadecimal digits; null until a bed has read the key.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>True for an association of addresses of the family of this one.</summary>
    public bool IsOf(IPAddress address) => IsIpv4 == (address.AddressFamily == AddressFamily.InterNetwork);

    /// <summary>The address of a node in the association; null if the node has none of its family.</summary>
    public IPAddress? AddressOf(DomainNode node) =>
        IsIpv4 ? node.Interfaces[0].Addresses.FirstOrDefault(IsOf) : node.AddressOf(AddressFamily.InterNetworkV6);

    /// <summary>The association for readers: <c>the association from MAG1 to LMA1, SPI 0x00001001</c>.</summary>
    [JsonIgnore]
    public string Words => FormattableString.Invariant($"the association from {From} to {To}, SPI 0x{SecurityParametersIndex:x8}");
}
