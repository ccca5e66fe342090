using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that construct acknowledgements wrongly: RFC 5213, Sections 5.3.6, 5.5 and 8.</summary>
internal static class LmaAnswerDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Header(), .. Options(), .. Layout()];

    private static IEnumerable<Deviation> Header() =>
        [
            Answers(
                "lma-no-proxy-flag",
                "sends acknowledgements with the P flag clear",
                "rfc5213-5.3.6-d1",
                answer => answer.Without("ProxyFlag")
            ),
            Answers(
                "lma-answers-elsewhere",
                "sends its answer to the care-of address instead of the source of the request",
                "rfc5213-5.3.6-k3",
                answer => answer.Replacing("DestinationAddress", ToCareOfAddress)
            ),
            Answers(
                "lma-longer-lifetime",
                "grants a longer lifetime than requested",
                "rfc5213-5-k1b",
                answer => answer.Replacing("LifetimeGranted", LongerLifetime)
            ),
            Answers(
                "lma-own-sequence-number",
                "does not return the sequence number of the request",
                "rfc5213-5.5-k13",
                answer => answer.Replacing("SequenceNumberEchoed", OwnSequenceNumber)
            ),
            Answers(
                "lma-last-number-untold",
                "does not return the last accepted sequence number",
                "rfc5213-5.5-k25",
                answer => answer.Without("LastAcceptedSequenceNumber")
            ),
        ];

    private static IEnumerable<Deviation> Options() =>
        [
            Answers(
                "lma-no-identifier",
                "leaves the MN-Identifier out of acknowledgements",
                "rfc5213-5.3.6-k4",
                answer => answer.Without("MobileNodeIdentifierEchoed")
            ),
            Answers(
                "lma-prefixes-forgotten",
                "does not return the prefixes of a request that it rejects",
                "rfc5213-5.3.6-k8",
                answer => answer.Replacing("RequestedPrefixesOnRejection", PrefixesForgotten)
            ),
            Answers(
                "lma-one-of-two-prefixes",
                "returns only the first of two assigned prefixes",
                "rfc5213-5.3.6-k10",
                answer => answer.Replacing("AssignedPrefixes", FirstPrefix)
            ) with
            {
                WhyMany = "each of the statements says in which case all prefixes of the session are in the answer",
            },
            Answers(
                "lma-no-handoff-indicator",
                "leaves the Handoff Indicator out of acknowledgements",
                "rfc5213-5.3.6-k11",
                answer => answer.Without("HandoffIndicatorEchoed")
            ),
            Answers(
                "lma-no-timestamp",
                "leaves the Timestamp out of acknowledgements",
                "rfc5213-5.3.6-k17",
                answer => answer.Without("TimestampEchoed").Without("TimeOfDayOnRejectedTimestamp")
            ),
            Answers(
                "lma-timestamp-unasked",
                "puts a Timestamp option into every answer",
                "rfc5213-5.3.6-k18",
                answer => answer.Replacing("TimestampEchoed", TimestampAlways)
            ),
            Answers(
                "lma-interface-unasked",
                "puts a Mobile Node Link-layer Identifier option into every answer",
                "rfc5213-5.3.6-k20",
                answer => answer.Replacing("LinkLayerIdentifierEchoed", InterfaceAlways)
            ),
            Answers(
                "lma-link-local-address-unasked",
                "puts a Link-local Address option into every answer",
                "rfc5213-5.3.6-k23",
                answer => answer.Replacing("LinkLocalAddressOfSession", LinkLocalAddressAlways)
            ),
            Answers(
                "lma-other-link-local-address",
                "returns a new random link-local address whenever the session's address is requested",
                "rfc5213-5.3.6-k25",
                answer => answer.Replacing("LinkLocalAddressOfSession", LinkLocalAddressMadeUp)
            ),
            Answers(
                "lma-upload-ignored",
                "returns its own choice instead of the link-local address in the request",
                "rfc5213-5.3.6-k29",
                answer => answer.Replacing("LinkLocalAddressStoredAndEchoed", UploadIgnored)
            ),
            Answers(
                "lma-rejected-timestamp-returned",
                "returns a rejected timestamp instead of its own time of day",
                "rfc5213-5.5-k23",
                answer => answer.Without("TimeOfDayOnRejectedTimestamp")
            ),
            Answers(
                "lma-time-in-whole-seconds",
                "gives its time of day in whole seconds",
                "rfc5213-8.8-d2",
                answer => answer.InsertingBefore("LinkLayerIdentifierEchoed", new("8.8", "WholeSeconds", WholeSeconds))
            ),
            Answers(
                "lma-own-timestamp",
                "returns its own time of day for an accepted request",
                "rfc5213-5.5-k19",
                answer => answer.Replacing("TimestampEchoed", OwnTimestamp)
            ),
        ];

    private static IEnumerable<Deviation> Layout() =>
        [
            Deviation.InLma(
                "lma-misaligned-prefix",
                "does not align the Home Network Prefix option",
                "rfc5213-8.3-d1",
                lma => lma with { Output = LayoutFilter.WithMisalignedPrefixes }
            ),
            Deviation.InLma(
                "lma-reserved-octet",
                "sets the reserved octet of the Home Network Prefix option",
                "rfc5213-8.3-k2",
                lma => lma with { Output = LayoutFilter.WithReservedOctetsSet }
            ),
        ];

    private static RuleOutcome ToCareOfAddress(AcknowledgementDraft draft)
    {
        draft.Destination = draft.Request.ProxyCareOfAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LongerLifetime(AcknowledgementDraft draft)
    {
        draft.LifetimeUnits = draft.IsRejection ? (ushort)0 : (ushort)(draft.Request.GrantedLifetimeUnits * 2);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnSequenceNumber(AcknowledgementDraft draft)
    {
        draft.SequenceNumber = (ushort)(draft.Request.Update.SequenceNumber + 1);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixesForgotten(AcknowledgementDraft draft)
    {
        if (draft.IsRejection)
        {
            draft.HomeNetworkPrefixes = [Ipv6Prefix.AllZero];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefix(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.Entry is { } entry)
        {
            draft.HomeNetworkPrefixes = [.. entry.Binding.HomeNetworkPrefixes.Take(1)];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimestampAlways(AcknowledgementDraft draft)
    {
        draft.Timestamp = draft.Request.Timestamp ?? Timestamp.FromUtc(draft.Request.Now.Utc);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InterfaceAlways(AcknowledgementDraft draft)
    {
        draft.LinkLayerIdentifier = draft.Request.LinkLayerIdentifier ?? new OctetString([0, 0]);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddressAlways(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.Entry is { } entry)
        {
            draft.LinkLocalAddress = entry.Binding.LinkLocalAddress;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddressMadeUp(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.LinkLocalAddress is { IsIPv6LinkLocal: false })
        {
            draft.LinkLocalAddress = LinkLocalDraw.From(draft.Request.Anchor.Random);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome UploadIgnored(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request is { LinkLocalAddress: { IsIPv6LinkLocal: true }, Entry: { } entry })
        {
            draft.LinkLocalAddress = entry.Binding.LinkLocalAddress;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome WholeSeconds(AcknowledgementDraft draft)
    {
        if (draft is { Timestamp: { } time, Status: BindingStatus.TIMESTAMP_MISMATCH })
        {
            draft.Timestamp = new Timestamp(time.Value >> 16 << 16);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnTimestamp(AcknowledgementDraft draft)
    {
        draft.Timestamp = draft.Request.Timestamp is null ? null : Timestamp.FromUtc(draft.Request.Now.Utc + TimeSpan.FromSeconds(1));
        return RuleOutcome.Continue;
    }
}
