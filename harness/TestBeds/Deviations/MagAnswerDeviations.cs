using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that process acknowledgements wrongly: RFC 5213, Section 6.9.1.2.</summary>
internal static class MagAnswerDeviations
{
    private const string NoPacketPasses = "no packet passes in either direction, and each statement demands that some packet does";

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfMag(
            "mag-unknown-type-unreported",
            "drops a Mobility Header of unknown type without a word",
            "rfc5213-6.9.1.2-k3b",
            rules =>
                rules with
                {
                    MobilityHeader = rules.MobilityHeader.Replacing(
                        "KnownType",
                        received => IsUnknown(received) ? received.Discard("KnownType", "unknown") : RuleOutcome.Continue
                    ),
                }
        ),
        Deviation.OfMag(
            "mag-unknown-type-accepted",
            "takes a Mobility Header of unknown type for an acknowledgement",
            "rfc5213-6.9.1.2-k3b",
            rules =>
                rules with
                {
                    MobilityHeader = rules
                        .MobilityHeader.Without("KnownType")
                        .Replacing("WellFormed", received => Misreading.Parse(received, WithTypeOfAcknowledgement)),
                }
        ),
        Deviation.OfMag(
            "mag-any-payload-proto",
            "accepts a message with any Payload Proto",
            "rfc5213-6.9.1.2-k3c",
            rules => rules with { MobilityHeader = ForeignPayloadProto.Accept(rules.MobilityHeader) }
        ),
        Deviation.OfMag(
            "mag-any-header-length",
            "reads options beyond the Header Len of a message",
            "rfc5213-6.9.1.2-k3d",
            rules =>
                rules with
                {
                    MobilityHeader = rules
                        .MobilityHeader.Without("HeaderLength")
                        .Replacing("WellFormed", received => Misreading.Parse(received, Misreading.WithRightHeaderLen)),
                }
        ),
        Answers(
            "mag-type-2-routing-header-required",
            "accepts the acknowledgements for all mobile nodes but the first only with a type 2 routing header",
            "rfc5213-6.9.1.2-k5",
            answer => answer.Replacing("Type2RoutingHeaderNotRequired", HomeAddressRequired())
        ),
        Deviation.OfMag(
            "mag-pointer-without-extension-headers",
            "reports where a fault of a Mobility Header is as if no extension header came before it",
            "rfc5213-6.9.1.2-k3e",
            rules => rules with { MobilityHeader = Misreading.PointersWithoutExtensionHeaders(rules.MobilityHeader) }
        ),
        Answers(
            "mag-unmatched-acknowledgement",
            "accepts an acknowledgement that nothing ties to a request",
            "rfc5213-6.9.1.2-k7",
            answer => answer.Replacing("MatchesRequest", MatchesAny(answer.First(rule => rule.Name == "MatchesRequest")))
        ),
        Answers(
            "mag-any-sequence-number",
            "accepts an acknowledgement with any Sequence Number, although it claims to match by it",
            "rfc5213-6.9.1.2-k4a",
            answer => answer.Replacing("MatchesRequest", MatchesMobileNode)
        ),
        Answers(
            "mag-unknown-option-ignored",
            "ignores an acknowledgement with an option it does not know",
            "rfc5213-8.2-k1",
            answer =>
                answer.InsertingBefore(
                    "MatchesRequest",
                    new(
                        "8.2",
                        "KnownOptionsOnly",
                        received =>
                            received.Acknowledgement.Options.Has<UnknownOption>()
                                ? received.Ignore("KnownOptionsOnly", "an unknown option")
                                : RuleOutcome.Continue
                    )
                )
        ),
        Differs<HandoffIndicatorOption>("handoff-indicator", "Handoff Indicator", "rfc5213-6.9.1.2-k8a"),
        Differs<AccessTechnologyTypeOption>("access-technology", "Access Technology Type", "rfc5213-6.9.1.2-k8b"),
        Differs<MobileNodeLinkLayerIdentifierOption>("link-layer-identifier", "link-layer identifier", "rfc5213-6.9.1.2-k8c"),
        Differs<MobileNodeIdentifierOption>("identifier", "MN-Identifier", "rfc5213-6.9.1.2-k8d"),
        Answers(
            "mag-asks-again",
            "repeats a request after an acknowledgement that differs from it",
            "rfc5213-6.9.1.2-k9",
            answer => answer.InsertingBefore("EchoesRequest", new("6.9.1.2(6)", "DifferenceDropped", DifferenceDropped))
        ),
        Deviation.OfMag(
            "mag-any-checksum",
            "does not verify the checksum of a Mobility Header",
            "rfc5213-6.9.1.2-k3a",
            rules => rules with { MobilityHeader = rules.MobilityHeader.Without("Checksum") }
        ),
        Deviation.OfMag(
            "mag-cut-off-option",
            "reads an option to its end although the message ends before, as if zeros followed",
            "rfc5213-8.2-d5",
            rules => rules with { MobilityHeader = ZerosFollow(rules.MobilityHeader) }
        ),
        Discards("home-network-prefix", "Home Network Prefix", MobilityOptionType.HomeNetworkPrefix, "rfc5213-8.3-k3"),
        Discards("handoff-indicator", "Handoff Indicator", MobilityOptionType.HandoffIndicator, "rfc5213-8.4-k3"),
        Discards("access-technology", "Access Technology Type", MobilityOptionType.AccessTechnologyType, "rfc5213-8.5-k3"),
        Discards("link-layer-identifier", "link-layer identifier", MobilityOptionType.MobileNodeLinkLayerIdentifier, "rfc5213-8.6-k3"),
        Answers(
            "mag-any-acknowledgement",
            "takes a Binding Acknowledgement without the P flag for the answer to a proxy registration",
            "rfc5213-6.9.1.2-d1",
            answer => answer.Without("ProxyAcknowledgement")
        ),
        Answers(
            "mag-order-of-options",
            "ignores an acknowledgement whose options are in another order than those of the update",
            "rfc5213-8.2-d3",
            answer => answer.InsertingBefore("EchoesRequest", new("8.2", "OrderOfTheRequest", OrderOfTheRequest))
        ),
        Answers(
            "mag-first-of-those-that-wait",
            "applies an acknowledgement to the first mobile node that waits for one",
            "rfc5213-6.6-k1",
            answer => answer.InsertingBefore("NotEnabled", new("6.6", "FirstThatWaits", FirstThatWaits))
        ),
        Answers(
            "mag-serves-on",
            "continues to serve a mobile node after its lifetime extension is rejected",
            "rfc5213-6.9.1.2-k18",
            answer =>
                answer.Replacing(
                    "ServiceDenied",
                    received => received.Acknowledgement.IsRejection ? RuleOutcome.Stop : RuleOutcome.Continue
                )
        ) with
        {
            WhyMany = "it takes no notice of a rejection, and each of the statements demands something that follows from one",
        },
        Answers(
            "mag-no-tunnel",
            "accepts an acknowledgement and sets up no tunnel",
            "rfc5213-6.9.1.2-k20",
            answer => answer.Without("TunnelEstablished")
        ) with
        {
            WhyMany = NoPacketPasses,
        },
        Answers(
            "mag-no-routes",
            "accepts an acknowledgement and forwards nothing",
            "rfc5213-6.9.1.2-k22",
            answer => answer.Without("RoutesSetUp")
        ) with
        {
            WhyMany = NoPacketPasses,
        },
        Answers(
            "mag-never-expires",
            "continues to forward after the granted lifetime has expired",
            "rfc5213-6.10.5-k8",
            answer => answer.InsertingBefore("LinkLocalAddressConfigured", new("6.9.1.3", "NoExpiry", NoExpiry))
        ),
    ];

    /// <summary>A MAG that compares all options with those of the request but one.</summary>
    /// <summary>Serves one mobile node as it should.</summary>
    private static Func<ReceivedAcknowledgement, RuleOutcome> HomeAddressRequired()
    {
        MobileNodeIdentifierOption? served = null;
        return received =>
            (served ??= received.MobileNode) == received.MobileNode || received.Signal.Path is Ipv6Signaling { RoutedTo: not null }
                ? RuleOutcome.Continue
                : received.Ignore("HomeAddressRequired", "no type 2 routing header");
    }

    private static bool IsUnknown(ReceivedSignal received) =>
        received.Bytes[MobilityHeader.TypeOffset] > (byte)MobilityHeaderType.BindingError;

    private static byte[] WithTypeOfAcknowledgement(byte[] octets)
    {
        octets[MobilityHeader.TypeOffset] = (byte)MobilityHeaderType.BindingAcknowledgement;
        return octets;
    }

    private static Deviation Differs<TOption>(string name, string option, string statement)
        where TOption : MobilityOption =>
        Answers(
            $"mag-differing-{name}",
            $"accepts an acknowledgement whose {option} differs from the request",
            statement,
            answer => answer.Replacing("EchoesRequest", DifferenceAccepted<TOption>(answer.First(rule => rule.Name == "EchoesRequest")))
        );

    /// <summary>A MAG that discards an acknowledgement in which a reserved field of one option is not 0.</summary>
    private static Deviation Discards(string name, string option, MobilityOptionType type, string statement) =>
        Deviation.OfMag(
            $"mag-reserved-{name}",
            $"discards an acknowledgement if the reserved field of the {option} option is not 0",
            statement,
            rules =>
                rules with
                {
                    MobilityHeader = ReservedFields.Refuse(
                        rules.MobilityHeader,
                        type,
                        type == MobilityOptionType.MobileNodeLinkLayerIdentifier ? 2 : 1
                    ),
                }
        );

    private static Func<ReceivedAcknowledgement, RuleOutcome> DifferenceAccepted<TOption>(NamedRule<ReceivedAcknowledgement> echoes)
        where TOption : MobilityOption =>
        received =>
            received.Acknowledgement.Options.First<TOption>() is { } option && option != received.Answered?.Options.First<TOption>()
                ? RuleOutcome.Continue
                : echoes.Apply(received);

    private static RuleList<ReceivedSignal> ZerosFollow(RuleList<ReceivedSignal> headers)
    {
        var wellFormed = headers.First(rule => rule.Name == "WellFormed");
        return headers.Replacing(wellFormed.Name, Filled);

        RuleOutcome Filled(ReceivedSignal received)
        {
            byte[] octets = [.. received.Bytes, .. new byte[MobilityHeader.LengthUnit]];
            octets[MobilityHeader.HeaderLenOffset]++;
            if (MobilityMessage.TryParse(received.Bytes, out _, out _) || !MobilityMessage.TryParse(octets, out var message, out _))
            {
                return wellFormed.Apply(received);
            }

            received.Message = message;
            return RuleOutcome.Continue;
        }
    }

    private static RuleOutcome OrderOfTheRequest(ReceivedAcknowledgement received)
    {
        var asked = Types(received.Answered?.Options ?? MobilityOptionList.Empty);
        var given = Types(received.Acknowledgement.Options);
        return given.Where(asked.Contains).SequenceEqual(asked.Where(given.Contains))
            ? RuleOutcome.Continue
            : received.Ignore("OrderOfTheRequest", "its options are in another order than the request's");
    }

    private static List<byte> Types(MobilityOptionList options) => [.. options.Select(option => option.Type).Distinct()];

    private static RuleOutcome FirstThatWaits(ReceivedAcknowledgement received)
    {
        received.Attachment =
            received.Gateway.Attachments.FirstOrDefault(attachment => attachment is Attachment.Registering) ?? received.Attachment;
        return RuleOutcome.Continue;
    }

    /// <summary>Takes an acknowledgement that names no mobile node for the answer to whatever mobile node there is.</summary>
    private static Func<ReceivedAcknowledgement, RuleOutcome> MatchesAny(NamedRule<ReceivedAcknowledgement> matches) =>
        received =>
        {
            if (received.MobileNode is not null)
            {
                return matches.Apply(received);
            }

            received.Attachment = received.Gateway.Attachments.LastOrDefault();
            received.Answered = received.Attachment?.Request?.Message;
            return received.Attachment is null ? received.Ignore("MatchesRequest", "there is no mobile node") : RuleOutcome.Continue;
        };

    /// <summary>Matches by the MN-Identifier, which RFC 5213, Section 6.9.1.2(5), allows to a MAG that claims it.</summary>
    public static RuleOutcome MatchesMobileNode(ReceivedAcknowledgement received)
    {
        received.Attachment = received.Gateway.Attachments.FirstOrDefault(attachment =>
            attachment.MobileNode.Identifier == received.MobileNode
        );
        received.Answered = received.Attachment?.Request?.Message;
        return received.Attachment is null
            ? received.Ignore("MatchesRequest", "it is not for a mobile node of this MAG")
            : RuleOutcome.Continue;
    }

    /// <summary>Ignores the acknowledgement as required, but lets the request be repeated as if no acknowledgement had come.</summary>
    private static RuleOutcome DifferenceDropped(ReceivedAcknowledgement received)
    {
        var (given, asked) = (received.Acknowledgement.Options, received.Answered?.Options ?? MobilityOptionList.Empty);
        return
            given.First<HandoffIndicatorOption>() != asked.First<HandoffIndicatorOption>()
            || given.First<AccessTechnologyTypeOption>() != asked.First<AccessTechnologyTypeOption>()
            || given.First<MobileNodeLinkLayerIdentifierOption>() != asked.First<MobileNodeLinkLayerIdentifierOption>()
            ? received.Ignore("DifferenceDropped", "an option differs from the request's")
            : RuleOutcome.Continue;
    }

    private static RuleOutcome NoExpiry(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            received.Gateway.Deadlines.Cancel(new GatewayDeadline.Expiry(attachment.Link));
        }

        return RuleOutcome.Continue;
    }
}
