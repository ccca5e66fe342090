using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Implementations with rare behaviour that RFC 5213 allows.</summary>
public static class LegalVariants
{
    private const uint UnusualFlowLabel = 0x5213a;
    private const byte UnusualHopLimit = 255;
    private const byte UnusualDifferentiatedService = 0x60;
    private const byte UnassignedOption = 200;
    private const int EncapsulationLimitHeader = 8;

    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        .. Messages(),
        .. Packets(),
        .. OfRole("LMA", [.. LmaVariants.All, .. LmaIpv4Variants.All, .. LmaTransportVariants.All]),
        .. OfRole("MAG", MagVariants.All),
        .. OfRole("CN", CnVariants.All),
        .. OfRole("HA", HaVariants.All),
        .. OfRole("MN", MnVariants.All),
    ];

    /// <summary>What is unusual in one role is as the reference in the scenarios of the others.</summary>
    private static IEnumerable<LegalVariant> OfRole(string role, IEnumerable<LegalVariant> variants) =>
        variants.Select(variant => variant with { Roles = variant.Roles ?? [role, "E2E"] });

    /// <summary>
    /// Not of a correspondent node: an authenticator stands at the end of its answers, and covers all options as they are.
    /// </summary>
    private static IEnumerable<LegalVariant> Messages() =>
        RewrittenMessages().Select(variant => variant with { Roles = ["LMA", "MAG", "E2E", "HA"] });

    private static IEnumerable<LegalVariant> RewrittenMessages() =>
        [
            LegalVariant.Of(
                "options-reversed",
                "writes its options in the reverse of the usual order",
                node => node with { Output = () => new OptionFilter(options => options.Reverse()) }
            ),
            LegalVariant.Of(
                "options-padded",
                "adds unnecessary padding after every option",
                node => node with { Output = LayoutFilter.WithExtraPadding }
            ),
            LegalVariant.Of(
                "option-unknown",
                "puts an option of an unassigned type first in every message",
                node =>
                    node with
                    {
                        Output = () =>
                            new OptionFilter(options => [new UnknownOption(UnassignedOption, new OctetString([1, 2, 3])), .. options]),
                    }
            ),
        ];

    private static IEnumerable<LegalVariant> Packets() =>
        [
            LegalVariant.Of(
                "esp-replays-detected",
                "detects replayed packets in its security associations",
                node =>
                    node with
                    {
                        Claims = ["esp-anti-replay"],
                        Changes = Changes.To<SecuritySettings>(settings => settings with { AntiReplay = true }),
                    }
            ),
            LegalVariant.Of(
                "signaling-header",
                "sends its messages with a flow label, a differentiated services code point and hop limit 255",
                node =>
                    node with
                    {
                        Output = PacketRewriter.OfSignaling(packet =>
                            packet with
                            {
                                FlowLabel = UnusualFlowLabel,
                                TrafficClass = UnusualDifferentiatedService,
                                HopLimit = UnusualHopLimit,
                            }
                        ),
                    }
            ),
            LegalVariant.Of(
                "tunnel-header",
                "sends tunnelled packets with a flow label, a differentiated services code point and hop limit 255",
                node =>
                    node with
                    {
                        Output = PacketRewriter.OfTunnels(packet =>
                            packet with
                            {
                                FlowLabel = UnusualFlowLabel,
                                TrafficClass = (byte)(UnusualDifferentiatedService | (byte)packet.Ecn),
                                HopLimit = UnusualHopLimit,
                            }
                        ),
                    }
            ),
            LegalVariant.Of(
                "tunnel-encapsulation-limit",
                "puts a Tunnel Encapsulation Limit option into tunnelled packets",
                node =>
                    node with
                    {
                        Output = PacketRewriter.OfTunnels(WithEncapsulationLimit),
                        Changes = Changes
                            .To<MobileAccessGatewayRules>(rules =>
                                rules with
                                {
                                    RouterAdvertisement = rules.RouterAdvertisement.Replacing("Mtu", MtuBehindEncapsulationLimit),
                                }
                            )
                            .AndTo<ForwardingRules>(rules =>
                                rules with
                                {
                                    Departure = rules.Departure.Replacing("Mtu", WithRoomForTheLimit),
                                }
                            ),
                    }
            ),
            LegalVariant.Of(
                "rfc6040",
                "treats congestion marks as RFC 6040 says, also in tunnels under ESP",
                node =>
                    node with
                    {
                        Claims = ["rfc6040"],
                        Changes = Changes.To<ForwardingRules>(rules => rules with { Ecn = EcnRules.Rfc6040, EspEcn = EcnRules.Rfc6040 }),
                    }
            ),
            LegalVariant.Of(
                "least-mtu-after-report",
                "sends no packets above 1280 octets on a path once a router has reported Packet Too Big there",
                node =>
                    node with
                    {
                        Changes = Changes.To<ForwardingRules>(rules =>
                            rules with
                            {
                                PathMtu = rules.PathMtu.Replacing("NeverRaised", LeastOfAll),
                            }
                        ),
                    }
            ) with
            {
                // After one report, nothing shows that another one counts.
                Unreached = ["TC-MAG-MTU-BV-03"],
            },
            LegalVariant.Of(
                "chatter",
                "reports its multicast groups before every packet",
                node => node with { Output = () => new ChatterFilter() }
            ),
        ];

    /// <summary>RFC 2473, Sections 5.1 and 6.7: the option takes eight octets of what the tunnel can carry.</summary>
    private static RuleOutcome MtuBehindEncapsulationLimit(RouterAdvertisementDraft draft)
    {
        var (behind, link) = (
            draft.PathMtu - Ipv6Packet.HeaderLength - EncapsulationLimitHeader,
            draft.Gateway.FindLink(draft.Attachment.Link)?.Mtu
        );
        draft.Options.Add(new MtuOption(Math.Min(behind, link ?? behind)));
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 1981, Section 3: a node may end the discovery of a path by the least MTU of all.</summary>
    private static RuleOutcome LeastOfAll(ReportedPath reported)
    {
        reported.Mtu = Ipv6Packet.MinimumMtu;
        return RuleOutcome.Continue;
    }

    /// <summary>Only IPv6 packets are tunnelled with the option, so that the tunnel has an MTU for each family.</summary>
    private static RuleOutcome WithRoomForTheLimit(ForwardedPacket leaving)
    {
        if (leaving.Mtu is not { } mtu || leaving.Packet is Ipv4Packet { DontFragment: false })
        {
            return RuleOutcome.Continue;
        }

        mtu = leaving is { EntersTunnel: true, Packet: Ipv6Packet } ? Math.Max(mtu - EncapsulationLimitHeader, Ipv6Packet.MinimumMtu) : mtu;
        return leaving.Packet.Length > mtu ? leaving.Refuse(new PacketError.TooBig(mtu)) : RuleOutcome.Continue;
    }

    private static Ipv6Packet WithEncapsulationLimit(Ipv6Packet packet)
    {
        const byte EncapsulationLimitOption = 4;
        const byte Limit = 4;
        byte[] header = [IpProtocol.Ipv6, 0, EncapsulationLimitOption, 1, Limit, 1, 1, 0];
        return packet with { NextHeader = IpProtocol.DestinationOptions, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }
}
