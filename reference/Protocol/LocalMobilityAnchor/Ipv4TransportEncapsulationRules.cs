using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5844, Section 4.1.3.1, item 3, and draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.1, item 5: the encapsulation that a
/// request over IPv4 leads to.
/// </summary>
internal static class Ipv4TransportEncapsulationRules
{
    /// <summary>RFC 5844: only the variable decides; the flag of a request that is refused changes nothing.</summary>
    public static RuleOutcome ForcedUdpRefused(RegistrationRequest request) =>
        IsForced(request) && request.Anchor.Settings.Ipv4Transport is not { AcceptForcedIPv4UDPEncapsulationRequest: true }
            ? request.Reject(BindingStatus.ADMINISTRATIVELY_PROHIBITED)
            : RuleOutcome.Continue;

    public static RuleOutcome ForcedUdp(RegistrationRequest request)
    {
        request.UsesUdp |= IsForced(request);
        return RuleOutcome.Continue;
    }

    public static RuleOutcome UdpThroughNat(RegistrationRequest request)
    {
        request.UsesUdp |= request.HasNat;
        return RuleOutcome.Continue;
    }

    public static RuleOutcome TlvHeader(RegistrationRequest request)
    {
        request.UsesTlvHeader =
            request.Update.Flags.HasFlag(BindingUpdateFlags.TlvHeader)
            && request.Anchor.Settings.Ipv4Transport is { SupportsTlvHeader: true };
        request.UsesUdp |= request.UsesTlvHeader;
        return RuleOutcome.Continue;
    }

    /// <summary>Draft -02, Section 4.3.2: the flag alone is not enough.</summary>
    public static RuleOutcome TlvHeaderOfRequest(RegistrationRequest request) =>
        request.Signal.Path is Ipv4UdpIpv6Signaling { HasTlvHeader: true } ? TlvHeader(request) : RuleOutcome.Continue;

    /// <summary>
    /// Draft -04, Section 5.1: without the variable nothing is tunnelled in UDP. Packets in plain IPv4 would not pass a NAT, and the draft
    /// names no status.
    /// </summary>
    public static RuleOutcome UdpRefused(RegistrationRequest request) =>
        request.UsesUdp && request.Anchor.Settings.Ipv4Transport is not { AcceptIPv4UDPEncapsulationRequest: true }
            ? request.Reject(BindingStatus.ADMINISTRATIVELY_PROHIBITED)
            : RuleOutcome.Continue;

    /// <summary>RFC 5844, Figures 12 and 14: the data port at both ends.</summary>
    public static RuleOutcome TunnelBetweenDataPorts(RegistrationRequest request)
    {
        var data = request.Anchor.Settings.Ipv4Transport?.Ports.Data ?? MobilityPorts.Default.Data;
        return TunnelChosen(request, new TunnelPorts(data, data));
    }

    /// <summary>Before RFC 5844: data goes the way of the request, which the NAT knows.</summary>
    public static RuleOutcome TunnelBetweenPortsOfRequest(RegistrationRequest request) =>
        request.Signal.Path is Ipv4UdpIpv6Signaling path
            ? TunnelChosen(request, new TunnelPorts(path.DestinationPort, path.SourcePort))
            : RuleOutcome.Continue;

    /// <summary>
    /// The MAG is the same and its end of the tunnel is another one: its transport, its address or the port that a NAT gives it has
    /// changed.
    /// </summary>
    public static RuleOutcome OtherTunnelLeft(RegistrationRequest request)
    {
        if (request is { FoundBinding.Ipv4Tunnel: var before, Entry: { Binding.Ipv4Tunnel: var now } entry } && before != now)
        {
            request.Anchor.Forwarding.RemoveRoutes(entry.Session);
            request.Anchor.Forwarding.ReleaseTunnels(entry.Session);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelChosen(RegistrationRequest request, TunnelPorts ports)
    {
        var mode =
            request.UsesTlvHeader ? TunnelMode.Ipv4UdpTlv
            : request.UsesUdp ? TunnelMode.Ipv4Udp
            : TunnelMode.Ipv4;
        var (local, remote) = (request.Signal.Destination, request.Signal.Source);
        request.Ipv4Tunnel = new Tunnel(local, remote, mode, mode.IsInUdp() ? ports : null);
        return RuleOutcome.Continue;
    }

    private static bool IsForced(RegistrationRequest request) => request.Update.Flags.HasFlag(BindingUpdateFlags.ForcingUdp);
}
