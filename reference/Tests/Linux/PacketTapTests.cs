using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class PacketTapTests
{
    private const byte Udp = 17;

    /// <summary>A PadN option of four data octets fills a header of eight octets behind its first two.</summary>
    private static readonly byte[] _padding = [1, 4, 0, 0, 0, 0];

    public static TheoryData<string, byte, byte[]> ControlPlane =>
        new()
        {
            { "a Mobility Header", IpProtocol.MobilityHeader, [59, 0, 0, 0, 0, 0, 0, 0] },
            { "a Router Solicitation", IpProtocol.Icmpv6, [133, 0, 0, 0, 0, 0, 0, 0] },
            { "an error", IpProtocol.Icmpv6, [2, 0, 0, 0, 0, 0, 5, 0] },
            { "a Mobility Header behind an option", IpProtocol.DestinationOptions, [135, 0, .. _padding, 59, 0, 0, 0, 0, 0, 0, 0] },
            {
                "a Mobility Header behind a long option",
                IpProtocol.DestinationOptions,
                [135, 1, 1, 12, .. new byte[12], 59, 0, 0, 0, 0, 0, 0, 0]
            },
            { "a report behind a router alert", IpProtocol.HopByHop, [58, 0, 5, 2, 0, 0, 1, 0, 143, 0, 0, 0, 0, 0, 0, 0] },
            {
                "a Mobility Header in a fragment that is all of it",
                IpProtocol.Fragment,
                [135, 0, 0, 0, 0, 0, 0, 1, 59, 0, 0, 0, 0, 0, 0, 0]
            },
            {
                "a Mobility Header behind three headers",
                IpProtocol.DestinationOptions,
                [43, 0, .. _padding, 60, 0, 0, 0, 0, 0, 0, 0, 135, 0, .. _padding, 59, 0, 0, 0, 0, 0, 0, 0]
            },
        };

    public static TheoryData<string, byte, byte[]> Data =>
        new()
        {
            { "a datagram", Udp, [0, 1, 0, 9, 0, 8, 0, 0] },
            { "an Echo Request", IpProtocol.Icmpv6, [128, 0, 0, 0, 0, 0, 0, 0] },
            { "an Echo Reply behind an option", IpProtocol.DestinationOptions, [58, 0, .. _padding, 129, 0, 0, 0, 0, 0, 0, 0] },
            {
                "a packet in a tunnel with an Encapsulation Limit",
                IpProtocol.DestinationOptions,
                [41, 0, 4, 1, 3, 1, 1, 0, 96, 0, 0, 0, 0, 0, 59, 64]
            },
            { "a first fragment", IpProtocol.Fragment, [135, 0, 0, 1, 0, 0, 0, 1, 59, 0, 0, 0, 0, 0, 0, 0] },
        };

    [Theory]
    [MemberData(nameof(ControlPlane))]
    public void Packet_OfTheControlPlane_PassesWithItsHeadersAndItsSource(string what, byte nextHeader, byte[] payload)
    {
        using var nodes = TwoNodes.CreateConnected();
        using var tap = nodes.Left.Namespace.Run(() => PacketTap.OpenIpv6(PacketFilter.ControlPlane));
        using var port = nodes.Right.OpenPort();
        var packet = Packet(nodes, nextHeader, payload);

        port.Send(Frame(nodes.Left.Mac, nodes, packet));

        var tapped = Next(tap, nodes);
        tapped.Bytes.ToArray().Should().Equal(packet, what);
        (tapped.LinkIndex, tapped.LinkLayerSource, tapped.IsForThisStation).Should().Be((nodes.Left.LinkIndex, nodes.Right.Mac, true));
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Packet_OfData_DoesNotPass(string what, byte nextHeader, byte[] payload)
    {
        using var nodes = TwoNodes.CreateConnected();
        using var tap = nodes.Left.Namespace.Run(() => PacketTap.OpenIpv6(PacketFilter.ControlPlane));
        using var port = nodes.Right.OpenPort();
        var last = Packet(nodes, IpProtocol.MobilityHeader, [59, 0, 0, 0, 0, 0, 0, 0]);

        port.Send(Frame(nodes.Left.Mac, nodes, Packet(nodes, nextHeader, payload)));
        port.Send(Frame(nodes.Left.Mac, nodes, last));

        Next(tap, nodes).Bytes.ToArray().Should().Equal(last, $"{what} is not queued");
    }

    [Fact]
    public void Packet_ForAnotherStation_DoesNotPass()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var tap = nodes.Left.Namespace.Run(() => PacketTap.OpenIpv6(PacketFilter.ControlPlane));
        using var promiscuous = nodes.Left.OpenPort();
        using var port = nodes.Right.OpenPort();
        var other = Packet(nodes, IpProtocol.MobilityHeader, [59, 0, 1, 0, 0, 0, 0, 0]);
        var own = Packet(nodes, IpProtocol.MobilityHeader, [59, 0, 0, 0, 0, 0, 0, 0]);

        port.Send(Frame(MacAddress.Parse("02:5e:00:00:00:99"), nodes, other));
        port.Send(Frame(nodes.Left.Mac, nodes, own));

        Next(tap, nodes).Bytes.ToArray().Should().Equal(own);
    }

    /// <summary>The next packet from the test, skipping the kernels' own packets.</summary>
    private static TappedPacket Next(PacketTap tap, TwoNodes nodes) =>
        Patience.Next<TappedPacket>(
            tap,
            tap.TryReceive,
            tapped => Ipv6Packet.TryParse(tapped.Bytes, out var packet, out _) && packet.Source.Equals(Source(nodes))
        );

    /// <summary>A source address that no kernel has.</summary>
    private static IPAddress Source(TwoNodes nodes)
    {
        var octets = nodes.Right.Address.GetAddressBytes();
        octets[15] = 0x77;
        return new IPAddress(octets);
    }

    private static byte[] Packet(TwoNodes nodes, byte nextHeader, byte[] payload) =>
        new Ipv6Packet(Source(nodes), nodes.Left.Address, nextHeader, payload).ToBytes();

    private static byte[] Frame(MacAddress to, TwoNodes nodes, byte[] packet) =>
        new EthernetFrame(to, nodes.Right.Mac, EthernetFrame.Ipv6EtherType, packet).ToBytes();
}
