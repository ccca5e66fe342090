using System.Net;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A home agent under test on a scripted bed. It does what it is told, whether a home agent may do so or not.</summary>
internal sealed class ScriptedHomeAgent
{
    public const string Correspondent = "2001:db8:100::c1";

    /// <summary>The number of the node of the bookend before a scenario, which is always served.</summary>
    public const int BookendNumber = 99;

    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:200::1");
    private static readonly IPAddress _core = IPAddress.Parse("2001:db8:100::1");
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);

    public ScriptedHomeAgent()
    {
        Bed = new ScriptedBed(new BedFacts("scripted", 1, TimeSpan.Zero, Ixit, [])) { OnSend = React };
        Bed.Identities.Enqueue((BookendNumber, ScriptedBed.Start));
        for (var number = 1; number <= 9; number++)
        {
            Bed.Identities.Enqueue((number, ScriptedBed.Start));
        }
    }

    public static Ixit Ixit { get; } =
        Sessions.Ixit() with
        {
            Domain = McoaDomains.HomeAgent.WithoutLinkLayerAddresses(),
            Mobility = McoaDomains.Addresses,
            Timers = new Dictionary<string, TimeSpan> { ["MAX_DELETE_BCE_TIMEOUT"] = TimeSpan.FromSeconds(10) },
        };

    public ScriptedBed Bed { get; }

    /// <summary>The answer to an update, by the number of the update from 1; null for none.</summary>
    public Func<int, BindingUpdate, BindingAcknowledgement?> Answer { get; set; } = (_, update) => Accept(update);

    /// <summary>The updates of the scenario's nodes, with the packets that they came in.</summary>
    public List<(Packet Packet, BindingUpdate Update)> Updates { get; } = [];

    /// <summary>The packets without a Mobility Header, and the port they came from.</summary>
    public List<Packet> Data { get; } = [];

    /// <summary>Called with a packet that is no signalling, to forward it.</summary>
    public Action<ScriptedHomeAgent, Packet> Forward { get; set; } = (_, _) => { };

    /// <summary>True for an address that it answers for on the home link.</summary>
    public Func<IPAddress, bool> Defends { get; set; } = _ => false;

    /// <summary>True for an address that it announces on the home link whenever somebody asks for it, instead of an answer.</summary>
    public Func<IPAddress, bool> Announces { get; set; } = _ => false;

    /// <summary>An acceptance that repeats the BIDs.</summary>
    public static BindingAcknowledgement Accept(BindingUpdate update, BindingStatus status = 0, BindingStatus ofOption = 0) =>
        new(
            status,
            0,
            update.SequenceNumber,
            update.LifetimeUnits,
            new MobilityOptionList([
                .. update.Options.All<BindingIdentityOption>().Select(option => option with { Status = ofOption, CareOfAddress = null }),
            ])
        );

    public static IPAddress HomeAddress(int number) => Ixit.Mobility!.HomeAddressOf(number);

    public static IPAddress CareOf(int number, int place) => Ixit.Mobility!.CareOfAddressOf(number, place);

    /// <summary>Sends a packet, for example one that was to be forwarded, in a tunnel to an address of the core link.</summary>
    public void Tunnel(Packet packet, IPAddress to, IPAddress? from = null) =>
        Send(Ports.Core, new Ipv6Packet(from ?? _home, to, IpProtocol.Ipv6, Inner(packet)));

    public void Send(PortId port, Ipv6Packet packet, MacAddress? to = null) =>
        Bed.Deliver(Bed.Now + _atOnce, port, Messages.Frame(packet, to));

    /// <summary>The packet itself, or that in the tunnel.</summary>
    public static byte[] Inner(Packet packet)
    {
        var ip = (packet.Inner ?? packet).Ip!;
        return packet.Frame.Bytes[ip.Offset..ip.End].ToArray();
    }

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation } solicitation)
        {
            if (solicitation.Target.Equals(port == Ports.Core ? _core : _home) || (port == Ports.Home && Defends(solicitation.Target)))
            {
                Advertise(port, solicitation.Target, solicitation.TestsForDuplicates ? Ipv6Multicast.AllNodes : packet.Ip!.Source);
            }
            else if (port == Ports.Home && Announces(solicitation.Target))
            {
                Advertise(port, solicitation.Target, Ipv6Multicast.AllNodes);
            }
        }
        else if (packet.IsMobility(MobilityOctets.BindingUpdateType, out var message))
        {
            Reply(packet, message);
        }
        else if (packet.Neighbor is null)
        {
            Data.Add(packet);
            Forward(this, packet);
        }
    }

    private void Advertise(PortId port, IPAddress target, IPAddress to)
    {
        var options = new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device));
        var advertisement = new NeighborAdvertisement(target, Router: false, Solicited: !to.IsIPv6Multicast, Override: true, options);
        Bed.Deliver(Bed.Now + _atOnce, port, Messages.Icmp(port == Ports.Core ? _core : _home, to, advertisement));
    }

    private void Reply(Packet packet, MobilityOctets message)
    {
        if (!MobilityMessage.TryParse(message.Span, WireEdition.Rfc5648, out var parsed, out _) || parsed is not BindingUpdate update)
        {
            return;
        }

        var home = packet.Ip!.UpperSource;
        var answer = Accept(update);
        if (!home.Equals(HomeAddress(BookendNumber)))
        {
            Updates.Add((packet, update));
            answer = Answer(Updates.Count, update);
        }

        if (answer is not null)
        {
            var path = new Ipv6Signaling(_home, packet.Ip.Source) { RoutedTo = packet.Ip.HomeAddress };
            var octets = path.Wrap(answer);
            Bed.Deliver(
                Bed.Now + _atOnce,
                packet.Frame.Port,
                new EthernetFrame(packet.Ethernet!.Source, Messages.Device, EthernetFrame.Ipv6EtherType, octets).ToBytes()
            );
        }
    }
}
