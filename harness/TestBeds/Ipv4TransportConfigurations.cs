using Conformance.Testing.Bed;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds;

/// <summary>The configurations in which MAGs and LMAs reach each other over IPv4: RFC 5844, Section 4, and its drafts.</summary>
internal static class Ipv4TransportConfigurations
{
    private static readonly string[] _claims =
    [
        "ipv4-transport",
        "forced-udp",
        "ipsec-over-ipv4",
        "ipv4-draft-04-transport",
        "ipv4-draft-04-tlv-header",
        "ipv4-draft-04-ipsec-outside",
        "ipv4-draft-04-ipsec-inside",
        "ipv4-draft-02-transport",
        "ipv4-draft-02-tlv-header",
        "ipv4-draft-02-ipsec",
    ];

    private static readonly Edition[] _drafts = [.. Edition.OfIpv4.Where(edition => edition != Edition.Rfc5844)];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        Anchor("lma-ipv4-transport", "as lma-ipv4, reachable over IPv4, too, with the default variables for that"),
        Anchor(
            "lma-ipv4-transport-udp",
            "as lma-ipv4-transport, with AcceptForcedIPv4UDPEncapsulationRequest = 1, in the drafts AcceptIPv4UDPEncapsulationRequest = 0"
        ),
        Anchor(
            "lma-ipv4-transport-esp",
            "as lma-ipv4-transport, with signalling over IPv4 under ESP: around UDP for MAG1 and MAG3, behind it for MAG2 in the drafts"
        ) with
        {
            DomainOf = Ipv4TransportDomains.LmaWithEsp,
        },
        Gateway("mag-ipv4-transport", "as mag-ipv4-server, with LMAs that it reaches over IPv4 alone"),
        Gateway(
            "mag-ipv4-transport-udp",
            "as mag-ipv4-transport, with ForceIPv4UDPEncapsulationSupport = 1, in the drafts RequestIPv4UDPEncapsulationSupport = 1, too"
        ),
        Gateway("mag-ipv4-transport-tlv", "as mag-ipv4-transport, with the TLV header in use") with
        {
            Editions = _drafts,
        },
        Gateway(
            "mag-ipv4-transport-esp",
            "as mag-ipv4-transport, with all signalling under ESP: around UDP for LMA1, behind it for LMA2 in the drafts"
        ) with
        {
            DomainOf = Ipv4TransportDomains.MagWithEsp,
        },
    ];

    private static NamedConfiguration Anchor(string name, string description)
    {
        var known = Ipv4LmaConfigurations.All.First(configuration => configuration.Name == "lma-ipv4");
        return known with
        {
            Name = name,
            Description = description,
            Domain = Ipv4TransportDomains.Lma,
            Claims = [.. known.Claims, .. _claims, "ipv4-draft-04-accepts-udp"],
        };
    }

    private static NamedConfiguration Gateway(string name, string description)
    {
        var known = Ipv4MagConfigurations.All.First(configuration => configuration.Name == "mag-ipv4-server");
        return known with
        {
            Name = name,
            Description = description,
            Domain = Ipv4TransportDomains.Mag,
            Claims = [.. known.Claims, .. _claims, "ipv4-draft-04-requests-udp"],
            Provision = ixit =>
                known.Provision(ixit) is var provisioned
                    ? provisioned with
                    {
                        Kinds = [.. provisioned.Kinds, Ixit.OtherAnchorKind, Ixit.OverIpv6Kind],
                    }
                    : ixit,
        };
    }
}
