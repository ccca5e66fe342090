using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors whose acknowledgements lack options or carry wrong ones: RFC 5213, Sections 5.3.1 and 5.3.6.</summary>
internal static class LmaOptionDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Header(), .. Present(), .. Values(), .. LinkLocal()];

    private static IEnumerable<Deviation> Header() =>
        [
            Answers(
                "lma-answers-from-elsewhere",
                "answers from another address than that to which the request was sent",
                "rfc5213-5.3.6-k2",
                answer => answer.Replacing("SourceAddress", OtherSource)
            ),
            Deviation.InLma(
                "lma-type-2-routing-header",
                "sends acknowledgements with a type 2 routing header, as a home agent does",
                "rfc5213-5.3.6-k32",
                lma => lma with { Output = PacketRewriter.OfSignaling(WithType2RoutingHeader) }
            ),
        ];

    private static IEnumerable<Deviation> Present() =>
        [
            Answers(
                "lma-no-prefix",
                "leaves the Home Network Prefix out when it accepts",
                "rfc5213-5.3.6-k7",
                answer => answer.Without("AssignedPrefixes")
            ) with
            {
                WhyMany = "each of the statements says in which case the answer has prefixes",
            },
            Answers(
                "lma-later-answers-name-one-prefix",
                "names all prefixes of a session only when it opens it, and later the first",
                "rfc5213-5.3.6-k10",
                answer => answer.Replacing("AssignedPrefixes", FirstPrefixLater)
            ) with
            {
                WhyMany = "the answers are all that shows the prefixes of a session",
            },
            Answers(
                "lma-rejects-without-prefix",
                "puts no Home Network Prefix into the rejection of a request that has none",
                "rfc5213-5.3.6-k9",
                answer => answer.Replacing("RequestedPrefixesOnRejection", OnlyRequestedPrefixes)
            ),
            Answers(
                "lma-no-access-technology",
                "leaves the Access Technology Type out of acknowledgements",
                "rfc5213-5.3.6-k14",
                answer => answer.Without("AccessTechnologyTypeEchoed")
            ),
            Answers(
                "lma-no-interface",
                "leaves the Mobile Node Link-layer Identifier out of acknowledgements",
                "rfc5213-5.3.6-k19",
                answer => answer.Without("LinkLayerIdentifierEchoed")
            ),
        ];

    private static IEnumerable<Deviation> Values() =>
        [
            Answers(
                "lma-identifier-in-capitals",
                "returns the MN-Identifier in capital letters",
                "rfc5213-5.3.6-k5",
                answer => answer.Replacing("MobileNodeIdentifierEchoed", IdentifierInCapitals)
            ),
            Answers(
                "lma-identifier-made-up",
                "puts an identifier of its own into the answer to a request without one",
                "rfc5213-5.3.1-k6",
                answer => answer.Replacing("MobileNodeIdentifierEchoed", IdentifierMadeUp)
            ),
            Answers(
                "lma-own-handoff-indicator",
                "puts the Handoff Indicator 5 into every answer",
                "rfc5213-5.3.6-k12",
                answer => answer.Replacing("HandoffIndicatorEchoed", OwnHandoffIndicator)
            ),
            Answers(
                "lma-own-access-technology",
                "puts the Access Technology Type 1 into every answer",
                "rfc5213-5.3.6-k15",
                answer => answer.Replacing("AccessTechnologyTypeEchoed", OwnAccessTechnology)
            ),
            Answers(
                "lma-interface-padded",
                "returns the Mobile Node Link-layer Identifier in a field of eight octets, padded with zeros",
                "rfc5213-5.3.6-k21",
                answer => answer.Replacing("LinkLayerIdentifierEchoed", InterfacePadded)
            ),
        ];

    private static IEnumerable<Deviation> LinkLocal() =>
        [
            Answers(
                "lma-link-local-address-left-out",
                "leaves the Link-local Address out of acknowledgements",
                "rfc5213-5.3.6-k22",
                answer =>
                    answer
                        .Without("LinkLocalAddressOnRejection")
                        .Without("LinkLocalAddressOfSession")
                        .Without("LinkLocalAddressStoredAndEchoed")
            ),
            Answers(
                "lma-rejects-with-zero-address",
                "clears the Link-local Address of a request that it rejects",
                "rfc5213-5.3.6-k24",
                answer => answer.Replacing("LinkLocalAddressOnRejection", ZeroAddressOnRejection)
            ),
            Deviation.OfLma(
                "lma-no-address-generated",
                "generates no link-local address for a new session, and returns ALL_ZERO",
                "rfc5213-5.3.6-k26",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.InsertingBefore(
                            "TunnelEstablished",
                            new("5.3.6 b10b", "NoAddressGenerated", NoAddressGenerated)
                        ),
                    }
            ),
        ];

    private static RuleOutcome OtherSource(AcknowledgementDraft draft)
    {
        var address = draft.Request.Signal.Destination.GetAddressBytes();
        address[^1]++;
        draft.Source = new IPAddress(address);
        return RuleOutcome.Continue;
    }

    /// <summary>The address in the header is the destination itself, so that the checksum stays right.</summary>
    private static Ipv6Packet WithType2RoutingHeader(Ipv6Packet packet)
    {
        const byte Type2 = 2;
        const byte Units = 2;
        const byte SegmentsLeft = 1;
        byte[] header = [packet.NextHeader, Units, Type2, SegmentsLeft, 0, 0, 0, 0, .. packet.Destination.GetAddressBytes()];
        return packet with { NextHeader = IpProtocol.Routing, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }

    private static RuleOutcome FirstPrefixLater(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.Entry is { } entry)
        {
            var prefixes = entry.Binding.HomeNetworkPrefixes;
            draft.HomeNetworkPrefixes = draft.Request.Found() is null ? prefixes : [prefixes[0]];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome OnlyRequestedPrefixes(AcknowledgementDraft draft)
    {
        if (draft.IsRejection)
        {
            draft.HomeNetworkPrefixes = draft.Request.HomeNetworkPrefixes;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome IdentifierInCapitals(AcknowledgementDraft draft)
    {
        draft.MobileNode = MobileNodeIdentifierOption.ForNai(draft.Request.MobileNode?.Nai.ToUpperInvariant() ?? string.Empty);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome IdentifierMadeUp(AcknowledgementDraft draft)
    {
        draft.MobileNode = draft.Request.MobileNode ?? MobileNodeIdentifierOption.ForNai("unknown");
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnHandoffIndicator(AcknowledgementDraft draft)
    {
        draft.HandoffIndicator = HandoffIndicator.HandoffStateNotChanged;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnAccessTechnology(AcknowledgementDraft draft)
    {
        draft.AccessTechnology = (AccessTechnologyType)1;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InterfacePadded(AcknowledgementDraft draft)
    {
        const int FieldLength = 8;
        if (draft.Request.LinkLayerIdentifier is { Length: < FieldLength } identifier)
        {
            draft.LinkLayerIdentifier = new OctetString([.. identifier.Span, .. new byte[FieldLength - identifier.Length]]);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome ZeroAddressOnRejection(AcknowledgementDraft draft)
    {
        if (draft.IsRejection && draft.Request.LinkLocalAddress is not null)
        {
            draft.LinkLocalAddress = IPAddress.IPv6Any;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoAddressGenerated(RegistrationRequest request) =>
        request.Entry is { } entry
            ? request.Store(entry with { Binding = entry.Binding with { LinkLocalAddress = IPAddress.IPv6Any } })
            : RuleOutcome.Continue;
}
