using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A MAG under test on a scripted bed. It registers a node that solicits routers, and advertises the prefix it is given.</summary>
internal sealed class ScriptedMag
{
    private static readonly IPAddress _core = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _lma = IPAddress.Parse("2001:db8:100::1");
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);

    private readonly Dictionary<string, PortId> _links = [];
    private const ushort BookendSequenceNumber = 5000;
    private const int Copies = 20;

    private ushort _sequenceNumber = 100;
    private MacAddress? _bookend;

    public ScriptedMag(ScriptedBed bed)
    {
        Bed = bed;
        bed.OnSend = React;
        bed.OnCarrier = Note;
        bed.Identities.Enqueue((ScriptedLma.BookendNumber, ScriptedBed.Start));
        for (var number = 1; number <= 9; number++)
        {
            bed.Identities.Enqueue((number, ScriptedBed.Start));
        }
    }

    public ScriptedBed Bed { get; }

    /// <summary>True to let the script also answer the node of the bookend before a scenario, which is served otherwise.</summary>
    public bool ScriptsBookend { get; init; }

    /// <summary>The time from a Router Solicitation to the update, or null if the MAG registers nobody.</summary>
    public TimeSpan? RegistersAfter { get; set; } = _atOnce;

    /// <summary>
    /// The time from one copy of an update to the next, of which there are 20; null if the MAG sends each update once, as those of a
    /// bookend.
    /// </summary>
    public TimeSpan? RepeatsAfter { get; set; }

    /// <summary>
    /// The time from the end of a link to the de-registration of its mobile node, or null if the MAG de-registers nobody.
    /// </summary>
    public TimeSpan? DeregistersAfter { get; set; }

    /// <summary>
    /// The octet of its Mobility Header to which an ICMPv6 Parameter Problem about an acknowledgement points; null for none.
    /// </summary>
    public uint? Blames { get; set; }

    public byte BlamesWithCode { get; set; }

    /// <summary>A change to the packet that the Parameter Problem quotes, which begins with the IPv6 header.</summary>
    public Func<byte[], byte[]> Quotes { get; set; } = packet => packet;

    /// <summary>The destination of the Parameter Problem.</summary>
    public IPAddress BlameGoesTo { get; set; } = _lma;

    /// <summary>The time from an acknowledgement to the Router Advertisement.</summary>
    public TimeSpan AdvertisesAfter { get; set; } = _atOnce;

    /// <summary>The prefix that the MAG advertises instead of the one it is given.</summary>
    public Ipv6Prefix? Advertises { get; set; }

    /// <summary>The link-layer address to which advertisements are sent; null for that of all nodes.</summary>
    public MacAddress? AdvertisesTo { get; set; }

    /// <summary>The source of advertisements, which answers for its address; null for the address that the LMA has assigned.</summary>
    public IPAddress? Router { get; set; }

    public ushort RouterLifetime { get; set; } = 1800;

    /// <summary>Tests the source of an advertisement for duplicates before.</summary>
    public bool TestsRouter { get; set; }

    public uint ValidLifetime { get; set; } = 300;

    public bool Autonomous { get; set; } = true;

    public bool Managed { get; set; }

    public bool OtherConfig { get; set; }

    /// <summary>True if every advertisement has another O flag than the one before.</summary>
    public bool ChangesOtherConfig { get; set; }

    /// <summary>The MTU that the MAG advertises; null for none.</summary>
    public uint? Mtu { get; set; }

    /// <summary>The address in the Link-local Address option of an update; ALL_ZERO asks for one.</summary>
    public IPAddress LinkLocalAddress { get; set; } = IPAddress.IPv6None;

    /// <summary>The number of Home Network Prefix options in an update.</summary>
    public int Prefixes { get; set; } = 1;

    /// <summary>Forwards a data packet: called with the packet as it came, in a tunnel if it came from the LMA.</summary>
    public Action<ScriptedMag, Ipv6Packet> Forward { get; set; } = (_, _) => { };

    /// <summary>The acknowledgements received.</summary>
    public List<BindingAcknowledgement> Answers { get; } = [];

    public List<(PortId Port, bool Up)> Carriers { get; } = [];

    /// <summary>Sends a packet out of a port of the MAG.</summary>
    public void Send(PortId port, Ipv6Packet packet) => Bed.Deliver(Bed.Now + _atOnce, port, Messages.Frame(packet));

    /// <summary>The packet in a tunnel to the LMA.</summary>
    public static Ipv6Packet Tunnel(Ipv6Packet inner) =>
        new(_core, _lma, IpProtocol.Ipv6, (inner with { HopLimit = (byte)(inner.HopLimit - 1) }).ToBytes());

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        if (!ScriptsBookend && packet.Neighbor?.Type == NeighborDiscoveryLayer.RouterSolicitation && port == Ports.Access(4))
        {
            _bookend = packet.Ethernet!.Source;
            Register(IdentifierOf(_bookend.Value), _bookend.Value, _atOnce, BookendSequenceNumber);
        }
        else if (packet.Neighbor?.Type == NeighborDiscoveryLayer.RouterSolicitation && RegistersAfter is { } delay)
        {
            var identifier = IdentifierOf(packet.Ethernet!.Source);
            _links[identifier] = port;
            Register(identifier, packet.Ethernet.Source, delay, ++_sequenceNumber);
        }
        else if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation } solicitation)
        {
            if (solicitation.Target.Equals(_core) || solicitation.Target.Equals(Router))
            {
                var options = new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device));
                var advertisement = new NeighborAdvertisement(solicitation.Target, Router: true, Solicited: true, Override: true, options);
                bed.Deliver(bed.Now + _atOnce, port, Messages.Icmp(solicitation.Target, packet.Ip!.Source, advertisement));
            }
        }
        else if (packet.Mobility is not null && Blames is { } octet)
        {
            var quote = new OctetString(Quotes(octets.Span[14..].ToArray()));
            var report = new ParameterProblem(BlamesWithCode, Ipv6Packet.HeaderLength + octet, quote);
            bed.Deliver(bed.Now + _atOnce, port, Messages.Icmp(_core, BlameGoesTo, report));
        }
        else if (
            packet.Mobility is not null
            && MobilityMessage.TryParse(packet.Ip!.UpperPart.Span, out var message, out _)
            && message is BindingAcknowledgement answer
            && (_bookend is null || answer.Options.First<MobileNodeIdentifierOption>()?.Identifier.ToText() != IdentifierOf(_bookend.Value))
        )
        {
            Answers.Add(answer);
            Advertise(answer);
        }
        else if ((packet.Inner ?? packet).Icmp?.IsEcho == true && Ipv6Packet.TryParse(octets[14..], out var data, out _))
        {
            Forward(this, data);
        }
    }

    private static string IdentifierOf(MacAddress linkLayer) =>
        $"{linkLayer.ToString().Replace(":", "", StringComparison.Ordinal)}@dynamic.pmip.example";

    private void Note(ScriptedBed bed, PortId port, bool up)
    {
        if (_bookend is not { } linkLayer || port != Ports.Access(4))
        {
            if (ScriptsBookend || port != Ports.Access(4))
            {
                Carriers.Add((port, up));
                Deregister(up ? null : port);
            }
        }
        else if (!up)
        {
            Register(IdentifierOf(linkLayer), linkLayer, _atOnce, BookendSequenceNumber, lifetimeUnits: 0);
        }
    }

    private void Deregister(PortId? port)
    {
        foreach (var (identifier, _) in _links.Where(link => link.Value == port && DeregistersAfter is not null))
        {
            Register(identifier, MacAddress.Parse("02:5e:00:00:00:01"), DeregistersAfter!.Value, ++_sequenceNumber, lifetimeUnits: 0);
        }
    }

    private void Register(string identifier, MacAddress linkLayer, TimeSpan after, ushort sequenceNumber, ushort lifetimeUnits = 75)
    {
        var update = new BindingUpdate(
            sequenceNumber,
            BindingUpdateFlags.ProxyRegistration | BindingUpdateFlags.Acknowledge,
            lifetimeUnits,
            new MobilityOptionList([
                MobileNodeIdentifierOption.ForNai(identifier),
                .. Enumerable.Repeat(new HomeNetworkPrefixOption(Ipv6Prefix.AllZero), Prefixes),
                new HandoffIndicatorOption((HandoffIndicator)1),
                new AccessTechnologyTypeOption((AccessTechnologyType)3),
                new MobileNodeLinkLayerIdentifierOption(new OctetString(linkLayer.ToArray())),
                new LinkLocalAddressOption(LinkLocalAddress),
                new TimestampOption(new Timestamp(TimestampOctets.FromTime(Bed.Now))),
            ])
        );
        for (var copy = 0; copy < (RepeatsAfter is null || sequenceNumber == BookendSequenceNumber ? 1 : Copies); copy++)
        {
            var at = Bed.Now + after + (RepeatsAfter.GetValueOrDefault() * copy);
            Bed.Deliver(at, Ports.Core, Messages.Mobility(_core, _lma, update));
        }
    }

    private void Advertise(BindingAcknowledgement answer)
    {
        OtherConfig ^= ChangesOtherConfig;
        var identifier = answer.Options.First<MobileNodeIdentifierOption>()?.Identifier.ToText();
        if (answer.IsRejection || answer.Options.First<HomeNetworkPrefixOption>() is not { } assigned || identifier is null)
        {
            return;
        }

        var advertisement = new RouterAdvertisement(
            64,
            Managed,
            OtherConfig,
            RouterLifetime,
            0,
            0,
            new NdOptionList([
                new PrefixInformationOption(Advertises ?? assigned.Prefix, OnLink: true, Autonomous, ValidLifetime, 0),
                .. Mtu is { } mtu ? (NdOption[])[new MtuOption(mtu)] : [],
            ])
        );
        var source = Router ?? answer.Options.First<LinkLocalAddressOption>()?.Address ?? IPAddress.Parse("fe80::1");
        if (TestsRouter)
        {
            var test = new NeighborSolicitation(source, NdOptionList.Empty);
            Bed.Deliver(
                Bed.Now + AdvertisesAfter,
                _links[identifier],
                Messages.Icmp(IPAddress.IPv6Any, Ipv6Multicast.SolicitedNode(source), test)
            );
        }

        Bed.Deliver(
            Bed.Now + AdvertisesAfter,
            _links[identifier],
            Messages.Icmp(source, Ipv6Multicast.AllNodes, advertisement, AdvertisesTo)
        );
    }
}
