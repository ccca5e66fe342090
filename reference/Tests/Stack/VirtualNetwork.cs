using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// Nodes on Ethernet segments in virtual time. A frame arrives at the instant of sending at all other nodes on its segment.
/// </summary>
internal sealed class VirtualNetwork
{
    private static readonly DateTimeOffset _epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The link-layer source of injected packets.</summary>
    public static readonly MacAddress Tester = MacAddress.Parse("02:5e:ff:00:00:01");

    private readonly List<IpNode> _nodes = [];
    private readonly Dictionary<(IpNode Node, LinkId Link), string> _plugs = [];
    private readonly List<Seen> _seen = [];
    private TimeSpan _time;

    /// <summary>A frame that a node put on a segment.</summary>
    /// <param name="Ip">The packet; null for ARP.</param>
    public sealed record Seen(TimeSpan At, string Segment, EthernetFrame Frame, IpPacket? Ip)
    {
        /// <summary>The packet of a frame that has one of IPv6.</summary>
        public Ipv6Packet Packet => (Ipv6Packet)Ip!;

        /// <summary>The packet of a frame that has one of IPv4.</summary>
        public Ipv4Packet Ipv4 => (Ipv4Packet)Ip!;

        public ArpPacket? Arp => Ip is null && ArpPacket.TryParse(Frame.Payload.Span, out var arp, out _) ? arp : null;

        public Icmpv6Message? Icmp =>
            Ip is Ipv6Packet ipv6
            && ipv6.TryGetUpperLayer(out var upper, out _)
            && upper.Protocol == IpProtocol.Icmpv6
            && Icmpv6Message.TryParse(upper.Payload.Span, out var message, out _)
                ? message
                : null;

        public Icmpv4Message? Icmpv4 =>
            Ip is Ipv4Packet { Protocol: Ipv4Protocol.Icmp, FragmentOffset: 0 } ipv4
            && Icmpv4Message.TryParse(ipv4.Payload.Span, out var message, out _)
                ? message
                : null;
    }

    public Now Now => new(new Instant(_time.Ticks), _epoch + _time);

    public TimeSpan Time => _time;

    /// <summary>Adds a node, connects each link to the segment of the same name, and starts the node.</summary>
    public IpNode Add(IpNodeSettings settings, IRole? role = null)
    {
        var node = new IpNode(settings, role, new Random(1));
        _nodes.Add(node);
        foreach (var on in settings.Interfaces)
        {
            _plugs[(node, on.Link)] = on.Link.Name;
        }
        node.Start(Now);
        Settle();
        return node;
    }

    public void Plug(IpNode node, LinkId link, string segment)
    {
        _plugs[(node, link)] = segment;
        node.LinkUp(link, Now);
        Settle();
    }

    public void Unplug(IpNode node, LinkId link)
    {
        _plugs.Remove((node, link));
        node.LinkDown(link, Now);
        Settle();
    }

    /// <summary>Injects a frame into a segment; all nodes on the segment receive it.</summary>
    public void Inject(string segment, MacAddress destination, IpPacket packet)
    {
        var etherType = packet is Ipv4Packet ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType;
        Inject(segment, new EthernetFrame(destination, Tester, etherType, packet.ToBytes()).ToBytes());
    }

    /// <summary>Injects an ARP packet from its sender.</summary>
    public void Inject(string segment, MacAddress destination, ArpPacket packet) =>
        Inject(segment, new EthernetFrame(destination, packet.SenderHardware, ArpPacket.EtherType, packet.ToBytes()).ToBytes());

    public void Inject(string segment, ReadOnlyMemory<byte> frame)
    {
        Deliver(null, segment, frame);
        Settle();
    }

    /// <summary>Delivers all pending frames without advancing the time.</summary>
    public void Settle()
    {
        var moved = true;
        while (moved)
        {
            moved = false;
            foreach (var node in _nodes)
            {
                while (node.TryTakeFrame(out var frame))
                {
                    moved = true;
                    Transmit(node, frame);
                }
            }
        }
    }

    /// <summary>Advances the time from deadline to deadline.</summary>
    public void Run(TimeSpan duration)
    {
        var end = _time + duration;
        Settle();
        while (_nodes.Select(n => n.NextTimeout).Where(t => t is not null).Min() is { } next && next.Ticks <= end.Ticks)
        {
            _time = TimeSpan.FromTicks(Math.Max(_time.Ticks, next.Ticks));
            foreach (var node in _nodes.Where(n => n.NextTimeout <= Now.Monotonic))
            {
                node.HandleTimeout(Now);
            }
            Settle();
        }

        _time = end;
    }

    public void RunSeconds(double seconds) => Run(TimeSpan.FromSeconds(seconds));

    /// <summary>The packets sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<Seen> On(string segment) => [.. _seen.Where(s => s.Segment == segment)];

    /// <summary>The ICMPv6 messages of one type sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<TMessage> Icmp<TMessage>(string segment)
        where TMessage : Icmpv6Message => [.. On(segment).Select(s => s.Icmp).OfType<TMessage>()];

    /// <summary>The ICMPv4 messages of one type sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<TMessage> Icmpv4<TMessage>(string segment)
        where TMessage : Icmpv4Message => [.. On(segment).Select(s => s.Icmpv4).OfType<TMessage>()];

    /// <summary>The ARP packets sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<ArpPacket> Arp(string segment) => [.. On(segment).Select(s => s.Arp).OfType<ArpPacket>()];

    /// <summary>The IP packets sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<IpPacket> Ip(string segment) => [.. On(segment).Select(s => s.Ip).OfType<IpPacket>()];

    /// <summary>The tunnelled packets sent on a segment since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<Ipv6Packet> Tunnelled(string segment) =>
        [.. Ip(segment).OfType<Ipv6Packet>().Where(p => p.NextHeader == IpProtocol.Ipv6)];

    public void Forget() => _seen.Clear();

    private void Transmit(IpNode from, OutgoingFrame frame)
    {
        if (!_plugs.TryGetValue((from, frame.Link), out var segment))
        {
            return;
        }

        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _).Should().BeTrue();
        IpPacket? packet = null;
        if (parsed!.EtherType != ArpPacket.EtherType)
        {
            IpPacket.TryParse(parsed.Payload, out packet, out _).Should().BeTrue();
        }
        _seen.Add(new Seen(_time, segment, parsed, packet));
        Deliver(from, segment, frame.Bytes);
    }

    private void Deliver(IpNode? from, string segment, ReadOnlyMemory<byte> frame)
    {
        foreach (var (plug, _) in _plugs.Where(p => p.Value == segment && p.Key.Node != from).ToList())
        {
            plug.Node.Handle(plug.Link, frame, Now);
        }
    }
}
