using System.Net;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>
/// A MAG under test with IPv4 on a scripted bed. It registers a mobile node that solicits routers, and advertises the prefix that it is
/// given. What it does with DHCP messages, ARP Requests and IPv4 packets, the test says.
/// </summary>
internal sealed class ScriptedIpv4Mag
{
    private static readonly IPAddress _core = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _lma = IPAddress.Parse("2001:db8:100::1");
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);

    private readonly Dictionary<string, (PortId Port, MacAddress LinkLayer)> _nodes = [];
    private ushort _sequenceNumber = 100;
    private Ipv6Prefix _bookendPrefix = Ipv6Prefix.AllZero;

    public ScriptedIpv4Mag(params string[] claims)
    {
        Bed = new ScriptedBed(Sessions.Facts(default, claims) with { Ixit = Ixit }) { OnSend = React, OnCarrier = Note };
        for (var number = 1; number <= 9; number++)
        {
            Bed.Identities.Enqueue((number, ScriptedBed.Start));
        }
    }

    private static Ixit Ixit =>
        Sessions.Ixit() with
        {
            Domain = Sessions.Ixit().Domain with { Nodes = ReferenceDomains.MagIpv4.WithoutLinkLayerAddresses().Nodes },
            Ipv4 = ReferenceSetup.Ipv4,
            Kinds = Ixit.AllKinds,
        };

    public static IPAddress Server { get; } = IPAddress.Parse("198.51.100.67");

    /// <summary>The router in the packets of the MAG on access links.</summary>
    public static IPAddress Router { get; } = IPAddress.Parse("198.18.0.1");

    public ScriptedBed Bed { get; }

    /// <summary>The options of an update, beside those of every update; of a bookend's node the prefix alone.</summary>
    public Func<bool, IEnumerable<MobilityOption>> Options { get; set; } =
        _ => [new HomeNetworkPrefixOption(Ipv6Prefix.AllZero), new Ipv4HomeAddressRequestOption(IPAddress.Any, 0)];

    /// <summary>A DHCP message of a mobile node, on its link.</summary>
    public Action<ScriptedIpv4Mag, DhcpMessage> OnDhcp { get; set; } = (_, _) => { };

    /// <summary>The source and the destination of the last DHCP message on an access link.</summary>
    public (IPAddress Source, IPAddress Destination) LastPath { get; private set; }

    /// <summary>A DHCP message of the server, out of the tunnel.</summary>
    public Action<ScriptedIpv4Mag, DhcpMessage, UdpPath> OnAnswer { get; set; } = (_, _, _) => { };

    /// <summary>The MAG's own address in its answer to an ARP Request; null for no answer.</summary>
    public Func<PortId, MacAddress?> OnArp { get; set; } = _ => null;

    public List<BindingAcknowledgement> Answers { get; } = [];

    /// <summary>The Mobility Header of the first acknowledgement to a node that is none of a bookend.</summary>
    public byte[] LastAnswerOctets { get; private set; } = [];

    /// <summary>What an update asks for after a rejection, which makes the MAG register the node again.</summary>
    public string Refused { get; set; } = "";

    /// <summary>True once a registration was rejected.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The DHCP messages of mobile nodes, in order.</summary>
    public List<DhcpMessage> Messages { get; } = [];

    /// <summary>Answers a message of a mobile node.</summary>
    public void Answer(DhcpMessage asked, DhcpMessageType type, IPAddress address, Func<DhcpMessage, DhcpMessage>? change = null)
    {
        var message = new DhcpMessage(
            DhcpOperation.BootReply,
            asked.TransactionId,
            [
                new DhcpMessageTypeOption(type),
                new DhcpServerIdentifierOption(Router),
                new DhcpSubnetMaskOption(16),
                new DhcpRouterOption(Router),
                new DhcpInterfaceMtuOption(1460),
            ]
        )
        {
            YourAddress = address,
            HardwareAddress = asked.HardwareAddress,
        };
        ToNode(change?.Invoke(message) ?? message);
    }

    /// <summary>Sends a message of a server to the mobile node that it is for.</summary>
    public void ToNode(DhcpMessage message) => ToNode(message.ToBytes(), message.HardwareAddress, IPAddress.Broadcast);

    /// <summary>Sends the octets of a message of a server to a mobile node.</summary>
    public void ToNode(byte[] message, OctetString hardwareAddress, IPAddress to)
    {
        var linkLayer = new MacAddress(hardwareAddress.Span);
        var port = _nodes.Values.First(node => node.LinkLayer == linkLayer).Port;
        var path = new UdpPath(Router, DhcpLayer.ServerPort, to, DhcpLayer.ClientPort);
        Bed.Deliver(Bed.Now + _atOnce, port, Beds.Messages.Frame(path.Wrap(message), linkLayer));
    }

    /// <summary>Relays a message of a mobile node to the server, through the tunnel to the LMA.</summary>
    public void Relay(DhcpMessage message, IPAddress? remoteId = null)
    {
        DhcpOption[] relay = remoteId is null
            ? []
            : [new DhcpRelayAgentInformationOption([new CircuitIdSubOption(new OctetString([7])), RemoteIdSubOption.ForAddress(remoteId)])];
        var relayed = message with { RelayAddress = Router, Hops = 1, Options = new DhcpOptionList(message.Options.Concat(relay)) };
        ToCore(new UdpPath(Router, DhcpLayer.ServerPort, Server, DhcpLayer.ServerPort).Wrap(relayed.ToBytes()));
    }

    /// <summary>Sends a packet through the tunnel to the LMA.</summary>
    public void ToCore(IpPacket inner) =>
        Bed.Deliver(
            Bed.Now + _atOnce,
            Ports.Core,
            Beds.Messages.Frame(new Ipv6Packet(_core, _lma, inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6, inner.ToBytes()))
        );

    /// <summary>Registers every node again, or de-registers it.</summary>
    public void Update(ushort lifetimeUnits = 75)
    {
        foreach (var (identifier, (_, linkLayer)) in _nodes)
        {
            Register(identifier, linkLayer, lifetimeUnits);
        }
    }

    /// <summary>Advertises the last assigned prefix once more, without being asked.</summary>
    public void Advertise() => Advertise(Answers.Last(answer => answer.Options.First<HomeNetworkPrefixOption>() is not null));

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        switch (packet)
        {
            case { Neighbor.Type: NeighborDiscoveryLayer.RouterSolicitation }:
                var linkLayer = packet.Ethernet!.Source;
                _nodes[IdentifierOf(linkLayer)] = (port, linkLayer);
                Register(IdentifierOf(linkLayer), linkLayer, 75);
                break;
            case { Neighbor: { Type: NeighborDiscoveryLayer.NeighborSolicitation } solicitation } when solicitation.Target.Equals(_core):
                var options = new NdOptionList(new TargetLinkLayerAddressOption(Beds.Messages.Device));
                var found = new NeighborAdvertisement(_core, Router: true, Solicited: true, Override: true, options);
                bed.Deliver(bed.Now + _atOnce, port, Beds.Messages.Icmp(_core, packet.Ip!.Source, found));
                break;
            case { Arp: { Operation: ArpLayer.Request } asked } when OnArp(port) is { } own:
                var reply = new ArpPacket(
                    ArpOperation.Reply,
                    own,
                    asked.TargetProtocolAddress,
                    asked.SenderHardwareAddress,
                    asked.SenderProtocolAddress
                );
                bed.Deliver(
                    bed.Now + _atOnce,
                    port,
                    new EthernetFrame(asked.SenderHardwareAddress, own, ArpPacket.EtherType, reply.ToBytes()).ToBytes()
                );
                break;
            case { Mobility: not null }
                when MobilityMessage.TryParse(packet.Ip!.UpperPart.Span, out var message, out _)
                    && message is BindingAcknowledgement answer:
                Answers.Add(answer);
                if (
                    LastAnswerOctets.Length == 0
                    && answer.Options.First<MobileNodeIdentifierOption>()?.Identifier.ToText() != IdentifierOf(Bookend)
                )
                {
                    LastAnswerOctets = packet.Ip!.UpperPart.Span.ToArray();
                }

                if (answer.IsRejection && !IsRefused)
                {
                    IsRefused = true;
                    Update();
                }

                if (answer.Options.First<MobileNodeIdentifierOption>()?.Identifier.ToText() == IdentifierOf(Bookend))
                {
                    _bookendPrefix = answer.Options.First<HomeNetworkPrefixOption>()!.Prefix;
                }

                Advertise(answer);
                break;
            case { Dhcp: not null }
                when DhcpMessage.TryParse(((UdpLayer)packet.Upper!).Part.Span[UdpLayer.HeaderLength..], out var sent, out _):
                Messages.Add(sent);
                LastPath = (packet.Ip!.Source, packet.Ip.Destination);
                OnDhcp(this, sent);
                break;
            case { Inner: { Dhcp: not null } inner }
                when DhcpMessage.TryParse(((UdpLayer)inner.Upper!).Part.Span[UdpLayer.HeaderLength..], out var relayed, out _):
                var udp = (UdpLayer)inner.Upper!;
                OnAnswer(
                    this,
                    relayed,
                    new UdpPath(inner.Ip!.Source, (ushort)udp.SourcePort, inner.Ip.Destination, (ushort)udp.DestinationPort)
                );
                break;
            default:
                break;
        }
    }

    /// <summary>A link that goes down ends the session of its node.</summary>
    private void Note(ScriptedBed bed, PortId port, bool up)
    {
        foreach (var (identifier, (_, linkLayer)) in _nodes.Where(node => node.Value.Port == port && !up).ToList())
        {
            Register(identifier, linkLayer, lifetimeUnits: 0);
            _nodes.Remove(identifier);
        }
    }

    /// <summary>Every mobile node of these tests is a dual one, but those of bookends.</summary>
    private string IdentifierOf(MacAddress linkLayer) =>
        $"{linkLayer.ToString().Replace(":", "", StringComparison.Ordinal)}@{(linkLayer == Bookend ? "dynamic" : Kind)}.pmip.example";

    private static MacAddress Bookend { get; } = MacAddress.Parse("02:5e:00:00:00:01");

    /// <summary>The kind of every mobile node but those of bookends.</summary>
    public string Kind { get; init; } = "dual";

    private void Register(string identifier, MacAddress linkLayer, ushort lifetimeUnits)
    {
        var update = new BindingUpdate(
            ++_sequenceNumber,
            BindingUpdateFlags.ProxyRegistration | BindingUpdateFlags.Acknowledge,
            lifetimeUnits,
            new MobilityOptionList([
                MobileNodeIdentifierOption.ForNai(identifier),
                .. linkLayer == Bookend
                    ? [new HomeNetworkPrefixOption(lifetimeUnits == 0 ? _bookendPrefix : Ipv6Prefix.AllZero)]
                    : Options(lifetimeUnits == 0),
                new HandoffIndicatorOption((HandoffIndicator)(lifetimeUnits == 0 ? 4 : 1)),
                new AccessTechnologyTypeOption((AccessTechnologyType)3),
                new MobileNodeLinkLayerIdentifierOption(new OctetString(linkLayer.ToArray())),
                new LinkLocalAddressOption(IPAddress.IPv6None),
                new TimestampOption(new Timestamp(Conformance.Testing.Octets.TimestampOctets.FromTime(Bed.Now))),
            ])
        );
        Bed.Deliver(Bed.Now + _atOnce, Ports.Core, Beds.Messages.Mobility(_core, _lma, update));
    }

    private void Advertise(BindingAcknowledgement answer)
    {
        var identifier = answer.Options.First<MobileNodeIdentifierOption>()?.Identifier.ToText();
        if (
            answer.IsRejection
            || answer.Options.First<HomeNetworkPrefixOption>() is not { } assigned
            || identifier is null
            || !_nodes.TryGetValue(identifier, out var node)
        )
        {
            return;
        }

        var prefix = new PrefixInformationOption(assigned.Prefix, OnLink: true, Autonomous: true, 300, 0);
        var advertisement = new RouterAdvertisement(64, Managed: false, OtherConfig: false, 1800, 0, 0, new NdOptionList(prefix));
        Bed.Deliver(Bed.Now + _atOnce, node.Port, Beds.Messages.Icmp(IPAddress.Parse("fe80::1"), Ipv6Multicast.AllNodes, advertisement));
    }
}
