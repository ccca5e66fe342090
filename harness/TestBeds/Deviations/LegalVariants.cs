using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Implementations with rare behaviour that RFC 5213 allows.</summary>
public static class LegalVariants
{
    private const uint UnusualFlowLabel = 0x5213a;
    private const byte UnusualHopLimit = 255;
    private const byte UnusualDifferentiatedService = 0x60;
    private const byte UnassignedOption = 200;

    public static IReadOnlyList<LegalVariant> All { get; } = [.. Messages(), .. Packets(), .. Lmas(), .. MagVariants.All];

    private static IEnumerable<LegalVariant> Messages() =>
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
                node => node with { Output = PacketRewriter.OfTunnels(WithEncapsulationLimit) }
            ),
            LegalVariant.Of(
                "chatter",
                "reports its multicast groups before every packet",
                node => node with { Output = () => new ChatterFilter() }
            ),
        ];

    private static IEnumerable<LegalVariant> Lmas() =>
        [
            LegalVariant.Of(
                "lma-short-lifetime",
                "grants a lifetime of 60 s at most",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                            settings with
                            {
                                MaximumLifetime = TimeSpan.FromSeconds(60),
                            }
                        ),
                    }
            ),
            LegalVariant.Of(
                "lma-two-prefixes",
                "gives every mobile node two prefixes",
                lma => lma with { Changes = Changes.To<LocalMobilityAnchorSettings>(TwoPrefixes) }
            ) with
            {
                // With two prefixes each, four mobile nodes do not fit into a pool of four prefixes.
                Unreached = ["TC-LMA-REG-BV-05", "TC-LMA-REG-BV-06"],
            },
            LegalVariant.Of(
                "lma-slow",
                "takes 900 ms to answer",
                lma =>
                    lma with
                    {
                        Output = () => new DelayFilter(MobilityHeaderType.BindingAcknowledgement, TimeSpan.FromMilliseconds(900)),
                    }
            ),
            LegalVariant.Of(
                "lma-no-wait",
                "does not wait for a de-registration when the handoff state is unknown",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                            settings with
                            {
                                WaitForDeregistrationOnUnknownHandoff = false,
                            }
                        ),
                        Disclaims = ["waits-for-deregistration"],
                    }
            ),
            LegalVariant.Of(
                "lma-equal-is-lower",
                "rejects a timestamp equal to the last accepted one as too low",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                            rules with
                            {
                                Ordering = rules.Ordering.Replacing("TimestampNotLower", TimestampAboveLast),
                            }
                        ),
                        Claims = ["equal-is-lower"],
                    }
            ),
            LegalVariant.Of(
                "lma-answers-duplicates",
                "answers a duplicate request in the same way as the first one",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                            rules with
                            {
                                Ordering = rules.Ordering.Without("TimestampGreater"),
                            }
                        ),
                        Claims = ["answers-duplicates"],
                    }
            ),
            LegalVariant.Of(
                "lma-window-first",
                "checks the timestamp window before it compares the timestamp with the last accepted one",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                            rules with
                            {
                                Ordering = rules.Ordering.Swapping("TimestampNotLower", "TimestampInWindow"),
                            }
                        ),
                    }
            ),
        ];

    private static LocalMobilityAnchorSettings TwoPrefixes(LocalMobilityAnchorSettings settings) =>
        settings with
        {
            MobileNodes = [.. settings.MobileNodes.Select(policy => policy with { PrefixCount = 2 })],
        };

    /// <summary>Adds the option of RFC 2473, Section 5.1, in a Destination Options header padded to eight octets.</summary>
    private static Ipv6Packet WithEncapsulationLimit(Ipv6Packet packet)
    {
        const byte EncapsulationLimitOption = 4;
        const byte Limit = 4;
        byte[] header = [IpProtocol.Ipv6, 0, EncapsulationLimitOption, 1, Limit, 1, 1, 0];
        return packet with { NextHeader = IpProtocol.DestinationOptions, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }

    private static RuleOutcome TimestampAboveLast(RegistrationRequest request)
    {
        var accepted = request.MobileNode is { } mobileNode
            ? request.Anchor.Bindings.Of(mobileNode).Select(entry => entry.Binding.LastTimestamp)
            : [];
        return request.Timestamp is { } timestamp && accepted.Any(last => timestamp <= last)
            ? request.Reject(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED)
            : RuleOutcome.Continue;
    }
}
