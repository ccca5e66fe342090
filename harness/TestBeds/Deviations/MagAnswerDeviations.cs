using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that process acknowledgements wrongly: RFC 5213, Section 6.9.1.2.</summary>
internal static class MagAnswerDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfMag(
            "mag-any-payload-proto",
            "accepts a message with any Payload Proto",
            "rfc5213-6.9.1.2-k3c",
            rules => rules with { MobilityHeader = ForeignPayloadProto.Accept(rules.MobilityHeader) }
        ),
        Answers(
            "mag-unmatched-acknowledgement",
            "accepts an acknowledgement without matching it to a request",
            "rfc5213-6.9.1.2-k7",
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
        Answers(
            "mag-differing-handoff-indicator",
            "accepts an acknowledgement whose Handoff Indicator differs from the request",
            "rfc5213-6.9.1.2-k8a",
            answer => answer.Without("EchoesRequest")
        ),
        Answers(
            "mag-asks-again",
            "repeats a request after an acknowledgement that differs from it",
            "rfc5213-6.9.1.2-k9",
            answer => answer.InsertingBefore("EchoesRequest", new("6.9.1.2(6)", "DifferenceDropped", DifferenceDropped))
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
        ),
        Answers(
            "mag-no-tunnel",
            "accepts an acknowledgement and sets up no tunnel",
            "rfc5213-6.9.1.2-k20",
            answer => answer.Without("TunnelEstablished")
        ),
        Answers(
            "mag-no-routes",
            "accepts an acknowledgement and forwards nothing",
            "rfc5213-6.9.1.2-k22",
            answer => answer.Without("RoutesSetUp")
        ),
        Answers(
            "mag-never-expires",
            "continues to forward after the granted lifetime has expired",
            "rfc5213-6.10.5-k8",
            answer => answer.InsertingBefore("LinkLocalAddressConfigured", new("6.9.1.3", "NoExpiry", NoExpiry))
        ),
    ];

    private static Deviation Answers(
        string name,
        string description,
        string statement,
        Func<RuleList<ReceivedAcknowledgement>, RuleList<ReceivedAcknowledgement>> change
    ) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules => rules with { ProxyBindingAcknowledgement = change(rules.ProxyBindingAcknowledgement) }
        );

    private static RuleOutcome MatchesMobileNode(ReceivedAcknowledgement received)
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
