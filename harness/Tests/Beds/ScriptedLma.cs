using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>An LMA under test on a scripted bed. It does what it is told, whether an LMA may do so or not.</summary>
internal sealed class ScriptedLma
{
    private static readonly IPAddress _core = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:200::1");
    private static readonly IPAddress _homeIpv4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _coreIpv4 = IPAddress.Parse("192.0.2.1");
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);

    public ScriptedLma(ScriptedBed bed)
    {
        Bed = bed;
        bed.OnSend = React;
        bed.Identities.Enqueue((BookendNumber, ScriptedBed.Start));
        for (var number = 1; number <= 9; number++)
        {
            bed.Identities.Enqueue((number, ScriptedBed.Start));
        }
    }

    /// <summary>The number of the node of the bookend before a scenario.</summary>
    public const int BookendNumber = 99;

    public ScriptedBed Bed { get; }

    /// <summary>True to let the script also answer the node of the bookend before a scenario, which is served otherwise.</summary>
    public bool ScriptsBookend { get; init; }

    /// <summary>The time from a request to its answer.</summary>
    public TimeSpan AnswersAfter { get; set; } = _atOnce;

    /// <summary>The answer to a request: a status, or null for none. The first argument is the number of the request, from 1.</summary>
    public Func<int, BindingUpdate, BindingStatus?> Status { get; set; } = (_, _) => BindingStatus.ACCEPTED;

    /// <summary>A change to an answer before it is sent.</summary>
    public Func<int, BindingAcknowledgement, BindingAcknowledgement> Change { get; set; } = (_, answer) => answer;

    /// <summary>The requests received, with the address that each came from.</summary>
    public List<(IPAddress From, DateTimeOffset At, BindingUpdate Update)> Requests { get; } = [];

    /// <summary>The packets that arrived for forwarding, and the port they came from.</summary>
    public List<(PortId Port, Ipv6Packet Packet)> Data { get; } = [];

    /// <summary>Forwards a packet: called with its port and with the packet, which is a tunnel packet if it came from a MAG.</summary>
    public Action<ScriptedLma, PortId, Ipv6Packet> Forward { get; set; } = (_, _, _) => { };

    /// <summary>A change to the transport of an answer over IPv4, which otherwise goes back as the request has come.</summary>
    public Func<SignalingTransport, SignalingTransport> Transport { get; set; } = back => back;

    /// <summary>The packets of requests over IPv4, from the IPv4 header on.</summary>
    public List<byte[]> OverIpv4 { get; } = [];

    /// <summary>Forwards a packet that has come in a tunnel over IPv4.</summary>
    public Action<ScriptedLma, Ipv4Packet> ForwardFromIpv4 { get; set; } = (_, _) => { };

    /// <summary>Forwards an IPv4 packet that has come on the home link.</summary>
    public Action<ScriptedLma, Ipv4Packet> ForwardIpv4 { get; set; } = (_, _) => { };

    /// <summary>The default router in the answers that assign an IPv4 home address.</summary>
    public static IPAddress Router { get; } = IPAddress.Parse("198.18.0.1");

    /// <summary>The IPv4 home address of a node by its number.</summary>
    public static IPAddress Ipv4Of(int number) => new([198, 18, 0, (byte)number]);

    public static Ipv6Prefix PrefixOf(int number) => Ipv6Prefix.Parse("2001:db8:8000::/48").Subnet(64, (ulong)number);

    /// <summary>Sends a packet out of a port of the LMA.</summary>
    public void Send(PortId port, IpPacket packet, TimeSpan? after = null) =>
        Bed.Deliver(Bed.Now + (after ?? _atOnce), port, Messages.Frame(packet));

    /// <summary>The packet in a tunnel to a MAG.</summary>
    public static Ipv6Packet Tunnel(IpPacket inner, string mag) =>
        new(
            _core,
            IPAddress.Parse(mag),
            inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6,
            (inner with { HopLimit = (byte)(inner.HopLimit - 1) }).ToBytes()
        );

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        var own = port == Ports.Core ? _core : _home;
        if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation } solicitation)
        {
            if (solicitation.Target.Equals(own))
            {
                var options = new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device));
                var advertisement = new NeighborAdvertisement(own, Router: true, Solicited: true, Override: true, options);
                bed.Deliver(bed.Now + _atOnce, port, Messages.Icmp(own, packet.Ip!.Source, advertisement));
            }
        }
        else if (packet.Mobility is not null)
        {
            Answer(packet);
        }
        else if (
            packet.Arp is { Operation: ArpLayer.Request } request
            && request.TargetProtocolAddress.Equals(port == Ports.Core ? _coreIpv4 : _homeIpv4)
        )
        {
            bed.Deliver(
                bed.Now + _atOnce,
                port,
                Messages.ArpReply(request.TargetProtocolAddress, request.SenderHardwareAddress, request.SenderProtocolAddress)
            );
        }
        else if (packet.Ip is Ipv4Layer && Ipv4Packet.TryParse(octets[EthernetFrame.HeaderLength..], out var ipv4, out _))
        {
            (port == Ports.Core ? ForwardFromIpv4 : ForwardIpv4)(this, ipv4);
        }
        else if (Ipv6Packet.TryParse(octets[EthernetFrame.HeaderLength..], out var ip, out _))
        {
            Data.Add((port, ip));
            Forward(this, port, ip);
        }
    }

    private void Answer(Packet packet)
    {
        var octets = packet.IsMessageInUdp ? packet.Mobility!.Span : packet.Ip!.UpperPart.Span;
        if (!MobilityMessage.TryParse(octets, out var message, out _) || message is not BindingUpdate update)
        {
            return;
        }

        if (packet.IsMessageInUdp)
        {
            OverIpv4.Add(packet.Frame.Bytes[EthernetFrame.HeaderLength..].ToArray());
        }

        if (!ScriptsBookend && update.Options.First<MobileNodeLinkLayerIdentifierOption>()?.Identifier.Span[^1] == BookendNumber)
        {
            Send(packet, update, BindingStatus.ACCEPTED, answer => answer, _atOnce);
            return;
        }

        Requests.Add((packet.Ip!.Source, Bed.Now, update));
        if (Status(Requests.Count, update) is { } status)
        {
            Send(packet, update, status, answer => Change(Requests.Count, answer), AnswersAfter);
        }
    }

    private void Send(
        Packet packet,
        BindingUpdate update,
        BindingStatus status,
        Func<BindingAcknowledgement, BindingAcknowledgement> change,
        TimeSpan after
    )
    {
        var answer = new BindingAcknowledgement(
            status,
            BindingAcknowledgementFlags.ProxyRegistration,
            update.SequenceNumber,
            (byte)status < 128 ? update.LifetimeUnits : (ushort)0,
            new MobilityOptionList([.. update.Options.SelectMany(option => Echo(option, packet, status))])
        );
        Bed.Deliver(
            Bed.Now + after,
            Ports.Core,
            packet.IsMessageInUdp ? OverUdp(Reversed(packet), change(answer)) : Messages.Mobility(_core, packet.Ip!.Source, change(answer))
        );
    }

    private static byte[] OverUdp(SignalingTransport back, BindingAcknowledgement answer) =>
        Messages.Frame(back.ToPacket(back.Complete(answer)));

    private SignalingTransport Reversed(Packet packet) =>
        SignalingTransport.TryUnwrap(
            packet.Frame.Bytes[EthernetFrame.HeaderLength..],
            MobilityPorts.Default,
            out var signaling,
            out var error
        )
            ? Transport(signaling.Transport.Reversed)
            : throw new InvalidOperationException(error.ToString());

    private static IEnumerable<MobilityOption> Echo(MobilityOption option, Packet packet, BindingStatus status) =>
        option is Ipv4CareOfAddressOption ? []
        : option is not Ipv4HomeAddressRequestOption asked ? [EchoOfIpv6(option, packet, status)]
        : (byte)status >= 128 ? [new Ipv4HomeAddressReplyOption((Ipv4HomeAddressReplyStatus)129, asked.PrefixLength, asked.HomeAddress)]
        :
        [
            new Ipv4HomeAddressReplyOption(
                0,
                16,
                asked.HomeAddress.Equals(IPAddress.Any)
                    ? Ipv4Of(packet.Mobility!.First(MobileNodeLinkLayerIdentifierKind.Type)!.LinkLayerIdentifier.Span[^1])
                    : asked.HomeAddress
            ),
            new Ipv4DefaultRouterAddressOption(Router),
        ];

    private static MobilityOption EchoOfIpv6(MobilityOption option, Packet packet, BindingStatus status) =>
        option switch
        {
            HomeNetworkPrefixOption { Prefix.IsAllZero: true } when (byte)status < 128 => new HomeNetworkPrefixOption(
                PrefixOf(packet.Mobility!.First(MobileNodeLinkLayerIdentifierKind.Type)!.LinkLayerIdentifier.Span[^1])
            ),
            LinkLocalAddressOption when (byte)status < 128 => new LinkLocalAddressOption(IPAddress.Parse("fe80::1")),
            _ => option,
        };
}
