using System.Net;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds;

/// <summary>
/// The domains in which MAGs and LMAs reach each other over IPv4: RFC 5844, Section 4, and its drafts. Every node of the core link has an
/// address out of 192.0.2.0/24 there, beside its IPv6 address.
/// </summary>
public static class Ipv4TransportDomains
{
    /// <summary>A NAT on the core link, which the tester plays: MAGs can be behind it.</summary>
    private static readonly DomainNode _nat = new("NAT1", NodeRole.Router, [At("192.0.2.240")]);

    /// <summary>The second LMA, which mobile nodes of the kind other-anchor have.</summary>
    private static readonly DomainNode _otherAnchor = new("LMA2", NodeRole.Lma, [At("2001:db8:100::2")]);

    /// <summary>The associations of the IPv4 addresses of LMAs and MAGs.</summary>
    private static readonly IReadOnlyList<DomainAssociation> _ofIpv4 =
    [
        .. Pair(0x1201, "LMA1", "MAG1", EspAlgorithms.AesCbcHmacSha256),
        .. Pair(0x1202, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256),
        .. Pair(0x1203, "LMA1", "MAG3", EspAlgorithms.AesCbcHmacSha256),
        .. Pair(0x1301, "LMA2", "MAG1", EspAlgorithms.NullHmacSha256),
    ];

    /// <summary>An LMA under test that MAGs reach over IPv4, too.</summary>
    public static Domain Lma { get; } = OnCore(ReferenceDomains.LmaIpv4);

    /// <summary>A MAG under test that reaches its LMAs over IPv4.</summary>
    public static Domain Mag { get; } = OnCore(ReferenceDomains.MagIpv4 with { Nodes = [.. ReferenceDomains.MagIpv4.Nodes, _otherAnchor] });

    /// <summary>
    /// An LMA under test whose signalling is protected by ESP. Over IPv6, every MAG has associations; over IPv4, MAG1 has some of its IPv4
    /// addresses, and so has MAG2 in RFC 5844. In the drafts, those of the IPv6 addresses of MAG2 protect the inner packet. MAG3 has
    /// associations and no authority.
    /// </summary>
    public static Domain LmaWithEsp(Edition edition) =>
        Lma with
        {
            Associations =
            [
                .. ReferenceDomains.LmaWithEsp.Associations.Where(known => !known.IsTunnel),
                .. Of("LMA1", "MAG1", edition, isInside: false),
                .. edition == Edition.Rfc5844 ? Of("LMA1", "MAG2", edition, isInside: false) : [],
                .. Of("LMA1", "MAG3", edition, isInside: false),
            ],
        };

    /// <summary>
    /// A MAG under test whose signalling over IPv4 is protected by ESP. LMA1 has associations of its IPv4 addresses, LMA2 in the drafts of
    /// its IPv6 addresses.
    /// </summary>
    public static Domain MagWithEsp(Edition edition) =>
        Mag with
        {
            Associations = [.. Of("LMA1", "MAG1", edition, isInside: false), .. Of("LMA2", "MAG1", edition, isInside: true)],
        };

    /// <param name="isInside">
    /// True for ESP in the inner IPv6 packet, in the editions that have one; the associations are those over IPv6 transport then.
    /// </param>
    private static IEnumerable<DomainAssociation> Of(string anchor, string gateway, Edition edition, bool isInside) =>
        (isInside && edition != Edition.Rfc5844 ? ReferenceDomains.Associations : _ofIpv4).Where(known =>
            !known.IsTunnel && ((known.From, known.To) == (anchor, gateway) || (known.From, known.To) == (gateway, anchor))
        );

    private static Domain OnCore(Domain domain) =>
        domain with
        {
            Nodes = [.. domain.Nodes.Select(node => node.Role == NodeRole.Dhcp ? node : ReferenceDomains.WithIpv4OnCore(node)), _nat],
        };

    private static IEnumerable<DomainAssociation> Pair(uint towardsAnchor, string anchor, string gateway, EspAlgorithms algorithms) =>
        ReferenceDomains.Pair(towardsAnchor, anchor, gateway, algorithms).Select(known => known with { IsIpv4 = true });

    private static DomainInterface At(string address) => new(Ports.Core) { Addresses = [IPAddress.Parse(address)] };
}
