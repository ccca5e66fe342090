using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that reach their LMAs over IPv4 in an unusual way that RFC 5844 and its drafts allow.</summary>
internal static class MagTransportVariants
{
    private const ushort EphemeralPort = 49152;
    private const byte UnusualDifferentiatedService = 0x60;

    public static IEnumerable<LegalVariant> All =>
        [
            LegalVariant.Of(
                "mag-transport-ephemeral-port",
                "sends its messages, and in the drafts its data, from a UDP port of its own choice",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewayRules>(rules =>
                            rules.Editing(draft => draft.Path = draft.Path.WithPorts(source: EphemeralPort))
                        ),
                        Around = (_, create) => new RewritingRole(create()) { Actions = AtEphemeralPort },
                    }
            ) with
            {
                Roles = ["MAG"],
            },
            OfRules(
                "mag-transport-early-refresh",
                "repeats its registration before the time that the NAT Detection option says has passed",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Instead(
                            "EntryUpdated",
                            received => received.RefreshAfter is not null,
                            Early(rules)
                        ),
                    }
            ),
            LegalVariant.Of(
                "mag-transport-header",
                "sends packets over IPv4 with a differentiated services code point and a time to live of 255",
                mag => mag with { Output = () => new Ipv4PacketRewriter(WithUnusualHeader) }
            ),
            LegalVariant.Of(
                "mag-transport-data-without-checksum",
                "sends packets in UDP tunnels without a UDP checksum",
                mag => mag with { Output = Ipv4PacketRewriter.OfTunnels(WithoutChecksum) }
            ),
        ];

    private static LegalVariant OfRules(string name, string description, Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change) =>
        LegalVariant.Of(name, description, mag => mag with { Changes = Changes.To<MobileAccessGatewayRules>(change) }) with
        {
            Roles = ["MAG"],
        };

    private static Func<ReceivedAcknowledgement, RuleOutcome> Early(MobileAccessGatewayRules rules)
    {
        var updated = rules.ProxyBindingAcknowledgement.First(rule => rule.Name == "EntryUpdated");
        return received =>
        {
            received.RefreshAfter *= 0.8;
            return updated.Apply(received);
        };
    }

    /// <summary>The LMA answers to the port that a message came from, and in the drafts tunnels to it.</summary>
    private static IEnumerable<RoleAction> AtEphemeralPort(RoleAction action) =>
        action is RoleAction.OpenUdp { Content: not UdpContent.Messages } open
            ? [open, open with { Port = EphemeralPort }]
            : [MagTransportParts.Map(action, AtEphemeralPort)];

    private static Tunnel AtEphemeralPort(Tunnel tunnel) =>
        tunnel.Ports is { Local: UdpPort.DualStackMobileIpv6, Remote: var remote }
            ? new Tunnel(tunnel.Local, tunnel.Remote, tunnel.Mode, new TunnelPorts(EphemeralPort, remote))
            : tunnel;

    private static Ipv4Packet WithUnusualHeader(Ipv4Packet packet) =>
        !Ipv4PacketRewriter.IsSignal(packet) && !Ipv4PacketRewriter.IsTunnelled(packet)
            ? packet
            : packet with
            {
                TrafficClass = (byte)(UnusualDifferentiatedService | (byte)packet.Ecn),
                HopLimit = byte.MaxValue,
            };

    /// <summary>RFC 768: a field of 0 says that there is none.</summary>
    private static Ipv4Packet WithoutChecksum(Ipv4Packet outer)
    {
        if (outer.Protocol != Ipv4Protocol.Udp)
        {
            return outer;
        }

        var payload = outer.Payload.ToArray();
        payload.AsSpan(UdpDatagram.ChecksumOffset, sizeof(ushort)).Clear();
        return outer with { Payload = payload };
    }
}
