using System.Net;
using FluentAssertions;
using Pmip.Linux.Netlink;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Node.Packets;

namespace Pmip.Reference.Tests.Node;

public sealed class AnchorTests
{
    private static readonly IPAddress _anchor = IPAddress.Parse(NodeBench.Anchor),
        _gateway = IPAddress.Parse(NodeBench.Gateway),
        _otherGateway = IPAddress.Parse(NodeBench.OtherGateway),
        _correspondent = IPAddress.Parse(NodeBench.Correspondent);

    private static readonly IPNetwork _pool = IPNetwork.Parse("2001:db8:8000::/48");

    [Fact]
    public void Request_IsAnsweredWithStatus0AndAPrefix()
    {
        using var network = NodeBench.ForAnchor().Started();

        var answer = Register(network, _gateway, "mn1@pmip.example", 1);

        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        answer.Options.First<HomeNetworkPrefixOption>()!.Prefix.Length.Should().Be(64);
    }

    [Fact]
    public void Request_WithAWrongChecksum_IsNotAnswered()
    {
        using var network = NodeBench.ForAnchor().Started();
        var wrong = Request("mn1@pmip.example", 1).ToBytes(_gateway, _anchor);
        wrong[MobilityHeader.ChecksumOffset] ^= 1;

        network.Core.Send(new Ipv6Packet(_gateway, _anchor, IpProtocol.MobilityHeader, wrong));

        Register(network, _gateway, "mn2@pmip.example", 2).SequenceNumber.Should().Be(2, "the first answer is for the second request");
    }

    [Fact]
    public void Request_BehindADestinationOption_IsAnswered()
    {
        using var network = NodeBench.ForAnchor().Started();
        byte[] padding = [IpProtocol.MobilityHeader, 0, 1, 4, 0, 0, 0, 0];
        byte[] payload = [.. padding, .. Request("mn1@pmip.example", 1).ToBytes(_gateway, _anchor)];

        network.Core.Send(new Ipv6Packet(_gateway, _anchor, IpProtocol.DestinationOptions, payload));

        network.Next(network.Core, Mobility<BindingAcknowledgement>).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void MessageOfUnknownType_IsAnsweredWithABindingError_AndByNobodyElse()
    {
        using var network = NodeBench.ForAnchor().Started();
        var message = Request("mn1@pmip.example", 1).ToBytes(_gateway, _anchor);
        message[MobilityHeader.TypeOffset] = 99;
        MobilityHeader.FillChecksum(_gateway, _anchor, message);

        network.Core.Send(new Ipv6Packet(_gateway, _anchor, IpProtocol.MobilityHeader, message));

        network
            .Next(network.Core, packet => (object?)Mobility<BindingError>(packet) ?? Icmp<ParameterProblem>(packet))
            .Should()
            .BeOfType<BindingError>();
    }

    [Fact]
    public void PayloadProto_IsReportedAtItsOctetInTheWholePacket()
    {
        using var network = NodeBench.ForAnchor().Started();
        byte[] padding = [IpProtocol.MobilityHeader, 0, 1, 4, 0, 0, 0, 0];
        var message = Request("mn1@pmip.example", 1).ToBytes(_gateway, _anchor);
        message[MobilityHeader.PayloadProtoOffset] = IpProtocol.Icmpv6;
        MobilityHeader.FillChecksum(_gateway, _anchor, message);
        var packet = new Ipv6Packet(_gateway, _anchor, IpProtocol.DestinationOptions, (byte[])[.. padding, .. message]) { HopLimit = 63 };

        network.Core.Send(packet);

        var problem = network.Next(network.Core, Icmp<ParameterProblem>);
        problem.Pointer.Should().Be(Ipv6Packet.HeaderLength + (uint)padding.Length);
        problem.Invoking.ToArray().Should().Equal(packet.ToBytes());
    }

    [Theory]
    [InlineData("auto", 63)]
    [InlineData("seg6", 62)]
    public void Packets_AreForwardedIntoTheTunnelAndOutOfIt(string dataPath, byte hopLimitOutOfIt)
    {
        using var network = NodeBench.ForAnchor(configuration => configuration with { DataPath = dataPath }).Started();
        var mobileNode = AddressIn(Register(network, _gateway, "mn1@pmip.example", 1));

        network.Link("home").Send(Datagram(_correspondent, mobileNode, 101));
        var inward = network.Next(network.Core, IsInTunnel(NodeBench.Anchor, NodeBench.Gateway, 101));
        inward.HopLimit.Should().Be(63);
        (inward.Source, inward.Destination).Should().Be((_correspondent, mobileNode));

        network.Core.Send(InTunnel(_gateway, _anchor, Datagram(mobileNode, _correspondent, 102)));
        var outward = network.Next(network.Link("home"), IsDatagram(102));
        outward.HopLimit.Should().Be(hopLimitOutOfIt);
        (outward.Source, outward.Destination).Should().Be((mobileNode, _correspondent));
    }

    /// <summary>RFC 2473, Section 7.1, after a report about a packet in the tunnel.</summary>
    [Theory]
    [InlineData(1280)]
    [InlineData(1296)]
    public void Packet_ThatEveryLinkCarries_LeavesInFragments_OverASmallPath(int mtu)
    {
        using var network = NodeBench.ForAnchor(configuration => configuration with { DataPath = "tun" }).Started();
        var mobileNode = AddressIn(Register(network, _gateway, "mn1@pmip.example", 1));
        var datagram = new UdpDatagram(101, 9, new byte[1232]).ToBytes(_correspondent, mobileNode);
        var packet = new Ipv6Packet(_correspondent, mobileNode, 17, datagram);
        var router = IPAddress.Parse(NodeBench.OtherGateway);
        var tooBig = new PacketTooBig((uint)mtu, new OctetString(InTunnel(_anchor, _gateway, packet).ToBytes().AsSpan(0, 1000)));

        network.Core.Send(new Ipv6Packet(router, _anchor, IpProtocol.Icmpv6, tooBig.ToBytes(router, _anchor)));
        Register(network, _gateway, "mn2@pmip.example", 2);
        network.Link("home").Send(packet);

        Ipv6Packet? Tunnelled(Ipv6Packet outer) => outer.NextHeader is IpProtocol.Ipv6 or IpProtocol.Fragment ? outer : null;
        Ipv6Packet[] fragments = [network.Next(network.Core, Tunnelled), network.Next(network.Core, Tunnelled)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= mtu);
        fragments.SelectMany(fragment => fragment.Payload.ToArray()[8..]).Should().Equal((packet with { HopLimit = 63 }).ToBytes());
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("seg6")]
    public void Packets_FromAForeignTunnel_AreDropped(string dataPath)
    {
        using var network = NodeBench.ForAnchor(configuration => configuration with { DataPath = dataPath }).Started();
        var first = AddressIn(Register(network, _gateway, "mn1@pmip.example", 1));
        var second = AddressIn(Register(network, _otherGateway, "mn2@pmip.example", 1));

        network.Core.Send(InTunnel(_otherGateway, _anchor, Datagram(first, _correspondent, 201)));
        network.Core.Send(InTunnel(IPAddress.Parse("2001:db8:100::a9"), _anchor, Datagram(first, _correspondent, 202)));
        network.Core.Send(InTunnel(_gateway, _anchor, Datagram(IPAddress.Parse("2001:db8:dead::1"), _correspondent, 203)));
        network.Core.Send(InTunnel(_otherGateway, _anchor, Datagram(second, _correspondent, 204)));
        network.Core.Send(InTunnel(_gateway, _anchor, Datagram(first, _correspondent, 205)));

        Ipv6Packet? AnyDatagram(Ipv6Packet packet) =>
            Enumerable.Range(201, 5).Select(mark => IsDatagram((ushort)mark)(packet)).FirstOrDefault(found => found is not null);
        List<IPAddress> passed =
        [
            network.Next(network.Link("home"), AnyDatagram).Source,
            network.Next(network.Link("home"), AnyDatagram).Source,
        ];
        passed.Should().BeEquivalentTo([first, second]);
    }

    [Fact]
    public void Packets_AfterTheDeRegistration_AreDroppedInSilence()
    {
        using var network = NodeBench.ForAnchor().Started();
        var registered = Register(network, _gateway, "mn1@pmip.example", 1);
        var mobileNode = AddressIn(registered);

        DeRegister(network, "mn1@pmip.example", 2, registered);
        var other = AddressIn(Register(network, _gateway, "mn2@pmip.example", 3));
        network.Link("home").Send(Datagram(_correspondent, mobileNode, 301));
        network.Link("home").Send(Datagram(_correspondent, other, 302));

        Ipv6Packet? Either(Ipv6Packet packet) =>
            IsInTunnel(NodeBench.Anchor, NodeBench.Gateway, 301)(packet) ?? IsInTunnel(NodeBench.Anchor, NodeBench.Gateway, 302)(packet);
        network.Next(network.Core, Either).Destination.Should().Be(other);
        network.Link("home").Inbox.Should().NotContain(packet => Icmp<DestinationUnreachable>(packet) != null);
    }

    [Fact]
    public void Sessions_DoNotAddRules_AndLeaveNoRoutes()
    {
        using var network = NodeBench
            .ForAnchor(configuration =>
                configuration with
                {
                    LocalMobilityAnchor = configuration.LocalMobilityAnchor! with { MinDelayBeforeBCEDelete = TimeSpan.Zero },
                }
            )
            .Started();
        List<KernelRule> Rules() => [.. network.Netlink.Rules.List()];
        List<KernelRoute> RoutesOfSessions() =>
            [
                .. network
                    .Netlink.Routes.List()
                    .Where(route => (route.From ?? route.To) is { PrefixLength: 64 } prefix && _pool.Contains(prefix.BaseAddress)),
            ];

        var first = Register(network, _gateway, "mn1@pmip.example", 1);
        var rules = Rules();
        var second = Register(network, _gateway, "mn2@pmip.example", 2);
        Rules().Should().BeEquivalentTo(rules);
        RoutesOfSessions().Select(route => (route.From ?? route.To).ToString()).ToHashSet().Should().HaveCount(2);

        DeRegister(network, "mn1@pmip.example", 3, first);
        DeRegister(network, "mn2@pmip.example", 4, second);

        // Removed after the answers: the next message is processed after the removal.
        Register(network, _otherGateway, "mn3@pmip.example", 5);
        RoutesOfSessions().Select(route => (route.From ?? route.To).ToString()).ToHashSet().Should().HaveCount(1);
    }

    [Fact]
    public void ClockOffset_ShiftsTheTimeOfDayOfTheNode()
    {
        using var network = NodeBench.ForAnchor(configuration => configuration with { ClockOffset = TimeSpan.FromHours(3) }).Started();

        network.Core.Send(_gateway, _anchor, Request("mn1@pmip.example", 1));

        var answer = network.Next(network.Core, Mobility<BindingAcknowledgement>);
        answer.Status.Should().Be(BindingStatus.TIMESTAMP_MISMATCH);
        answer.Options.First<TimestampOption>()!.Value.ToUtc().Should().BeCloseTo(DateTimeOffset.UtcNow.AddHours(3), NodeBench.Tolerance);
    }

    private static BindingAcknowledgement Register(NodeBench network, IPAddress gateway, string identifier, ushort sequenceNumber)
    {
        network.Core.Send(gateway, _anchor, Request(identifier, sequenceNumber));
        return network.Next(network.Core, packet => packet.Destination.Equals(gateway) ? Mobility<BindingAcknowledgement>(packet) : null);
    }

    private static void DeRegister(NodeBench network, string identifier, ushort sequenceNumber, BindingAcknowledgement registered)
    {
        var prefix = registered.Options.First<HomeNetworkPrefixOption>()!.Prefix;
        network.Core.Send(_gateway, _anchor, Request(identifier, sequenceNumber, prefix) with { LifetimeUnits = 0 });
        network.Next(network.Core, Mobility<BindingAcknowledgement>).LifetimeUnits.Should().Be(0);
    }

    private static BindingUpdate Request(string identifier, ushort sequenceNumber, Ipv6Prefix prefix = default) =>
        new(
            sequenceNumber,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration | BindingUpdateFlags.ProxyRegistration,
            LifetimeUnits: 150,
            new MobilityOptionList(
                MobileNodeIdentifierOption.ForNai(identifier),
                new HomeNetworkPrefixOption(prefix),
                new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                new LinkLocalAddressOption(IPAddress.IPv6Any),
                new TimestampOption(Timestamp.FromUtc(DateTimeOffset.UtcNow))
            )
        );

    private static IPAddress AddressIn(BindingAcknowledgement answer)
    {
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        var octets = answer.Options.First<HomeNetworkPrefixOption>()!.Prefix.Network.GetAddressBytes();
        octets[15] = 5;
        return new IPAddress(octets);
    }
}
