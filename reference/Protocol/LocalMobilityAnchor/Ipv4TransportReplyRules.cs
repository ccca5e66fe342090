using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5844, Section 4.1.3.2, and the drafts before it: what the answer over IPv4 says of the encapsulation.</summary>
internal static class Ipv4TransportReplyRules
{
    /// <summary>RFC 5844, Section 4.2.2: the MAG tunnels in UDP if the option has the F flag. No section tells who sends it.</summary>
    public static RuleOutcome ForcedUdpTold(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.UsesUdp)
        {
            draft.NatDetection = Option(draft.Request, forcesUdp: true);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Draft -04: the option says that there is a NAT, and nothing else.</summary>
    public static RuleOutcome NatTold(AcknowledgementDraft draft)
    {
        if (draft.Request.HasNat)
        {
            draft.NatDetection = Option(draft.Request, draft.Request.Update.Flags.HasFlag(BindingUpdateFlags.ForcingUdp));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>No section says who sets the flag, on which the MAG's encapsulation depends.</summary>
    public static RuleOutcome TlvHeaderGranted(AcknowledgementDraft draft)
    {
        if (!draft.IsRejection && draft.Request.UsesTlvHeader)
        {
            draft.Flags |= BindingAcknowledgementFlags.TlvHeader;
        }
        return RuleOutcome.Continue;
    }

    private static NatDetectionOption Option(RegistrationRequest request, bool forcesUdp) =>
        new(forcesUdp, (uint)(request.Anchor.Settings.Ipv4Transport?.NatRefreshTime.TotalSeconds ?? 0));
}
