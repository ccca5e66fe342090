using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// What draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.2, decides otherwise than RFC 5844, as a function on the rules: an IPv6 packet
/// in UDP, the IPv4 care-of address as an option, one port for messages and data, and UDP for packets wherever a NAT is.
/// </summary>
public static class Ipv4TransportDraft04Rules
{
    public static MobileAccessGatewayRules Apply(MobileAccessGatewayRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules with
        {
            Start = rules.Start.Replacing("SignalingPortOpened", SignalingPortOpened),
            Construction = rules
                .Construction.Replacing("OverIpv4", OverIpv4)
                .Replacing("ForcedUdp", ForcedUdp)
                .InsertingBefore("SecurityAssociation", new("draft-04 4.2.2 b2", "Ipv4CareOfAddress", Ipv4CareOfAddress))
                .InsertingBefore("SecurityAssociation", new("draft-04 4.2.2 b8", "TlvRequested", TlvRequested)),
            ProxyBindingAcknowledgement = rules
                .ProxyBindingAcknowledgement.Replacing("Encapsulation", Encapsulation)
                .InsertingBefore("TunnelEstablished", new("draft-04 4.2.2 b8", "TlvEncapsulation", TlvEncapsulation)),
        };
    }

    private static RuleOutcome SignalingPortOpened(GatewayState gateway)
    {
        if (gateway.Settings.Ipv4Transport is { Ports.DualStack: var port })
        {
            gateway.Actions.Add(new RoleAction.OpenUdp(port, UdpContent.MobilityHeadersInIpv6));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The inner packet is the one that would be sent over IPv6.</summary>
    private static RuleOutcome OverIpv4(UpdateDraft draft)
    {
        if (draft is { Transport: { Address: var source, Ports.DualStack: var port }, Ipv4Anchor: { } anchor })
        {
            draft.Path = new Ipv4UdpIpv6Signaling(source, anchor, port, port, new Ipv6Signaling(draft.Source, draft.Destination));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Section 5.2: UDP can be forced only by a MAG that may ask for it.</summary>
    private static RuleOutcome ForcedUdp(UpdateDraft draft)
    {
        if (
            draft is
            { Transport: { ForceIPv4UDPEncapsulationSupport: true, RequestIPv4UDPEncapsulationSupport: true }, Ipv4Anchor: not null }
        )
        {
            draft.Flags |= BindingUpdateFlags.ForcingUdp;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4CareOfAddress(UpdateDraft draft)
    {
        draft.Ipv4CareOfAddress = draft.Ipv4Anchor is null ? null : draft.Transport?.Address;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TlvRequested(UpdateDraft draft)
    {
        if (draft is { Transport.UsesTlvHeader: true, Ipv4Anchor: not null })
        {
            draft.Flags |= BindingUpdateFlags.TlvHeader;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>NAT or not.</summary>
    private static RuleOutcome TlvEncapsulation(ReceivedAcknowledgement received)
    {
        if (
            received is { Transport.Ports.DualStack: var port, Acknowledgement.Flags: var flags }
            && flags.HasFlag(BindingAcknowledgementFlags.TlvHeader)
        )
        {
            received.Use(NegotiatedEncapsulation.WithTlvHeader(port));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Whatever the F flag of the option says.</summary>
    private static RuleOutcome Encapsulation(ReceivedAcknowledgement received)
    {
        if (received.Transport is { Ports.DualStack: var port })
        {
            var isUdp = received.Acknowledgement.Options.Has<NatDetectionOption>();
            received.Use(isUdp ? NegotiatedEncapsulation.InUdp(port) : NegotiatedEncapsulation.Plain);
        }
        return RuleOutcome.Continue;
    }
}
