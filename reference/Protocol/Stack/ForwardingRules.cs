using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The rules by which a node forwards packets, in three lists: on arrival, at the exit of a tunnel and on departure. As with the rules of a
/// role, a deviating node gets a copy: <c>Default with { Departure = Default.Departure.Without("HopLimit") }</c>.
/// </summary>
public sealed record ForwardingRules
{
    private const uint MinimumIpv4Mtu = 68;

    public static ForwardingRules Default { get; } = new();

    /// <summary>What a packet must be to be forwarded, from a link or out of a tunnel; otherwise it is dropped silently.</summary>
    public RuleList<ForwardedPacket> Arrival { get; init; } = new(new NamedRule<ForwardedPacket>("RFC 4291 2.5", "Scope", Scope));

    /// <summary>RFC 2473, Section 3.3: what a packet in a tunnel must be to leave it; otherwise it is dropped silently.</summary>
    public RuleList<TunnelledPacket> TunnelExit { get; init; } =
        new(
            new("RFC 5213 5.6.1", "KnownTunnel", KnownTunnel),
            new("RFC 8200 3", "WellFormed", WellFormed),
            new("RFC 5213 5.6.3", "Congestion", Congestion),
            new("RFC 5213 5.6.2", "ReversePath", ReversePath),
            new("RFC 5213 6.10.5", "AccessLink", AccessLink)
        );

    /// <summary>The ECN field of packets that enter and leave a tunnel without ESP.</summary>
    public EcnRules Ecn { get; init; } = EcnRules.Rfc3168;

    /// <summary>The ECN field of packets that enter and leave a tunnel under ESP.</summary>
    public EcnRules EspEcn { get; init; } = EcnRules.Rfc4301;

    /// <summary>What a packet must be to enter the link or the tunnel to which its route leads.</summary>
    public RuleList<ForwardedPacket> Departure { get; init; } =
        new(
            new("RFC 8200 3", "HopLimit", HopLimit),
            new("RFC 2473 4.1.1", "EncapsulationLimit", EncapsulationLimit),
            new("RFC 2473 7.1", "Mtu", Mtu)
        );

    /// <summary>Which reports of a packet that was too large change the MTU of a path, and to which; others change nothing.</summary>
    public RuleList<ReportedPath> PathMtu { get; init; } =
        new(
            new("RFC 8201 4", "OwnPacket", OwnPacket),
            new("RFC 8201 4", "MinimumMtu", MinimumMtu),
            new("RFC 8201 4", "NeverRaised", NeverRaised)
        );

    /// <summary>The ECN rules of a tunnel.</summary>
    public EcnRules EcnOf(TunnelMode mode) => mode == TunnelMode.EspTunnel ? EspEcn : Ecn;

    private static RuleOutcome Scope(ForwardedPacket forwarded) =>
        AddressScope.IsForwardable(forwarded.Packet.Source) && AddressScope.IsForwardable(forwarded.Packet.Destination)
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    private static RuleOutcome KnownTunnel(TunnelledPacket tunnelled) =>
        tunnelled.IsExpected ? RuleOutcome.Continue : tunnelled.Drop("TunnelUnknown", $"{tunnelled.Tunnel} on {tunnelled.Link}");

    private static RuleOutcome WellFormed(TunnelledPacket tunnelled)
    {
        if (!IpPacket.TryParse(tunnelled.Content, out var inner, out var error))
        {
            return tunnelled.Drop("TunnelledPacketMalformed", error.Detail);
        }
        if (tunnelled.Protocol != Ipv4Protocol.Udp && tunnelled.Protocol != (inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6))
        {
            return tunnelled.Drop("TunnelledPacketMalformed", $"not of the protocol {tunnelled.Protocol}");
        }
        if (inner is Ipv4Packet && !Ipv4Packet.HasValidChecksum(tunnelled.Content.Span))
        {
            return tunnelled.Drop("TunnelledPacketMalformed", "incorrect checksum");
        }

        tunnelled.Inner = inner;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Congestion(TunnelledPacket tunnelled)
    {
        if (tunnelled.Inner is not { } inner)
        {
            return RuleOutcome.Continue;
        }

        if (tunnelled.Ecn.Inner(tunnelled.Outer.Ecn, inner.Ecn) is not { } ecn)
        {
            return tunnelled.Drop("CongestionOfNotEct", $"{inner.Source} to {inner.Destination}");
        }

        tunnelled.Inner = inner.WithEcn(ecn);
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// RFC 5213, Section 5.6.2, is about packets that the node routes; RFC 2473, Section 3.3, passes those for the node itself to its IPv6
    /// layer, which serves any source, except a mobile node that is elsewhere (RFC 6275, Section 10.4.5). Reverse path forwarding of IPv4
    /// (RFC 3704, Section 2.2) is for all packets that arrive.
    /// </summary>
    private static RuleOutcome ReversePath(TunnelledPacket tunnelled) =>
        tunnelled.Inner is { } inner
        && !tunnelled.MayComeFrom(inner.Source, isExempt: inner is Ipv6Packet && tunnelled.IsForNode(inner.Destination))
            ? tunnelled.Drop("ReversePath", $"{inner.Source} out of {tunnelled.Tunnel}")
            : RuleOutcome.Continue;

    /// <summary>
    /// RFC 5213, Section 6.10.5: a MAG silently drops packets whose destination is not on an access link. Its own IPv4 addresses are on
    /// access links (RFC 5844, Section 3.4).
    /// </summary>
    private static RuleOutcome AccessLink(TunnelledPacket tunnelled) =>
        tunnelled.Inner is { } inner
        && tunnelled.HasAccessLinks
        && !tunnelled.LeadsToAccessLink(inner.Destination)
        && !(inner is Ipv4Packet && tunnelled.IsForNode(inner.Destination))
            ? tunnelled.Drop("AccessLinkMissing", $"{inner.Destination} out of {tunnelled.Tunnel}")
            : RuleOutcome.Continue;

    private static RuleOutcome HopLimit(ForwardedPacket forwarded) =>
        forwarded.Packet.HopLimit <= 1 ? forwarded.Refuse(new PacketError.HopLimitExceeded()) : RuleOutcome.Continue;

    private static RuleOutcome EncapsulationLimit(ForwardedPacket forwarded) =>
        forwarded.EntersTunnel && TunnelEncapsulationLimit.In(forwarded.Packet) is { Limit: 0 } limit
            ? forwarded.Refuse(new PacketError.ErroneousField(limit.Offset))
            : RuleOutcome.Continue;

    private static RuleOutcome Mtu(ForwardedPacket forwarded) =>
        forwarded.Mtu is { } mtu && forwarded.Packet.Length > mtu && forwarded.Packet is not Ipv4Packet { DontFragment: false }
            ? forwarded.Refuse(new PacketError.TooBig(mtu))
            : RuleOutcome.Continue;

    private static RuleOutcome OwnPacket(ReportedPath reported) => reported.IsOwn ? RuleOutcome.Continue : RuleOutcome.Stop;

    /// <summary>A report below the minimum of IPv6 is not to be believed. RFC 791, Section 3.2: every IPv4 link takes 68 octets.</summary>
    private static RuleOutcome MinimumMtu(ReportedPath reported)
    {
        if (!AddressScope.IsIpv4(reported.Destination) && reported.Mtu < Ipv6Packet.MinimumMtu)
        {
            return RuleOutcome.Stop;
        }

        reported.Mtu = Math.Max(reported.Mtu, MinimumIpv4Mtu);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NeverRaised(ReportedPath reported)
    {
        reported.Mtu = Math.Min(reported.Mtu, reported.Known ?? uint.MaxValue);
        return RuleOutcome.Continue;
    }
}
