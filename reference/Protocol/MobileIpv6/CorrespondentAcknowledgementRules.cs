using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Whether a Binding Update is answered, and how, RFC 6275, Section 9.5.4.</summary>
internal static class CorrespondentAcknowledgementRules
{
    public static RuleList<CorrespondentAcknowledgement> Default { get; } =
        new(
            new("RFC 6275 9.5.4", "RequestedOrRejection", RequestedOrRejection),
            new("RFC 6275 6.1.8", "SequenceNumberEchoed", SequenceNumberEchoed),
            new("RFC 6275 9.5.1", "LastAcceptedSequenceNumber", LastAcceptedSequenceNumber),
            new("RFC 6275 6.1.8", "LifetimeGranted", LifetimeGranted),
            new("RFC 6275 9.5.4", "Authorization", Authorization),
            new("RFC 6275 9.5.4", "NoAuthorizationWithoutNonces", NoAuthorizationWithoutNonces)
        );

    /// <summary>A mobile node that asks for no answer gets one only if its update is rejected.</summary>
    private static RuleOutcome RequestedOrRejection(CorrespondentAcknowledgement draft) =>
        draft.IsRejection || draft.Request.Update.Flags.HasFlag(BindingUpdateFlags.Acknowledge) ? RuleOutcome.Continue : RuleOutcome.Stop;

    private static RuleOutcome SequenceNumberEchoed(CorrespondentAcknowledgement draft)
    {
        draft.SequenceNumber = draft.Request.Update.SequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LastAcceptedSequenceNumber(CorrespondentAcknowledgement draft)
    {
        if (draft is { Status: BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, Request.LastAcceptedSequenceNumber: { } last })
        {
            draft.SequenceNumber = last;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeGranted(CorrespondentAcknowledgement draft)
    {
        draft.LifetimeUnits = draft.IsRejection ? (ushort)0 : draft.Request.GrantedLifetimeUnits;
        return RuleOutcome.Continue;
    }

    /// <summary>A home registration comes without tokens, so there is no key for its answer.</summary>
    private static RuleOutcome Authorization(CorrespondentAcknowledgement draft)
    {
        draft.Key = draft.Request.Key;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoAuthorizationWithoutNonces(CorrespondentAcknowledgement draft)
    {
        if (
            draft.Status
            is BindingStatus.EXPIRED_HOME_NONCE_INDEX
                or BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX
                or BindingStatus.EXPIRED_NONCES
        )
        {
            draft.Key = null;
        }
        return RuleOutcome.Continue;
    }
}
