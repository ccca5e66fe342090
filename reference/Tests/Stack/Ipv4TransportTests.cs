using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Security;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Signals and tunnels over IPv4: on one port as in the drafts before RFC 5844, and under ESP.</summary>
public sealed class Ipv4TransportTests
{
    private const ushort Port = UdpPort.DualStackMobileIpv6;
    private const ushort PeerPort = 40000;

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

    private static readonly RoleAction.OpenUdp _open = new(Port, UdpContent.MobilityHeadersInIpv6);
    private static readonly Ipv4UdpIpv6Signaling _draft = new(_peerIpv4, _ipv4, PeerPort, Port, new Ipv6Signaling(MagAddress, LmaAddress));
    private static readonly Ipv4UdpSignaling _rfc = Ipv4UdpSignaling.Between(_peerIpv4, _ipv4);

    private static BindingUpdate Message => SampleMessages.Update;

    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly List<string> _log = [];

    public static TheoryData<TunnelMode, bool> Orders =>
        new()
        {
            { TunnelMode.Ipv4Udp, false },
            { TunnelMode.Ipv4Udp, true },
            { TunnelMode.Ipv4UdpTlv, false },
            { TunnelMode.Ipv4UdpTlv, true },
        };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Signals_AndDataOfATunnel_ShareThePort(TunnelMode mode, bool opensLast)
    {
        var tunnel = new Tunnel(_ipv4, _peerIpv4, mode, new TunnelPorts(Port, PeerPort));
        RoleAction[] actions =
        [
            new RoleAction.AddTunnel(tunnel),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(tunnel))),
        ];
        Start(new SecuritySettings(), opensLast ? [.. actions, _open] : [_open, .. actions]);

        Arrive(_draft.ToPacket(_draft.Complete(Message)));
        Arrive(Data(mode == TunnelMode.Ipv4UdpTlv, Echo(MnAddress, CnAddress)));

        _role.Inputs.OfType<RoleInput.Signal>().Single().Path.Should().Be(_draft);
        Forwarded().Should().ContainSingle();
        _log.Should().BeEmpty();
    }

    /// <summary>A mobile node may speak Mobile IPv6 with an agent of its own.</summary>
    [Fact]
    public void MobilityHeader_ForAnotherNode_IsData()
    {
        var tunnel = new Tunnel(_ipv4, _peerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(Port, PeerPort));
        Start(
            new SecuritySettings(),
            _open,
            new RoleAction.AddTunnel(tunnel),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(tunnel)))
        );
        var path = new Ipv6Signaling(MnAddress, CnAddress);

        Arrive(Data(hasTlv: false, path.ToPacket(path.Complete(Message))));

        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        Forwarded().Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Data_ThatIsNotAsTheTunnelIs_IsDroppedSilently(bool hasTlv, bool isOfThePort)
    {
        var tunnel = new Tunnel(_ipv4, _peerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(Port, isOfThePort ? (ushort)1 : PeerPort));
        Start(
            new SecuritySettings(),
            _open,
            new RoleAction.AddTunnel(tunnel),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(tunnel)))
        );

        Arrive(Data(hasTlv, Echo(MnAddress, CnAddress)));

        Forwarded().Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
    }

    public static TheoryData<string> Forms => ["outside, RFC 5844", "outside, draft", "inside", "inside, TLV header"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void SignalUnderEsp_IsReportedWithItsAssociation_AndAnsweredUnderIt(string form)
    {
        var (path, outside) = (PathOf(form), form.StartsWith("outside", StringComparison.Ordinal));
        var (anchor, gateway) = outside ? (OfAnchor, OfGateway) : (Keys.OfAnchor(), Keys.OfGateway());
        Start(anchor, _open, new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders));
        var sent = Protected(gateway, path, outside ? _ipv4 : LmaAddress);

        Arrive(sent);

        (sent.Protocol == IpProtocol.Esp).Should().Be(outside);
        var signal = _role.Inputs.OfType<RoleInput.Signal>().Single();
        (signal.Path, signal.HasValidChecksum).Should().Be((path, true));
        signal.MobilityHeader.ToArray().Should().Equal(path.Complete(Message));
        signal.Protection.Should().Be(new SignalProtection(outside ? _peerIpv4 : MagAddress, Keys.ToAnchor));

        var answer = Protected(anchor, path.Reversed, signal.Protection!.Peer);
        (answer.Protocol == IpProtocol.Esp).Should().Be(outside);
        answer.Payload.Span.IndexOf(path.Reversed.Complete(Message).AsSpan(8)).Should().Be(-1, "it is encrypted");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void SignalUnderEsp_ThatWasChanged_IsDroppedSilently(string form)
    {
        var (path, outside) = (PathOf(form), form.StartsWith("outside", StringComparison.Ordinal));
        Start(
            outside ? OfAnchor : Keys.OfAnchor(),
            _open,
            new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders)
        );
        var sent = Protected(outside ? OfGateway : Keys.OfGateway(), path, outside ? _ipv4 : LmaAddress);
        var octets = sent.Payload.ToArray();
        octets[^1] ^= 1;
        if (!outside)
        {
            octets.AsSpan(UdpDatagram.ChecksumOffset, 2).Clear();
        }

        Arrive(sent with { Payload = octets });

        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
        _log.Should().ContainSingle().Which.Should().Be("EspIntegrityCheck");
    }

    /// <summary>The addresses of IPv4 decide first; those of the packet behind UDP only if they have no association.</summary>
    [Fact]
    public void Esp_StandsOutside_WhereBothFamiliesHaveAssociations()
    {
        var both = new SecuritySettings { Associations = [.. Keys.OfGateway().Associations, .. OfGateway.Associations] };
        Protected(both, _draft, LmaAddress).Protocol.Should().Be(IpProtocol.Esp);
        Protected(Keys.OfGateway(), _draft, LmaAddress).Protocol.Should().Be(Ipv4Protocol.Udp);
        Database(Keys.OfGateway())
            .Protect(new RoleAction.SendSignal(_rfc, _rfc.Complete(Message)) { ProtectedFor = LmaAddress })
            .Should()
            .BeNull();
    }

    [Fact]
    public void DataUnderEsp_InTransportMode_IsDroppedSilently()
    {
        Start(OfAnchor, _open);
        var data = Data(hasTlv: false, Echo(MnAddress, CnAddress));
        var transform = OfGateway.Associations[0].ToEspTransform();
        var vector = new byte[transform.InitializationVectorLength];

        Arrive(
            data with
            {
                Protocol = IpProtocol.Esp,
                Payload = transform.Seal(new EspPacket(new EspHeader(Keys.ToAnchor, 1), Ipv4Protocol.Udp, data.Payload), vector),
            }
        );

        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
        _log.Should().Equal("EspSelector");
    }

    private static SecuritySettings OfAnchor =>
        new()
        {
            Associations = [Keys.Association(Keys.ToAnchor, _peerIpv4, _ipv4), Keys.Association(Keys.ToGateway, _peerIpv4, _peerIpv4)],
        };

    private static SecuritySettings OfGateway =>
        new() { Associations = [Keys.Association(Keys.ToAnchor, _ipv4, _ipv4), Keys.Association(Keys.ToGateway, _ipv4, _peerIpv4)] };

    private static SignalingTransport PathOf(string form) =>
        form switch
        {
            "outside, RFC 5844" => _rfc,
            "inside, TLV header" => _draft with { HasTlvHeader = true },
            _ => _draft,
        };

    private static Ipv4Packet Data(bool hasTlv, IpPacket inner) =>
        new Ipv4UdpEncapsulation(_peerIpv4, _ipv4, PeerPort, Port) { HasTlvHeader = hasTlv }.Around(inner.ToBytes());

    private static SecurityAssociationDatabase Database(SecuritySettings settings) => new(settings, new Random(1).NextBytes, (_, _) => { });

    private static Ipv4Packet Protected(SecuritySettings settings, SignalingTransport path, IPAddress peer) =>
        (Ipv4Packet)Database(settings).Protect(new RoleAction.SendSignal(path, path.Complete(Message)) { ProtectedFor = peer })!;

    private void Start(SecuritySettings security, params RoleAction[] actions)
    {
        _role.Ask(actions);
        var node = _network.Add(_node with { Security = security }, _role);
        node.Logged = log => _log.Add(log.Rule);
        _network.Add(Cn);
        _network.Forget();
    }

    private void Arrive(IpPacket packet) => _network.Inject("core", LmaCoreMac, packet);

    private IEnumerable<IpPacket> Forwarded() => _network.Ip("home").Where(packet => packet.Source.Equals(MnAddress));
}
