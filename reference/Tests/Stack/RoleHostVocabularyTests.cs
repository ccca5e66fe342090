using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a node does for its role beside routes and tunnels: UDP, tests of addresses, path MTUs, proxies.</summary>
public sealed class RoleHostVocabularyTests
{
    private const ushort Port = UdpPort.Dhcpv6Server;
    private static readonly IPAddress _neighbor = IPAddress.Parse("2001:db8:200::77");
    private static readonly IPAddress _ipv4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _peerIpv4 = IPAddress.Parse("198.51.100.161");

    private static readonly IpNodeSettings _node = Lma with
    {
        Interfaces =
        [
            Lma.Interfaces[0] with
            {
                Addresses = [new ConfiguredAddress(LmaAddress), new ConfiguredAddress(_ipv4, 24)],
            },
            Lma.Interfaces[1],
        ],
    };

    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _host;

    public RoleHostVocabularyTests() => _host = _network.Add(_node, _role);

    [Fact]
    public void Datagram_ToAnOpenPort_IsReported_OverBothFamilies_AndToAGroup()
    {
        Ask(new RoleAction.OpenUdp(Port, UdpContent.Messages));
        UdpPath[] paths =
        [
            new(MagAddress, 4000, LmaAddress, Port),
            new(MagAddress, 4000, Dhcpv6Groups.AllRelayAgentsAndServers, Port),
            new(_peerIpv4, 4000, _ipv4, Port),
            new(IPAddress.Any, 4000, IPAddress.Broadcast, Port),
        ];

        foreach (var path in paths)
        {
            _network.Inject("core", LmaCoreMac, path.Wrap(new byte[] { 1, 2 }));
        }

        var reported = _role.Inputs.OfType<RoleInput.Udp>().ToList();
        reported.Select(udp => udp.Path).Should().Equal(paths);
        reported.Should().OnlyContain(udp => udp.Link == Core && udp.LinkLayerSource == VirtualNetwork.Tester && udp.Payload.Length == 2);
        _network.Icmp<DestinationUnreachable>("core").Should().BeEmpty();
    }

    [Fact]
    public void Datagram_ToAClosedPort_IsReportedAsUnreachable()
    {
        Ask(new RoleAction.OpenUdp(Port, UdpContent.Messages), new RoleAction.CloseUdp(Port));
        _network.Add(Mag, new ScriptedRole());

        _network.Inject("core", LmaCoreMac, new UdpPath(MagAddress, 4000, LmaAddress, Port).Wrap(new byte[2]));
        _network.RunSeconds(1);

        _role.Inputs.OfType<RoleInput.Udp>().Should().BeEmpty();
        _network.Icmp<DestinationUnreachable>("core").Should().ContainSingle();
    }

    [Theory]
    [InlineData(0xffff)]
    [InlineData(0)]
    public void Datagram_WithAWrongChecksumOrNone_IsDropped(int checksum)
    {
        Ask(new RoleAction.OpenUdp(Port, UdpContent.Messages));
        var packet = (Ipv6Packet)new UdpPath(MagAddress, 4000, LmaAddress, Port).Wrap(new byte[2]);
        var octets = packet.Payload.ToArray();
        (octets[UdpDatagram.ChecksumOffset], octets[UdpDatagram.ChecksumOffset + 1]) = ((byte)(checksum >> 8), (byte)checksum);

        _network.Inject("core", LmaCoreMac, packet with { Payload = octets });

        _role.Inputs.OfType<RoleInput.Udp>().Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void Signaling_OverIpv4_IsReportedWithItsPath_AndAnsweredOverTheSame()
    {
        Ask(
            new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders),
            new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6)
        );
        var inner = new Ipv6Signaling(MagAddress, LmaAddress);
        SignalingTransport[] paths =
        [
            Ipv4UdpSignaling.Between(_peerIpv4, _ipv4),
            new Ipv4UdpIpv6Signaling(_peerIpv4, _ipv4, 40000, UdpPort.DualStackMobileIpv6, inner),
            new Ipv4UdpIpv6Signaling(_peerIpv4, _ipv4, 40000, UdpPort.DualStackMobileIpv6, inner) { HasTlvHeader = true },
        ];

        foreach (var path in paths)
        {
            var packet = path.ToPacket(path.Complete(Message));
            _network.Inject("core", LmaCoreMac, packet);

            var signal = _role.Inputs.OfType<RoleInput.Signal>().Last();
            (signal.Path, signal.Link, signal.HasValidChecksum).Should().Be((path, Core, true));
            signal.MobilityHeader.ToArray().Should().Equal(path.Complete(Message));
            signal.Packet.ToArray().Should().Equal(packet.ToBytes());

            _network.Forget();
            Ask(new RoleAction.SendSignal(path.Reversed, path.Reversed.Complete(Message)));
            _network.Inject("core", LmaCoreMac, new ArpPacket(ArpOperation.Reply, MagCoreMac, _peerIpv4, LmaCoreMac, _ipv4));
            var sent = _network.On("core").Should().ContainSingle(seen => seen.Ip is Ipv4Packet).Subject;
            (sent.Ipv4.Source, sent.Ipv4.Destination).Should().Be((_ipv4, _peerIpv4));
            sent.Ipv4.Payload.ToArray().Should().Equal(path.Reversed.ToPacket(path.Reversed.Complete(Message)).Payload.ToArray());
        }
    }

    [Fact]
    public void DataInUdp_OnTheSignalingPort_IsNotReportedAsASignal()
    {
        Ask(new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6));
        var data = new Ipv4UdpEncapsulation(_peerIpv4, _ipv4, 40000, UdpPort.DualStackMobileIpv6).Wrap(
            Echo(MnAddress, CnAddress).ToBytes()
        );

        Ipv4Packet.TryParse(data, out var packet, out _).Should().BeTrue();
        _network.Inject("core", LmaCoreMac, packet!);

        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
    }

    /// <summary>As on a kernel, whose sockets would take datagrams from each other.</summary>
    [Fact]
    public void UdpPort_IsTheRolesOrATunnels()
    {
        var failures = new List<string>();
        _host.Logged = log => failures.AddRange(log.Rule == "ActionFailed" ? [log.Text] : []);
        const ushort port = UdpPort.ProxyMobileIpv6Data;
        var open = new RoleAction.OpenUdp(port, UdpContent.Messages);
        var tunnel = new Tunnel(_ipv4, _peerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(port, 40_000));
        var datagram = new UdpPath(_peerIpv4, 4000, _ipv4, port).Wrap(new byte[2]);

        Ask(open, new RoleAction.AddTunnel(tunnel));
        failures.Should().ContainSingle().Which.Should().StartWith("AddTunnel: UDP port 5437 is open for messages to the role");
        Ask(new RoleAction.CloseUdp(port), new RoleAction.AddTunnel(tunnel), open);
        failures.Should().HaveCount(2).And.Subject.Last().Should().StartWith("OpenUdp: UDP port 5437 is that of a tunnel");
        _network.Inject("core", LmaCoreMac, datagram);
        _role.Inputs.OfType<RoleInput.Udp>().Should().BeEmpty();

        Ask(new RoleAction.RemoveTunnel(tunnel), open);
        _network.Inject("core", LmaCoreMac, datagram);
        failures.Should().HaveCount(2);
        _role.Inputs.OfType<RoleInput.Udp>().Should().ContainSingle();
    }

    [Fact]
    public void SendUdp_IsRouted_OrSentOnItsLink()
    {
        _network.Add(Cn);
        var routed = new UdpPath(LmaHomeAddress, Port, CnAddress, 4000);
        var onLink = new UdpPath(LmaAddress, Port, Ipv6Multicast.AllNodes, 4000);

        Ask(new RoleAction.SendUdp(routed, null, new byte[3]), new RoleAction.SendUdp(onLink, Core, new byte[3]));

        Sent("home").Should().Equal(routed.Wrap(new byte[3]).ToBytes());
        Sent("core").Should().Equal(onLink.Wrap(new byte[3]).ToBytes());

        byte[] Sent(string segment) =>
            _network
                .On(segment)
                .Select(seen => seen.Ip)
                .Should()
                .ContainSingle(ip => ip != null && ip.Protocol == Ipv4Protocol.Udp)
                .Which!.ToBytes();
    }

    [Fact]
    public void SendUdp_OnALink_GivesEachDatagramOfIpv4AnIdentification()
    {
        var path = new UdpPath(_ipv4, Port, IPAddress.Broadcast, 4000);

        Ask(new RoleAction.SendUdp(path, Core, new byte[3]), new RoleAction.SendUdp(path, Core, new byte[3]));

        _network.Ip("core").OfType<Ipv4Packet>().Select(packet => packet.Identification).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void LinkLayerAddress_IsThatOfTheInterfaceFromNowOn()
    {
        var other = MacAddress.Parse("00:00:5e:00:52:14");
        Ask(new RoleAction.SetLinkLayerAddress(Core, other));

        _network.Inject("core", LmaCoreMac, Echo(MagAddress, LmaAddress));
        _network.Icmp<EchoReply>("core").Should().BeEmpty();
        _network.Inject("core", other, Echo(MagAddress, LmaAddress));
        _network.On("core").Should().NotBeEmpty().And.OnlyContain(seen => seen.Frame.Source == other);
    }

    [Fact]
    public void SavedVariables_AreHandedToTheNextNode_TheLastValueOfEach()
    {
        Ask(new RoleAction.SaveVariable("A", "1"), new RoleAction.SaveVariable("B", "2"), new RoleAction.SaveVariable("A", "3"));
        var role = new ScriptedRole();

        var next = new IpNode(Lma, role, new Random(1), _host.Saved);
        next.Start(_network.Now);

        var started = role.Inputs.Should().ContainSingle().Which.Should().BeOfType<RoleInput.Started>().Subject;
        started.Saved.Should().BeEquivalentTo(new Dictionary<string, string> { ["A"] = "3", ["B"] = "2" });
    }

    [Fact]
    public void Route_IsAnnouncedToTheRoutersOfEveryLink_AndAgainLater()
    {
        Ask(new RoleAction.AnnounceRoute(Ipv6Prefix.Parse("2001:db8:8000:1::/64")));

        foreach (var (segment, source) in new[] { ("core", LmaCoreMac), ("home", LmaHomeMac) })
        {
            var sent = _network.Ip(segment).Should().ContainSingle().Subject;
            (sent.Source, sent.Destination, sent.HopLimit).Should().Be((source.LinkLocalAddress(), Ipv6Multicast.AllRipRouters, 255));
        }

        _network.Forget();
        _network.RunSeconds(45);
        _network.Ip("home").Should().HaveCountGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void AdministrativeAction_IsReported()
    {
        var input = new RoleInput.Administer(new AdministrativeAction.Authorize(MagAddress));

        _host.Administer(input.Action, _network.Now);

        _role.Inputs.Should().EndWith(input);
    }

    [Fact]
    public void LinkUp_IsReportedWithWhatTheAccessNetworkSays()
    {
        var up = new RoleInput.LinkUp(Home) { MobileNode = "mn1@pmip.example", Hint = HandoffIndicator.HandoffBetweenInterfaces };

        _host.LinkUp(up, _network.Now);

        _role.Inputs.Should().EndWith(up);
    }

    [Fact]
    public void Address_ThatIsUnique_IsReportedWhenTheTestEnds_AndNotBefore()
    {
        Ask(new RoleAction.AddAddress(Home, _neighbor, PerformDad: true));
        _network.RunSeconds(0.999);
        _role.Inputs.OfType<RoleInput.AddressTested>().Should().BeEmpty();

        _network.RunSeconds(0.001);

        _role.Inputs.OfType<RoleInput.AddressTested>().Should().Equal(new RoleInput.AddressTested(Home, _neighbor, IsUnique: true));
    }

    [Fact]
    public void Address_OfAnotherNode_IsReportedAsNotUnique()
    {
        Ask(new RoleAction.AddAddress(Home, CnAddress, PerformDad: true));
        _network.Add(Cn);
        Ask(new RoleAction.RemoveAddress(Home, CnAddress), new RoleAction.AddAddress(Home, CnAddress, PerformDad: true));

        _network.RunSeconds(2);

        _role.Inputs.OfType<RoleInput.AddressTested>().Should().Equal(new RoleInput.AddressTested(Home, CnAddress, IsUnique: false));
    }

    [Fact]
    public void Address_OfIpv4_IsReportedToo()
    {
        var (unique, taken) = (IPAddress.Parse("198.51.100.7"), IPAddress.Parse("198.51.100.8"));
        Ask(new RoleAction.AddAddress(Core, unique, PerformDad: true), new RoleAction.AddAddress(Core, taken, PerformDad: true));
        _network.RunSeconds(1);
        _network.Inject("core", MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, MagCoreMac, taken, default, taken));

        _network.RunSeconds(10);

        _role
            .Inputs.OfType<RoleInput.AddressTested>()
            .Should()
            .Equal(new RoleInput.AddressTested(Core, taken, IsUnique: false), new RoleInput.AddressTested(Core, unique, IsUnique: true));
    }

    [Fact]
    public void Address_WithoutTest_IsNotReported()
    {
        Ask(new RoleAction.AddAddress(Home, _neighbor, PerformDad: false));
        _network.RunSeconds(2);

        _role.Inputs.OfType<RoleInput.AddressTested>().Should().BeEmpty();
    }

    [Fact]
    public void PacketTooBig_AboutAPacketOfTheNode_IsReportedAsThePathMtu_AndNoOther()
    {
        var own = new Ipv6Packet(LmaAddress, MagAddress, IpProtocol.Ipv6, new byte[100]).ToBytes();
        var other = new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.Ipv6, new byte[100]).ToBytes();

        Inject(own.AsSpan(0, 60));
        Inject(other.AsSpan(0, 60));
        Inject(own.AsSpan(0, 39));
        Inject(own.AsSpan(0, 60), mtu: 1279);

        _role.Inputs.OfType<RoleInput.PathMtuChanged>().Should().Equal(new RoleInput.PathMtuChanged(MagAddress, 1400));

        void Inject(ReadOnlySpan<byte> invoking, uint mtu = 1400)
        {
            var message = new PacketTooBig(mtu, new OctetString(invoking)).ToBytes(MagAddress, LmaAddress);
            _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.Icmpv6, message));
        }
    }

    [Fact]
    public void ProxiedNeighbors_AreAnsweredFor_WithoutOverridingThem_UntilTheProxyEnds()
    {
        var proxied = new IpPrefix(_neighbor, 120);
        Ask(
            new RoleAction.AddTunnel(LmaTunnel),
            new RoleAction.AddRoute(new Route(proxied, new RouteTarget.IntoTunnel(LmaTunnel))),
            new RoleAction.AddProxyNeighbor(Home, proxied)
        );

        Solicit(CnAddress, _neighbor);
        Solicit(IPAddress.IPv6Any, _neighbor);
        Solicit(CnAddress, IPAddress.Parse("2001:db8:200::1:1"));

        _network
            .Icmp<NeighborAdvertisement>("home")
            .Should()
            .Equal(
                new NeighborAdvertisement(_neighbor, Router: false, Solicited: true, Override: false, Own()),
                new NeighborAdvertisement(_neighbor, Router: false, Solicited: false, Override: false, Own())
            );

        _network.Forget();
        Ask(new RoleAction.RemoveProxyNeighbor(Home, proxied));
        Solicit(CnAddress, _neighbor);
        _network.On("home").Should().BeEmpty();

        static NdOptionList Own() => new(new TargetLinkLayerAddressOption(LmaHomeMac));
    }

    [Fact]
    public void ProxiedNeighbor_OfIpv4_IsAnsweredForByArp()
    {
        var neighbor = IPAddress.Parse("198.51.100.77");
        Ask(
            new RoleAction.AddRoute(new Route(IpPrefix.Of(neighbor), new RouteTarget.OnLink(Home))),
            new RoleAction.AddProxyNeighbor(Core, IpPrefix.Of(neighbor))
        );

        _network.Inject("core", MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, MagCoreMac, _peerIpv4, default, neighbor));

        _network
            .Arp("core")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Be(new ArpPacket(ArpOperation.Reply, LmaCoreMac, neighbor, MagCoreMac, _peerIpv4));
    }

    private static MobilityMessage Message => SampleMessages.AuthorizedUpdate;

    private void Solicit(IPAddress source, IPAddress target)
    {
        NdOption[] options = source.Equals(IPAddress.IPv6Any) ? [] : [new SourceLinkLayerAddressOption(CnMac)];
        var group = Ipv6Multicast.SolicitedNode(target);
        var message = new NeighborSolicitation(target, new NdOptionList(options)).ToBytes(source, group);
        _network.Inject(
            "home",
            MacAddress.ForMulticast(group),
            new Ipv6Packet(source, group, IpProtocol.Icmpv6, message) { HopLimit = 255 }
        );
    }

    private void Ask(params RoleAction[] actions)
    {
        _role.Ask(actions);
        _host.HandleTimeout(_network.Now);
        _network.Settle();
    }
}
