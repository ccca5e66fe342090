using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that order requests wrongly: RFC 5213, Section 5.5.</summary>
internal static class LmaOrderingDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfLma(
            "lma-no-timestamp-window",
            "accepts a timestamp at any distance from its own time",
            "rfc5213-5.5-k22",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampInWindow") }
        ),
        Deviation.InLma(
            "lma-narrow-timestamp-window",
            "rejects timestamps that are well inside the window",
            "rfc5213-5.5-k16",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            TimestampValidityWindow = settings.TimestampValidityWindow / 2,
                        }
                    ),
                }
        ),
        Deviation.OfLma(
            "lma-any-timestamp",
            "does not order requests by their timestamps",
            "rfc5213-5.5-k18",
            rules =>
                rules with
                {
                    Ordering = rules.Ordering.Without("TimestampNotLower").Without("TimestampInWindow").Without("TimestampGreater"),
                }
        ),
        Deviation.OfLma(
            "lma-lower-timestamp",
            "accepts a timestamp before the last accepted one",
            "rfc5213-5.5-k20",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampNotLower").Without("TimestampGreater") }
        ),
        Deviation.OfLma(
            "lma-any-sequence-number",
            "does not order requests without a timestamp",
            "rfc5213-5.5-k25",
            rules => rules with { Ordering = rules.Ordering.Without("SequenceNumberGreater") }
        ),
        Deviation.OfLma(
            "lma-timestamp-required",
            "accepts only the first request of a mobile node without a timestamp",
            "rfc5213-5.5-k24",
            rules => rules with { Ordering = rules.Ordering.Replacing("SequenceNumberGreater", TimestampRequired) }
        ),
    ];

    private static RuleOutcome TimestampRequired(RegistrationRequest request) =>
        request is { Timestamp: null, MobileNode: { } mobileNode } && request.Anchor.Bindings.Of(mobileNode).Count > 0
            ? request.Reject(BindingStatus.REASON_UNSPECIFIED)
            : RuleOutcome.Continue;
}
