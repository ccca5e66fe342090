using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Tunnel endpoints of either role that mistake the MTU of their tunnel: RFC 5213, Sections 5.6.2, 6.9.5 and 6.10.5.</summary>
internal static class PathMtuDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Reports(
            "tunnel-keeps-its-size",
            "sends packets of the size of its link through the tunnel, whatever routers report",
            "rfc5213-6.9.5-k2",
            reports => reports.InsertingBefore("OwnPacket", new("6.9.5", "Unheard", _ => RuleOutcome.Stop))
        ) with
        {
            WhyMany = "what it does not hear of, it does not advertise or report, either",
        },
        Reports(
            "tunnel-header-uncounted",
            "takes the MTU of the path for that of the packet in the tunnel",
            "rfc5213-6.9.5-k8",
            reports => reports.Replacing("NeverRaised", HeaderUncounted)
        ) with
        {
            WhyMany = "it advertises and reports that MTU, too",
        },
        Reports(
            "tunnel-header-counted-twice",
            "subtracts the header of the tunnel twice from the MTU that a router reports",
            "rfc5213-6.9.5-k8",
            reports => reports.Replacing("NeverRaised", HeaderCountedTwice)
        ),
        Reports(
            "path-mtu-once",
            "takes notice of the first Packet Too Big about a path only",
            "rfc5213-6.9.5-k11",
            reports => reports.Replacing("NeverRaised", reported => reported.Known is null ? RuleOutcome.Continue : RuleOutcome.Stop)
        ),
        Reports(
            "path-mtu-raised",
            "sends larger packets through the tunnel if Packet Too Big names a larger MTU",
            "rfc5213-6.9.5-k2",
            reports => reports.Without("NeverRaised")
        ),
        OfAnyPacket("mag-tunnel-mtu-of-any-packet", ReferenceDomains.Mag, "LMA1"),
        OfAnyPacket("lma-tunnel-mtu-of-any-packet", ReferenceDomains.Lma, "MAG1"),
        Forwards(
            "tunnel-too-small-without-a-word",
            "drops a packet that does not fit into the tunnel, and does not tell its sender",
            "rfc5213-6.10.5-k14c",
            leaving => leaving.Packet.Length > leaving.Mtu ? RuleOutcome.Stop : RuleOutcome.Continue
        ),
        Forwards(
            "tunnel-of-any-size",
            "sends packets that do not fit into the tunnel in fragments",
            "rfc5213-5.6.2-k4c",
            leaving => leaving.EntersTunnel || leaving.Packet.Length <= leaving.Mtu ? RuleOutcome.Continue : Refuse(leaving)
        ),
        Forwards(
            "tunnel-below-the-minimum",
            "refuses packets of 1280 octets if the path to the other end of the tunnel has no room for them and its longest header",
            "rfc5213-5.6.2-k4c",
            leaving =>
                leaving.Packet.Length > leaving.Mtu
                || (leaving is { EntersTunnel: true, Mtu: Ipv6Packet.MinimumMtu } && leaving.Packet.Length > LeastPathLessHeader)
                    ? Refuse(leaving)
                    : RuleOutcome.Continue
        ),
        Forwards(
            "tunnel-without-fragments",
            "drops a packet that it has to send through the tunnel in fragments",
            "rfc5213-6.10.5-k14c",
            leaving =>
                leaving.Packet.Length > leaving.Mtu ? Refuse(leaving)
                : leaving is { EntersTunnel: true, Mtu: Ipv6Packet.MinimumMtu, Packet.Length: > LeastPathLessShortHeader }
                    ? RuleOutcome.Stop
                : RuleOutcome.Continue
        ),
        Of(
            "tunnel-closed-by-a-forged-report",
            "believes a report of less than every link carries, and tunnels no packet above 1240 octets any more",
            "rfc5213-6.10.5-k14c",
            ClosedByForgedReport
        ),
    ];

    /// <summary>In octets, with a Tunnel Encapsulation Limit option in the header.</summary>
    private const int LeastPathLessHeader = 1280 - Ipv6Packet.HeaderLength - 8;

    /// <summary>In octets, with no option in the header.</summary>
    private const int LeastPathLessShortHeader = 1280 - Ipv6Packet.HeaderLength;

    private static RuleOutcome HeaderUncounted(ReportedPath reported)
    {
        reported.Mtu += Ipv6Packet.HeaderLength;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HeaderCountedTwice(ReportedPath reported)
    {
        reported.Mtu = Math.Min(reported.Mtu - Ipv6Packet.HeaderLength, reported.Known ?? uint.MaxValue);
        return RuleOutcome.Continue;
    }

    private static ForwardingRules ClosedByForgedReport(ForwardingRules rules)
    {
        var isClosed = false;
        return rules with
        {
            PathMtu = rules.PathMtu.InsertingBefore(
                "MinimumMtu",
                new(
                    "RFC 8201 4",
                    "Believed",
                    reported =>
                    {
                        isClosed |= reported.Mtu < Ipv6Packet.MinimumMtu;
                        return RuleOutcome.Continue;
                    }
                )
            ),
            Departure = rules.Departure.InsertingBefore(
                "Mtu",
                new(
                    "RFC 2473 7.1",
                    "Closed",
                    leaving =>
                        isClosed && leaving is { EntersTunnel: true, Packet.Length: > 1240 } ? RuleOutcome.Stop : RuleOutcome.Continue
                )
            ),
        };
    }

    private static RuleOutcome Refuse(ForwardedPacket leaving) => leaving.Refuse(new PacketError.TooBig(leaving.Mtu!.Value));

    private static Deviation OfAnyPacket(string name, Domain domain, string otherEnd) =>
        Reports(
            name,
            "lowers the MTU of its tunnel upon Packet Too Big about any packet",
            "rfc5213-6.9.5-k8",
            reports =>
                reports.Replacing(
                    "OwnPacket",
                    reported =>
                    {
                        reported.Destination = domain.Find(otherEnd)!.Address!;
                        return RuleOutcome.Continue;
                    }
                )
        ) with
        {
            Roles = [domain.Tested!.Role.Abbreviation()],
        };

    private static Deviation Forwards(string name, string description, string statement, Func<ForwardedPacket, RuleOutcome> mtu) =>
        Of(name, description, statement, rules => rules with { Departure = rules.Departure.Replacing("Mtu", mtu) });

    private static Deviation Reports(
        string name,
        string description,
        string statement,
        Func<RuleList<ReportedPath>, RuleList<ReportedPath>> change
    ) => Of(name, description, statement, rules => rules with { PathMtu = change(rules.PathMtu) });

    private static Deviation Of(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.Of(name, description, statement, node => node with { Changes = Changes.To(change) });
}
