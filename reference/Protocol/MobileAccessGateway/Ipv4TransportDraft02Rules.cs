using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// What draft-ietf-netlmm-pmip6-ipv4-support-02, Section 4.2, decides otherwise than draft -04, as a function on the rules: the TLV
/// header in messages too, if both sides want it, and registrations that keep the state of a NAT.
/// </summary>
public static class Ipv4TransportDraft02Rules
{
    public static MobileAccessGatewayRules Apply(MobileAccessGatewayRules rules)
    {
        var later = Ipv4TransportDraft04Rules.Apply(rules);
        var tlv = later.ProxyBindingAcknowledgement.First(rule => rule.Name == "TlvEncapsulation");
        return later with
        {
            Construction = later.Construction.InsertingBefore("SecurityAssociation", new("draft-02 4.2.2 b7", "TlvHeader", TlvHeader)),
            ProxyBindingAcknowledgement = later
                .ProxyBindingAcknowledgement.Replacing("TlvEncapsulation", received => IfRequested(received, tlv))
                .InsertingBefore("EntryUpdated", new("draft-02 4.2.2 b14", "NatBindingKept", NatBindingKept)),
        };
    }

    /// <summary>Section 4.2.2 and Figure 8: the header precedes the packet that asks for it.</summary>
    private static RuleOutcome TlvHeader(UpdateDraft draft)
    {
        if (draft is { Transport.UsesTlvHeader: true, Path: Ipv4UdpIpv6Signaling path })
        {
            draft.Path = path with { HasTlvHeader = true };
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The flag of the answer alone does not count.</summary>
    private static RuleOutcome IfRequested(ReceivedAcknowledgement received, NamedRule<ReceivedAcknowledgement> tlv) =>
        received.Answered?.Flags.HasFlag(BindingUpdateFlags.TlvHeader) == true ? tlv.Apply(received) : RuleOutcome.Continue;

    /// <summary>0 asks for no messages to keep the state of a NAT, and all ones says that none are needed.</summary>
    private static RuleOutcome NatBindingKept(ReceivedAcknowledgement received)
    {
        if (
            received.Transport is not null
            && received.Acknowledgement.Options.First<NatDetectionOption>() is { RefreshTimeSeconds: var seconds }
            && seconds is not (0 or NatDetectionOption.NoKeepaliveNeeded)
        )
        {
            received.RefreshAfter = TimeSpan.FromSeconds(seconds);
        }
        return RuleOutcome.Continue;
    }
}
