using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Implementations of both roles that do not follow a recommendation. The result is a remark, or a failure if the verdict is strict.
/// </summary>
internal static class RecommendationDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Lmas(), .. Mags()];

    private static IEnumerable<Deviation> Lmas() =>
        [
            Deviation.OfLma(
                "lma-no-parameter-problem",
                "drops a Mobility Header that is too short without a Parameter Problem",
                "rfc5213-5.3.1-k2f",
                rules => rules with { MobilityHeader = rules.MobilityHeader.Replacing("HeaderLength", ShortHeaderDropped) }
            ),
            Deviation.OfLma(
                "lma-forwards-while-waiting",
                "forwards packets of a session that waits for its deletion",
                "rfc5213-5.3.5-k5",
                rules => rules with { DeRegistration = rules.DeRegistration.Without("DataDropped") }
            ),
            Deviation.InLma(
                "lma-impatient",
                "claims to wait for a de-registration and does not",
                "rfc5213-5.4.1.2-k9",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                            settings with
                            {
                                WaitForDeregistrationOnUnknownHandoff = false,
                            }
                        ),
                    }
            ) with
            {
                WhyMany = "the wait is a rule for each kind of look-up, a variable and its default",
            },
        ];

    private static IEnumerable<Deviation> Mags() =>
        [
            Deviation.OfMag(
                "mag-falling-sequence-numbers",
                "sends decreasing sequence numbers",
                "rfc5213-6.9.1.1-k17",
                rules => rules with { Construction = rules.Construction.Replacing("SequenceNumber", FallingNumber) }
            ) with
            {
                WhyMany = "each of the statements says for which message the number must be higher",
            },
            Deviation.OfMag(
                "mag-never-de-registers",
                "sends another registration instead of a de-registration when a mobile node leaves",
                "rfc5213-6.9.1.4-k1",
                rules => rules with { DeRegistration = rules.DeRegistration.Without("LifetimeZero") }
            ) with
            {
                WhyMany =
                    "a de-registration is asked of a MAG whose mobile node leaves, and of one whose mobile node is gone without a sign",
            },
            Deviation.OfMag(
                "mag-persistent",
                "registers a mobile node again after the LMA has refused it the service",
                "rfc5213-6.9.1.2-k10",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing(
                            "NotEnabled",
                            received => Again(received, BindingStatus.PROXY_REG_NOT_ENABLED)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-solicitation-forgives",
                "registers a mobile node that is not entitled again when it sends a Router Solicitation",
                "rfc5213-6.9.1.2-k10",
                rules =>
                    rules with
                    {
                        RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                            "BindingRequired",
                            new("6.9.1.2(7)", "Forgiven", Forgiven)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-departure-forgives",
                "registers a mobile node that is not entitled again when it has left and returns",
                "rfc5213-6.9.1.2-k10",
                rules =>
                    rules with
                    {
                        EndOfAttachment = rules.EndOfAttachment.InsertingBefore("EntryRemoved", new("6.9.1.2(7)", "Forgotten", Forgotten)),
                    }
            ),
            Deviation.OfMag(
                "mag-no-parameter-problem",
                "drops a Mobility Header with another Payload Proto than 59 without a Parameter Problem",
                "rfc5213-6.9.1.2-k3e",
                rules => rules with { MobilityHeader = rules.MobilityHeader.Replacing("PayloadProto", ForeignProtoDropped) }
            ),
            Deviation.OfMag(
                "mag-parameter-problem-elsewhere",
                "points at the IPv6 header when it reports a Mobility Header that is too short",
                "rfc5213-6.9.1.2-k3f",
                rules => rules with { MobilityHeader = rules.MobilityHeader.Replacing("HeaderLength", ReportedElsewhere) }
            ),
            Deviation.OfMag(
                "mag-same-number-and-later-timestamp",
                "repeats an unanswered registration with the original sequence number and a new timestamp",
                "rfc5213-6.9.1.1-k17",
                rules => rules with { Construction = MagUpdateDeviations.NumbersKept(rules.Construction, withTimestamps: true) }
            ),
            Deviation.OfMag(
                "mag-clock-not-set",
                "registers again at once, without setting the clock that did not match",
                "rfc5213-6.9.1.2-k13",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing(
                            "TimestampMismatch",
                            received => Again(received, BindingStatus.TIMESTAMP_MISMATCH)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-gives-up-on-timestamp",
                "does not register again after its timestamp was too low",
                "rfc5213-6.9.1.2-k12",
                rules => rules with { ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Without("TimestampLower") }
            ),
            Deviation.OfMag(
                "mag-no-repetition",
                "does not repeat an unanswered registration",
                "rfc5213-6.9.4-k2",
                rules =>
                    rules with
                    {
                        Retransmission = rules.Retransmission.Replacing(
                            "StillAttached",
                            transmission => transmission.IsFirst ? RuleOutcome.Continue : RuleOutcome.Stop
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-solicitation-unanswered",
                "does not answer Router Solicitations",
                "rfc5213-6.9.2-k2",
                rules =>
                    rules with
                    {
                        RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                            "BindingRequired",
                            new("6.9.2(1)", "Unsolicited", draft => draft.IsSolicited ? RuleOutcome.Stop : RuleOutcome.Continue)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-other-mtu",
                "advertises the MTU of the core link instead of that of the tunnel",
                "rfc5213-6.9.2-k7",
                rules => rules with { RouterAdvertisement = rules.RouterAdvertisement.Replacing("Mtu", MtuOfCore) }
            ) with
            {
                WhyMany = "the value, its place, its change and its news have a statement each",
            },
            Deviation.OfMag(
                "mag-not-the-default-router",
                "advertises itself with a router lifetime of 0",
                "rfc5213-6.9.2-k2",
                rules => rules with { RouterAdvertisement = rules.RouterAdvertisement.Without("DefaultRouter") }
            ),
            Deviation.OfMag(
                "mag-no-mtu",
                "does not advertise the MTU of the tunnel",
                "rfc5213-6.9.2-k6",
                rules => rules with { RouterAdvertisement = rules.RouterAdvertisement.Without("Mtu") }
            ),
        ];

    private static RuleOutcome ShortHeaderDropped(ReceivedSignal received) =>
        received.Bytes[MobilityHeader.HeaderLenOffset] == 0
            ? received.Discard("HeaderLength", "too short for any message")
            : RuleOutcome.Continue;

    private static RuleOutcome ForeignProtoDropped(ReceivedSignal received) =>
        received.Bytes[MobilityHeader.PayloadProtoOffset] == MobilityHeader.PayloadProtoNone
            ? RuleOutcome.Continue
            : received.Discard("PayloadProto", "something follows");

    private static RuleOutcome ReportedElsewhere(ReceivedSignal received) =>
        received.Bytes[MobilityHeader.HeaderLenOffset] == 0
            ? received.DiscardWithParameterProblem(received.Bytes.Length - received.Signal.Packet.Length, "HeaderLength", "too short")
            : RuleOutcome.Continue;

    private static RuleOutcome Forgiven(RouterAdvertisementDraft draft)
    {
        var (gateway, link) = (draft.Gateway, draft.Attachment.Link);
        if (draft is { IsSolicited: true, Attachment: Attachment.Refused { Reason: BindingStatus.PROXY_REG_NOT_ENABLED } refused })
        {
            gateway.NotEnabled.Remove(refused.MobileNode.Identifier);
            gateway.Put(new Attachment.Registering(link, refused.MobileNode, new PendingUpdate(UpdateKind.Initial, [])));

            // At once: the time is that of the start.
            gateway.Deadlines.Set(new GatewayDeadline.Transmission(link), default);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome Forgotten(EndingAttachment ending)
    {
        ending.Gateway.NotEnabled.Remove(ending.Attachment.MobileNode.Identifier);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FallingNumber(UpdateDraft draft)
    {
        draft.SequenceNumber = --draft.Gateway.LastSequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MtuOfCore(RouterAdvertisementDraft draft)
    {
        draft.Options.Add(new MtuOption(draft.PathMtu));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Again(ReceivedAcknowledgement received, BindingStatus status)
    {
        if (received.Acknowledgement.Status == status)
        {
            received.RegisterAgainWith = received.Attachment?.Request?.HomeNetworkPrefixes;
        }

        return RuleOutcome.Continue;
    }
}
