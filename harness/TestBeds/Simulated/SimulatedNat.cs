using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// Translates the packets of a router between a link and the rest of the network, at its outer interface (RFC 3022, Section 2.2): a
/// datagram from behind it gets the address of the router and a port of its own for each sender and receiver, and a datagram to such a port
/// goes to that sender. Everything else that is not between the router and its neighbours is dropped.
/// </summary>
/// <param name="outer">The address of the router at its outer interface.</param>
/// <param name="now">The time, by which unused bindings end.</param>
public sealed class SimulatedNat(LinkId outerLink, IPAddress outer, Func<DateTimeOffset> now)
{
    private readonly List<Binding> _bindings = [];
    private ushort _next = NatBindings.FirstPort;

    public LinkId OuterLink => outerLink;

    /// <summary>Ends all bindings. A later datagram of the same sender gets another port.</summary>
    public void Forget() => _bindings.Clear();

    /// <summary>A frame that the router sends at its outer interface, after translation; null if it is dropped.</summary>
    public ReadOnlyMemory<byte>? Outward(ReadOnlyMemory<byte> frame) =>
        Translate(frame, packet => packet.Source.Equals(outer), (from, to, datagram) => Outward(from, datagram.SourcePort, to, datagram));

    /// <summary>A frame that arrives at the outer interface, after translation; null if it is dropped.</summary>
    public ReadOnlyMemory<byte>? Inward(ReadOnlyMemory<byte> frame) =>
        Translate(frame, packet => packet.Destination.Equals(outer) && packet.Protocol == Ipv4Protocol.Icmp, Inward);

    private static ReadOnlyMemory<byte>? Translate(
        ReadOnlyMemory<byte> bytes,
        Predicate<Ipv4Packet> passes,
        Func<IPAddress, IPAddress, UdpDatagram, UdpPath?> translate
    )
    {
        if (
            !EthernetFrame.TryParse(bytes, out var frame, out _)
            || frame.EtherType != Ipv4Packet.EtherType
            || !Ipv4Packet.TryParse(frame.Payload, out var packet, out _)
            || passes(packet)
        )
        {
            return bytes;
        }
        if (
            packet.IsFragment
            || packet.Protocol != Ipv4Protocol.Udp
            || !UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            || translate(packet.Source, packet.Destination, datagram) is not { } path
        )
        {
            return null;
        }

        var payload = ((Ipv4Packet)path.Wrap(datagram.Payload)).Payload.ToArray();
        if (packet.Payload.Span.Slice(UdpDatagram.ChecksumOffset, sizeof(ushort)).IndexOfAnyExcept((byte)0) < 0)
        {
            // RFC 3022, Section 4.1: a datagram without a checksum stays without one.
            payload.AsSpan(UdpDatagram.ChecksumOffset, sizeof(ushort)).Clear();
        }
        var translated = packet with { Source = path.Source, Destination = path.Destination, Payload = payload };
        return new EthernetFrame(frame.Destination, frame.Source, frame.EtherType, translated.ToBytes()).ToBytes();
    }

    private UdpPath? Outward(IPAddress from, ushort port, IPAddress to, UdpDatagram datagram)
    {
        EndUnused();
        var known = _bindings.Find(binding => binding.IsOf(from, port, to, datagram.DestinationPort));
        if (known is null)
        {
            known = new Binding(from, port, to, datagram.DestinationPort, _next);
            _next = _next == NatBindings.LastPort ? NatBindings.FirstPort : (ushort)(_next + 1);
            _bindings.Add(known);
        }
        known.LastUsed = now();
        return new UdpPath(outer, known.Port, to, datagram.DestinationPort);
    }

    private UdpPath? Inward(IPAddress from, IPAddress to, UdpDatagram datagram)
    {
        EndUnused();
        var known = to.Equals(outer) ? _bindings.Find(binding => binding.Takes(from, datagram)) : null;
        if (known is null)
        {
            return null;
        }
        known.LastUsed = now();
        return new UdpPath(from, datagram.SourcePort, known.Inner, known.InnerPort);
    }

    private void EndUnused() => _bindings.RemoveAll(binding => binding.LastUsed + NatBindings.Timeout <= now());

    private sealed class Binding(IPAddress inner, ushort innerPort, IPAddress remote, ushort remotePort, ushort port)
    {
        public IPAddress Inner => inner;

        public ushort InnerPort => innerPort;

        /// <summary>The port that the datagrams get.</summary>
        public ushort Port => port;

        public DateTimeOffset LastUsed { get; set; }

        public bool IsOf(IPAddress from, ushort fromPort, IPAddress to, ushort toPort) =>
            from.Equals(inner) && fromPort == innerPort && to.Equals(remote) && toPort == remotePort;

        public bool Takes(IPAddress from, UdpDatagram datagram) =>
            datagram.DestinationPort == port && from.Equals(remote) && datagram.SourcePort == remotePort;
    }
}
