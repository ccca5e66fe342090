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
            Deviation.Of(
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
            ),
        ];

    private static IEnumerable<Deviation> Mags() =>
        [
            Deviation.OfMag(
                "mag-falling-sequence-numbers",
                "sends decreasing sequence numbers",
                "rfc5213-6.9.1.1-k17",
                rules => rules with { Construction = rules.Construction.Replacing("SequenceNumber", FallingNumber) }
            ),
            Deviation.OfMag(
                "mag-never-de-registers",
                "sends another registration instead of a de-registration when a mobile node leaves",
                "rfc5213-6.9.1.4-k1",
                rules => rules with { DeRegistration = rules.DeRegistration.Without("LifetimeZero") }
            ),
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
            ),
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

    private static RuleOutcome FallingNumber(UpdateDraft draft)
    {
        draft.SequenceNumber = --draft.Gateway.LastSequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MtuOfCore(RouterAdvertisementDraft draft)
    {
        draft.Options.Add(new MtuOption(draft.Gateway.CoreMtu));
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
