using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>All signaling transports, and all encapsulations with both inner IP versions.</summary>
internal static class TransportSamples
{
    internal static Ipv6Packet Inner6 { get; } =
        new(SampleMessages.Anchor, Dhcpv6Samples.HomeAddress, IpProtocol.NoNextHeader, default) { HopLimit = 61 };

    internal static Ipv4Packet Inner4 { get; } = new(Ipv4Samples.Anchor, Ipv4Samples.HomeAddress, 253, default) { HopLimit = 61 };

    internal static IReadOnlyList<Encapsulation> Encapsulations { get; } =
    [
        new Ipv6Encapsulation(SampleMessages.Anchor, SampleMessages.Gateway) { HopLimit = 62, TrafficClass = 0xb9 },
        new Ipv4Encapsulation(Ipv4Samples.Anchor, Ipv4Samples.Gateway)
        {
            HopLimit = 62,
            TrafficClass = 0xb9,
            DontFragment = true,
            Identification = 7,
        },
        Ipv4UdpEncapsulation.Between(Ipv4Samples.Anchor, Ipv4Samples.Gateway) with
        {
            HopLimit = 62,
        },
        new Ipv4UdpEncapsulation(Ipv4Samples.Anchor, Ipv4Samples.Gateway, UdpPort.DualStackMobileIpv6, 40000) { HopLimit = 62 },
        new Ipv4UdpEncapsulation(Ipv4Samples.Anchor, Ipv4Samples.Gateway, UdpPort.DualStackMobileIpv6, 40000) { HasTlvHeader = true },
    ];

    internal static IReadOnlyList<Tunnelled> Tunnelled { get; } =
    [
        .. Encapsulations.SelectMany(encapsulation =>
            new[] { Inner6.ToBytes(), Inner4.ToBytes() }.Select(inner => new Tunnelled(encapsulation, new OctetString(inner)))
        ),
    ];

    internal static IReadOnlyList<SignalingTransport> Signaling { get; } =
    [
        new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor),
        Ipv4UdpSignaling.Between(Ipv4Samples.Gateway, Ipv4Samples.Anchor),
        new Ipv4UdpIpv6Signaling(
            Ipv4Samples.Gateway,
            Ipv4Samples.Anchor,
            40000,
            UdpPort.DualStackMobileIpv6,
            new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor)
        ),
        new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor) { HomeAddress = Dhcpv6Samples.HomeAddress },
        new Ipv6Signaling(SampleMessages.Anchor, SampleMessages.Gateway) { RoutedTo = Dhcpv6Samples.HomeAddress },
    ];
}
