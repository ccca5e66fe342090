using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The rules of RFC 5213, Section 5.3.6, by bullet (b5a is the first sub-item of the fifth bullet), and the rules for fields that other
/// sections specify.
/// </summary>
internal static class AcknowledgementRules
{
    public static RuleList<AcknowledgementDraft> Default { get; } =
        new(
            new("5.3.6 b1", "ProxyFlag", ProxyFlag),
            new("5.5 timestamps (5)", "SequenceNumberEchoed", SequenceNumberEchoed),
            new("RFC 6275 9.5.1", "LastAcceptedSequenceNumber", LastAcceptedSequenceNumber),
            new("RFC 6275 10.3.1", "LifetimeGranted", LifetimeGranted),
            new("5.3.6 b2", "SourceAddress", SourceAddress),
            new("5.3.6 b3", "DestinationAddress", DestinationAddress),
            new("5.3.6 b4", "MobileNodeIdentifierEchoed", MobileNodeIdentifierEchoed),
            new("5.3.6 b5a", "RequestedPrefixesOnRejection", RequestedPrefixesOnRejection),
            new("5.3.6 b5b", "AssignedPrefixes", AssignedPrefixes),
            new("5.3.6 b6", "HandoffIndicatorEchoed", HandoffIndicatorEchoed),
            new("5.3.6 b7", "AccessTechnologyTypeEchoed", AccessTechnologyTypeEchoed),
            new("5.3.6 b8, 5.5 timestamps (7)", "TimestampEchoed", TimestampEchoed),
            new("5.5 timestamps (8)-(9)", "TimeOfDayOnRejectedTimestamp", TimeOfDayOnRejectedTimestamp),
            new("5.3.6 b9", "LinkLayerIdentifierEchoed", LinkLayerIdentifierEchoed),
            new("5.3.6 b10", "LinkLocalAddressOnRejection", LinkLocalAddressOnRejection),
            new("5.3.6 b10a-b", "LinkLocalAddressOfSession", LinkLocalAddressOfSession),
            new("5.3.6 b10c", "LinkLocalAddressStoredAndEchoed", LinkLocalAddressStoredAndEchoed),
            new("5.3.6 b11", "SecurityAssociation", SecurityAssociation)
        );

    private static RuleOutcome ProxyFlag(AcknowledgementDraft draft)
    {
        draft.Flags |= BindingAcknowledgementFlags.ProxyRegistration;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SequenceNumberEchoed(AcknowledgementDraft draft)
    {
        draft.SequenceNumber = draft.Request.Update.SequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LastAcceptedSequenceNumber(AcknowledgementDraft draft)
    {
        if (draft.Status == BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW && draft.Request.LastAcceptedSequenceNumber is { } last)
        {
            draft.SequenceNumber = last;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeGranted(AcknowledgementDraft draft)
    {
        draft.LifetimeUnits = draft.IsRejection ? (ushort)0 : draft.Request.GrantedLifetimeUnits;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceAddress(AcknowledgementDraft draft)
    {
        draft.Source = draft.Request.Signal.Destination;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DestinationAddress(AcknowledgementDraft draft)
    {
        draft.Destination = draft.Request.Signal.Source;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MobileNodeIdentifierEchoed(AcknowledgementDraft draft)
    {
        draft.MobileNode = draft.Request.MobileNode ?? MobileNodeIdentifierOption.ForNai("");
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RequestedPrefixesOnRejection(AcknowledgementDraft draft)
    {
        if (draft.IsRejection)
        {
            draft.HomeNetworkPrefixes =
                draft.Request.HomeNetworkPrefixes.Count > 0 ? draft.Request.HomeNetworkPrefixes : [Ipv6Prefix.AllZero];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AssignedPrefixes(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.Entry is { } entry)
        {
            draft.HomeNetworkPrefixes = entry.Binding.HomeNetworkPrefixes;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HandoffIndicatorEchoed(AcknowledgementDraft draft)
    {
        draft.HandoffIndicator = draft.Request.HandoffIndicator ?? default;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AccessTechnologyTypeEchoed(AcknowledgementDraft draft)
    {
        draft.AccessTechnology = draft.Request.AccessTechnology ?? default;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimestampEchoed(AcknowledgementDraft draft)
    {
        draft.Timestamp = draft.Request.Timestamp;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimeOfDayOnRejectedTimestamp(AcknowledgementDraft draft)
    {
        if (draft.Status is BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED or BindingStatus.TIMESTAMP_MISMATCH)
        {
            draft.Timestamp = Timestamp.FromUtc(draft.Request.Now.Utc);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLayerIdentifierEchoed(AcknowledgementDraft draft)
    {
        draft.LinkLayerIdentifier = draft.Request.LinkLayerIdentifier;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddressOnRejection(AcknowledgementDraft draft)
    {
        if (draft.IsRejection)
        {
            draft.LinkLocalAddress = draft.Request.LinkLocalAddress;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// If the Link-local Address option of the request is ALL_ZERO, the acknowledgement contains the address in the Binding Cache entry.
    /// </summary>
    private static RuleOutcome LinkLocalAddressOfSession(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && IPAddress.IPv6Any.Equals(draft.Request.LinkLocalAddress) && draft.Request.Entry is { } entry)
        {
            draft.LinkLocalAddress = entry.Binding.LinkLocalAddress;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddressStoredAndEchoed(AcknowledgementDraft draft)
    {
        if (draft.IsRejection || draft.Request.LinkLocalAddress is not { } uploaded || uploaded.Equals(IPAddress.IPv6Any))
        {
            return RuleOutcome.Continue;
        }

        draft.LinkLocalAddress = uploaded;
        if (draft.Request.Entry is { } entry)
        {
            AcceptedValues.Put(draft.Request, entry with { Binding = entry.Binding with { LinkLocalAddress = uploaded } });
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SecurityAssociation(AcknowledgementDraft draft)
    {
        draft.ProtectedFor = draft.Request.Signal.Protection?.Peer;
        return RuleOutcome.Continue;
    }
}
