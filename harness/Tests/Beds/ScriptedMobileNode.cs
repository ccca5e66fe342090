using System.Net;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>
/// A mobile node under test on a scripted bed: it registers each care-of address, with the number of its link as BID, and answers echo
/// requests. It does what it is told, whether a mobile node may do so or not.
/// </summary>
internal sealed class ScriptedMobileNode
{
    private static readonly TimeSpan _attaching = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);
    private static readonly byte[] _interfaceIdentifier = [0, 0, 0, 0, 0, 0, 0, 0x51];

    private readonly Dictionary<PortId, IPAddress> _careOf = [];
    private ushort _sequenceNumber = 100;

    public ScriptedMobileNode() =>
        Bed = new ScriptedBed(new BedFacts("scripted", 1, TimeSpan.Zero, Ixit, [])) { OnSend = React, OnCarrier = Carrier };

    public static Ixit Ixit { get; } =
        Sessions.Ixit() with
        {
            Domain = McoaDomains.MobileNode.WithoutLinkLayerAddresses(),
            MobileNode = McoaDomains.OfMobileNode,
            Timers = new Dictionary<string, TimeSpan> { ["MAX_DELETE_BCE_TIMEOUT"] = TimeSpan.FromSeconds(10) },
        };

    public static IPAddress Home => Ixit.MobileNode!.HomeAddress;

    public static IPAddress HomeAgent => Ixit.MobileNode!.HomeAgent;

    public static IPAddress Correspondent => Ixit.MobileNode!.Correspondent;

    public ScriptedBed Bed { get; }

    /// <summary>True if the mobile node sends nothing at all.</summary>
    public bool IsDead { get; set; }

    /// <summary>The updates for a new care-of address, each so long after the advertisement; none if it registers nothing.</summary>
    public Func<BindingUpdate, IReadOnlyList<(TimeSpan After, BindingUpdate Update)>> Register { get; set; } =
        update => [(_attaching, update)];

    /// <summary>The port over which it answers what came on another one.</summary>
    public Func<PortId, PortId> ReplyOn { get; set; } = port => port;

    /// <summary>What it sends when a message comes.</summary>
    public Action<ScriptedMobileNode, Packet, MobilityOctets> OnMessage { get; set; } = (_, _, _) => { };

    /// <summary>The Binding Acknowledgements that have come.</summary>
    public List<Packet> Answers { get; } = [];

    public IPAddress CareOfOn(int link) => _careOf[Ports.Access(link)];

    public ushort NextNumber => ++_sequenceNumber;

    /// <summary>Sends a message from the care-of address of a link.</summary>
    /// <param name="home">True for a Home Address option.</param>
    public void Send(int link, TimeSpan after, IPAddress destination, MobilityMessage message, bool home)
    {
        var path = new Ipv6Signaling(CareOfOn(link), destination) { HomeAddress = home ? Home : null };
        Deliver(Ports.Access(link), after, path.Wrap(message));
    }

    /// <summary>Sends a packet in the tunnel to the home agent.</summary>
    public void Tunnel(PortId port, Ipv6Packet packet) =>
        Deliver(port, _atOnce, new Ipv6Packet(_careOf[port], HomeAgent, IpProtocol.Ipv6, packet.ToBytes()).ToBytes());

    public void Deliver(PortId port, TimeSpan after, byte[] packet)
    {
        if (!IsDead)
        {
            var octets = new EthernetFrame(MacAddress.Parse("02:7e:00:01:00:ff"), Messages.Device, EthernetFrame.Ipv6EtherType, packet);
            Bed.Deliver(Bed.Now + after, port, octets.ToBytes());
        }
    }

    private void Carrier(ScriptedBed bed, PortId port, bool isUp)
    {
        if (!isUp)
        {
            _careOf.Remove(port);
        }
    }

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        if (packet.RouterAdvertisement is { } advertisement && port != Ports.Home)
        {
            Attach(port, advertisement.Prefixes.Last(prefix => !prefix.IsWithdrawn));
        }
        else if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation } asked && _careOf.ContainsValue(asked.Target))
        {
            var to = packet.Ip!.Source;
            var options = new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device));
            var told = new NeighborAdvertisement(asked.Target, Router: false, Solicited: true, Override: true, options);
            Deliver(port, _atOnce, new Ipv6Packet(asked.Target, to, IpProtocol.Icmpv6, told.ToBytes(asked.Target, to)).ToBytes());
        }
        else if (((packet.Inner ?? packet).Mobility ?? null) is { } message)
        {
            if (message.Type == MobilityOctets.BindingAcknowledgementType)
            {
                Answers.Add(packet);
            }

            OnMessage(this, packet, message);
        }
        else if (packet.Inner is { Icmp: { Type: Icmpv6Layer.EchoRequest, Echo: { } echo }, Ip: { } ip })
        {
            var reply = new EchoReply((ushort)echo.Identifier, (ushort)echo.SequenceNumber, new OctetString(echo.Data.Span));
            Tunnel(ReplyOn(port), new Ipv6Packet(Home, ip.Source, IpProtocol.Icmpv6, reply.ToBytes(Home, ip.Source)));
        }
    }

    private void Attach(PortId port, AdvertisedPrefix prefix)
    {
        var careOf = new Ipv6Prefix(prefix.Prefix, prefix.Length).AddressWith(_interfaceIdentifier);
        if (_careOf.TryGetValue(port, out var known) && known.Equals(careOf))
        {
            return;
        }

        _careOf[port] = careOf;
        var link = port.Name[^1] - '0';
        var option = new BindingIdentifierOption((ushort)link, 0, SimultaneousHomeAndForeign: false, careOf);
        var flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration;
        var update = new BindingUpdate(NextNumber, flags, LifetimeUnits: 105, new MobilityOptionList([option]));
        foreach (var (after, sent) in Register(update))
        {
            Send(link, after, HomeAgent, sent, home: true);
        }
    }
}
