using System.Net.Sockets;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors with IPv4 transport whose rare behaviour RFC 5844 and its drafts allow.</summary>
internal static class LmaTransportVariants
{
    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        Lma(
            "lma-transport-other-refresh-time",
            "has MAGs keep the state of a NAT every 25 s",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            Ipv4Transport = settings.Ipv4Transport is { } transport
                                ? transport with
                                {
                                    NatRefreshTime = TimeSpan.FromSeconds(25),
                                }
                                : null,
                        }
                    ),
                }
        ),
        Of(
            "lma-transport-nat-never-forces",
            "tells of a NAT without the flag for UDP, whatever the request has",
            rules => Telling(rules, forcesUdp: false)
        ),
        Of(
            "lma-transport-nat-always-forces",
            "tells of a NAT with the flag for UDP, whatever the request has",
            rules => Telling(rules, forcesUdp: true)
        ),
        Of(
            "lma-transport-plain-where-udp-is-forbidden",
            "tunnels without UDP where its variable forbids UDP, instead of refusing the request",
            rules => rules with { Ipv4Encapsulation = rules.Ipv4Encapsulation.Instead("UdpRefused", IsForbidden, WithoutUdp) }
        ),
        LegalVariant.Of(
            "tunnel-over-ipv4-static-mtu",
            "has a fixed MTU of 1280 octets in tunnels over IPv4, and lets routers fragment what is in them",
            node =>
                node with
                {
                    Output = Ipv4PacketRewriter.OfTunnels(Fragmentable),
                    Changes = Changes.To<ForwardingRules>(Static),
                    Disclaims = ["dynamic-ipv4-tunnel-mtu"],
                }
        ) with
        {
            // The DHCP server of a MAG would have to tell that MTU.
            Roles = ["LMA"],
        },
    ];

    private static LegalVariant Of(string name, string description, Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change) =>
        Lma(name, description, lma => lma with { Changes = Changes.To<LocalMobilityAnchorRules>(WithTransport(change)) });

    private static LegalVariant Lma(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["LMA"],
        };

    private static LocalMobilityAnchorRules Telling(LocalMobilityAnchorRules rules, bool forcesUdp) =>
        rules.Ipv4TransportReply.Has("NatTold")
            ? rules with
            {
                Ipv4TransportReply = new RuleList<AcknowledgementDraft>([
                    .. rules.Ipv4TransportReply,
                    new NamedRule<AcknowledgementDraft>(
                        "draft -04 4.1.3.2",
                        "OtherFlag",
                        draft =>
                        {
                            draft.NatDetection = draft.NatDetection is { } told ? told with { ForcesUdp = forcesUdp } : null;
                            return RuleOutcome.Continue;
                        }
                    ),
                ]),
            }
            : rules;

    private static bool IsForbidden(RegistrationRequest request) =>
        request is { UsesUdp: true, Anchor.Settings.Ipv4Transport.AcceptIPv4UDPEncapsulationRequest: false };

    private static RuleOutcome WithoutUdp(RegistrationRequest request)
    {
        request.UsesUdp = request.UsesTlvHeader = false;
        return RuleOutcome.Continue;
    }

    private static Ipv4Packet Fragmentable(Ipv4Packet packet) =>
        Encapsulation.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out var encapsulated, out _) && encapsulated.Version == 6
            ? packet with
            {
                DontFragment = false,
            }
            : packet;

    private static ForwardingRules Static(ForwardingRules rules) =>
        rules with
        {
            PathMtu = rules.PathMtu.Instead(
                "OwnPacket",
                reported => reported.Destination.AddressFamily == AddressFamily.InterNetwork,
                _ => RuleOutcome.Stop
            ),
            Departure = rules.Departure.Instead(
                "Mtu",
                leaving => leaving.IsOverIpv4() && leaving.Packet is not Ipv4Packet { DontFragment: false },
                leaving =>
                    leaving.Packet.Length > Ipv6Packet.MinimumMtu
                        ? leaving.Refuse(new PacketError.TooBig(Ipv6Packet.MinimumMtu))
                        : RuleOutcome.Continue
            ),
        };
}
