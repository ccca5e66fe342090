using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Security;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Signals and tunnels under ESP on simulated nodes.</summary>
public sealed class EspTests
{
    private static readonly Tunnel _magTunnel = new(MagAddress, LmaAddress, TunnelMode.EspTunnel);
    private static readonly Tunnel _lmaTunnel = new(LmaAddress, MagAddress, TunnelMode.EspTunnel);
    private static readonly Ipv6Signaling _path = new(MagAddress, LmaAddress);
    private static readonly byte[] _message = new UnknownMobilityMessage(200, new OctetString(new byte[10])).ToBytes(
        MagAddress,
        LmaAddress
    );
    private readonly VirtualNetwork _network = new();
    private readonly List<string> _dropped = [];

    public static TheoryData<Ecn, Ecn> EcnCombinations
    {
        get
        {
            var all = new TheoryData<Ecn, Ecn>();
            foreach (var outer in Enum.GetValues<Ecn>())
            {
                foreach (var inner in Enum.GetValues<Ecn>())
                {
                    all.Add(outer, inner);
                }
            }
            return all;
        }
    }

    [Fact]
    public void Signal_UnderEsp_IsHandedToTheRole_WithItsProtection()
    {
        var (_, role) = AddLma(Keys.OfAnchor());
        _network.Inject("core", LmaCoreMac, Protected(Keys.OfGateway()));

        var signal = role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Subject;
        signal.MobilityHeader.ToArray().Should().Equal(_message);
        (signal.Path, signal.HasValidChecksum).Should().Be((_path, true));
        signal.Protection.Should().Be(new SignalProtection(MagAddress, Keys.ToAnchor));
        Ipv6Packet.TryParse(signal.Packet, out var packet, out _).Should().BeTrue();
        packet!.NextHeader.Should().Be(IpProtocol.MobilityHeader);
    }

    /// <summary>RFC 3776, Section 3.1: the Home Address option and the routing header stand in front of ESP.</summary>
    [Fact]
    public void Signal_OfAMobileNode_IsProtectedBehindItsHomeAddress()
    {
        var (node, role) = AddLma(Keys.OfAnchor(), isHomeAgent: true);
        var home = MnAddress;
        var message = _path with { HomeAddress = home };
        var update = new UnknownMobilityMessage(200, new OctetString(new byte[10])).ToBytes(home, LmaAddress);
        var sealedUpdate = new SecurityAssociationDatabase(
            Keys.OfGateway(),
            new Random(2).NextBytes,
            (rule, _) => _dropped.Add(rule)
        ).Protect(new RoleAction.SendSignal(message, update) { ProtectedFor = LmaAddress });

        _network.Inject("core", LmaCoreMac, sealedUpdate!);

        var signal = role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Subject;
        (signal.Path, signal.HasValidChecksum).Should().Be((message, true));
        signal.Protection.Should().Be(new SignalProtection(MagAddress, Keys.ToAnchor));
        role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Should().BeEmpty();

        var answer = signal.Path.Reversed;
        role.Ask(
            new RoleAction.AddNeighbor(Core, MagAddress, MagCoreMac),
            new RoleAction.SendSignal(answer, answer.Complete(new UnknownMobilityMessage(200, new OctetString(new byte[10]))))
            {
                ProtectedFor = MagAddress,
            }
        );
        _network.Forget();
        node.HandleTimeout(_network.Now);
        _network.Settle();

        var sent = _network.On("core").Should().ContainSingle().Subject.Packet;
        sent.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        (sent.Destination, upper!.Protocol).Should().Be((MagAddress, IpProtocol.Esp));
        upper.Headers.Select(header => header.Type).Should().Equal(IpProtocol.Routing);
    }

    [Fact]
    public void WrongPackets_AreDropped_WithoutAWordOnTheLink()
    {
        var (_, role) = AddLma(Keys.OfAnchor());
        var good = Protected(Keys.OfGateway());
        Ipv6Packet[] wrong =
        [
            good with
            {
                Payload = Changed(good, 0),
            },
            good with
            {
                Payload = Changed(good, good.Payload.Length - 1),
            },
            good with
            {
                Payload = good.Payload[..30],
            },
            good with
            {
                Payload = default,
            },
        ];
        foreach (var packet in wrong)
        {
            _network.Inject("core", LmaCoreMac, packet);
        }

        role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        _dropped.Should().HaveCount(4).And.OnlyContain(rule => rule.StartsWith("Esp", StringComparison.Ordinal));
        _network.On("core").Should().BeEmpty("the node does not even ask for the address of a neighbour to answer");
    }

    [Fact]
    public void Esp_AtANodeWithoutAssociations_IsAnUnknownProtocol()
    {
        AddLma(new SecuritySettings());
        _network.Add(Mag, new ScriptedRole());
        _network.Inject("core", LmaCoreMac, Protected(Keys.OfGateway()));

        var problem = _network.Icmp<ParameterProblem>("core").Should().ContainSingle().Subject;
        (problem.Code, problem.Pointer).Should().Be((ParameterProblem.UnrecognizedNextHeader, 6u));
        _dropped.Should().BeEmpty();
    }

    [Fact]
    public void SendSignal_ForAPeer_LeavesUnderEsp_AndNeverInClear()
    {
        var (node, role) = AddLma(Keys.OfAnchor());
        _network.Add(Mag, new ScriptedRole());
        var answer = new Ipv6Signaling(LmaAddress, MagAddress);
        role.Ask(
            new RoleAction.SendSignal(answer, _message) { ProtectedFor = MagAddress },
            new RoleAction.SendSignal(answer, _message) { ProtectedFor = CnAddress }
        );
        node.HandleTimeout(_network.Now);
        _network.Settle();

        var sent = _network.On("core").Where(s => s.Packet.Destination.Equals(MagAddress) && s.Packet.HopLimit == 64).ToList();
        var esp = sent.Should().ContainSingle().Subject.Packet;
        (esp.NextHeader, esp.Payload.Span[2], esp.Payload.Span[3]).Should().Be((IpProtocol.Esp, (byte)0x20, (byte)0x01));
        _dropped.Should().Equal("EspAssociationMissing");
    }

    [Fact]
    public void Ping_GoesThroughATunnelUnderEsp_BothWays()
    {
        var mn = AddTunnel();
        mn.Ping(CnAddress, 1, 1, _network.Now);
        _network.Settle();

        mn.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.HopLimit.Should().Be(62);
        var inTunnel = _network.Ip("core").OfType<Ipv6Packet>().Where(packet => packet.HopLimit == 64).ToList();
        inTunnel.Select(packet => packet.NextHeader).Should().Equal(IpProtocol.Esp, IpProtocol.Esp);
        inTunnel.Select(packet => packet.Source).Should().Equal(MagAddress, LmaAddress);
    }

    [Theory]
    [MemberData(nameof(EcnCombinations))]
    public void Ecn_IsCopiedAtTheEntry_AndCarriedInAtTheExitOnlyOntoEct(Ecn outer, Ecn inner)
    {
        AddTunnel();
        var packet = Echo(MnAddress, CnAddress) with { TrafficClass = (byte)(0xb8 | (byte)inner) };
        _network.Inject("access", MagAccessMac, packet);
        var entered = _network.Ip("core").OfType<Ipv6Packet>().First(seen => seen.NextHeader == IpProtocol.Esp);
        entered.TrafficClass.Should().Be(packet.TrafficClass, "RFC 4301 copies all of it");
        _network.Forget();

        _network.Inject("core", LmaCoreMac, entered.WithEcn(outer));

        _network
            .On("home")
            .Single(s => s.Icmp is EchoRequest)
            .Packet.Ecn.Should()
            .Be(outer == Ecn.Ce && inner != Ecn.NotEct ? Ecn.Ce : inner);
    }

    [Fact]
    public void ClearTunnelledPacket_OfAPeerWhoseTunnelIsUnderEsp_DoesNotComeOut()
    {
        AddTunnel();
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress)));
        _network.On("home").Where(s => s.Icmp is EchoRequest).Should().BeEmpty();
    }

    [Fact]
    public void ProtectedTunnelledPacket_WithAnyOctetChanged_DoesNotComeOut()
    {
        AddTunnel();
        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress));
        var entered = _network.Ip("core").OfType<Ipv6Packet>().First(seen => seen.NextHeader == IpProtocol.Esp);
        _network.Forget();

        for (var i = 0; i < entered.Payload.Length; i++)
        {
            _network.Inject("core", LmaCoreMac, entered with { Payload = Changed(entered, i) });
        }

        _network.On("home").Where(s => s.Icmp is EchoRequest).Should().BeEmpty();
    }

    [Fact]
    public void ProtectedTunnelledPacket_UnderTheAssociationOfAnotherPeer_DoesNotComeOut()
    {
        AddTunnel();
        var other = new SecurityAssociationDatabase(Keys.OfOther().InTunnelMode(), new Random(1).NextBytes, (_, _) => { });
        var plain = Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress));

        _network.Inject("core", LmaCoreMac, other.Protect(plain, LmaAddress)!);

        _network.On("home").Where(s => s.Icmp is EchoRequest).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SecurityTransform.AesCbcHmacSha256)]
    [InlineData(SecurityTransform.NullHmacSha256)]
    public void LargestPacket_FitsIntoTheLink_AndOneOctetMoreIsReported(SecurityTransform transform)
    {
        const int tunnelMtu = 1500 - 40 - 57;
        AddTunnel(transform);

        for (var length = tunnelMtu - 20; length <= tunnelMtu; length++)
        {
            _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress, length - 48));
        }
        _network.Ip("core").Should().OnlyContain(packet => packet.Length <= 1500);
        _network.On("home").Where(s => s.Icmp is EchoRequest).Should().HaveCount(21);

        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress, tunnelMtu - 47));
        _network.Icmp<PacketTooBig>("access").Should().ContainSingle().Which.Mtu.Should().Be(tunnelMtu);
    }

    [Fact]
    public void Tunnel_WithoutAssociations_SendsNothing()
    {
        var mn = AddTunnel(lma: new SecuritySettings(), mag: new SecuritySettings());
        mn.Ping(CnAddress, 1, 1, _network.Now);
        _network.Settle();
        _network.Ip("core").OfType<Ipv6Packet>().Where(packet => packet.HopLimit == 64).Should().BeEmpty();
    }

    private static byte[] Changed(Ipv6Packet packet, int octet)
    {
        var octets = packet.Payload.ToArray();
        octets[octet] ^= 0x10;
        return octets;
    }

    private (IpNode Node, ScriptedRole Role) AddLma(SecuritySettings security, bool isHomeAgent = false)
    {
        var role = new ScriptedRole();
        var node = _network.Add(Lma with { Security = security, ProcessesHomeAddressOption = isHomeAgent }, role);
        node.Logged = log => _dropped.Add(log.Rule);
        return (node, role);
    }

    private IpNode AddTunnel(
        SecurityTransform transform = SecurityTransform.AesCbcHmacSha256,
        SecuritySettings? lma = null,
        SecuritySettings? mag = null
    )
    {
        var onLma = new ScriptedRole().Ask(
            new RoleAction.AddTunnel(_lmaTunnel),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(_lmaTunnel)))
        );
        var onMag = new ScriptedRole().Ask(
            new RoleAction.AddTunnel(_magTunnel),
            new RoleAction.AddAddress(Access, MagLinkLocal, PerformDad: false),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.OnLink(Access))),
            new RoleAction.AddRoute(new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(_magTunnel)) { From = Hnp })
        );
        _network.Add(Lma with { Security = lma ?? Keys.OfAnchor(transform).InTunnelMode() }, onLma);
        _network.Add(Mag with { Security = mag ?? Keys.OfGateway(transform).InTunnelMode() }, onMag);
        _network.Add(Cn);
        return _network.Add(Mn);
    }

    private static Ipv6Packet Protected(SecuritySettings settings) =>
        (Ipv6Packet)
            new SecurityAssociationDatabase(settings, new Random(1).NextBytes, (_, _) => { }).Protect(
                new RoleAction.SendSignal(_path, _message) { ProtectedFor = LmaAddress }
            )!;
}
