using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Section 4.2: LMAs that are reached over IPv4. A message over IPv4 goes through the same lists as one over IPv6; these rules
/// are the differences, and have no effect on a mobile node whose LMA is reached over IPv6.
/// </summary>
internal static class Ipv4TransportRules
{
    /// <summary>Section 4.1.2: the LMA's IPv4 address of a mobile node.</summary>
    public static NamedRule<DetectionEvent> Anchor { get; } = new("RFC 5844 4.1.2", "Ipv4AnchorAddress", Ipv4AnchorAddress);

    /// <summary>Section 4.2.2: the answers to messages over IPv4 are received.</summary>
    public static RuleList<GatewayState> Start { get; } =
        new(new NamedRule<GatewayState>("RFC 5844 4.2.2", "SignalingPortOpened", SignalingPortOpened));

    /// <summary>Section 4.2.2.1: what a Proxy Binding Update over IPv4 has, after its addresses are known.</summary>
    public static RuleList<UpdateDraft> Construction { get; } =
        new(new("RFC 5844 4.2.2.1 b1-b2", "OverIpv4", OverIpv4), new("RFC 5844 4.2.2.1 b3", "ForcedUdp", ForcedUdp));

    /// <summary>Section 4.2.2: the tunnel that follows from an acceptance.</summary>
    public static NamedRule<ReceivedAcknowledgement> Acceptance { get; } = new("RFC 5844 4.2.2 b6", "Encapsulation", Encapsulation);

    private static RuleOutcome Ipv4AnchorAddress(DetectionEvent detected)
    {
        if (detected is { MobileNode: { } mobileNode, Gateway.Settings: var settings })
        {
            detected.MobileNode = mobileNode with
            {
                Ipv4AnchorAddress = settings.Ipv4AnchorAddressOf(detected.Profile, mobileNode.AnchorAddress),
            };
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SignalingPortOpened(GatewayState gateway)
    {
        if (gateway.Settings.Ipv4Transport is { Ports.Control: var port })
        {
            gateway.Actions.Add(new RoleAction.OpenUdp(port, UdpContent.MobilityHeaders));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The source port is free; this one is that of the figures.</summary>
    private static RuleOutcome OverIpv4(UpdateDraft draft)
    {
        if (draft is { Transport: { Address: var source, Ports.Control: var port }, Ipv4Anchor: { } anchor })
        {
            draft.Path = new Ipv4UdpSignaling(source, anchor, port, port);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ForcedUdp(UpdateDraft draft)
    {
        if (draft is { Transport.ForceIPv4UDPEncapsulationSupport: true, Ipv4Anchor: not null })
        {
            draft.Flags |= BindingUpdateFlags.ForcingUdp;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Encapsulation(ReceivedAcknowledgement received)
    {
        if (received.Transport is { Ports.Data: var port })
        {
            var isUdp = received.Acknowledgement.Options.First<NatDetectionOption>() is { ForcesUdp: true };
            received.Use(isUdp ? NegotiatedEncapsulation.InUdp(port) : NegotiatedEncapsulation.Plain);
        }
        return RuleOutcome.Continue;
    }
}
