using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>
/// The security associations of a node in use, RFC 4301, Section 4.4: removes ESP from packets that arrive and adds it to packets that
/// leave. It may be used from several threads.
/// </summary>
public sealed class SecurityAssociationDatabase
{
    /// <summary>The offset of MH Type in a Mobility Header (RFC 6275, Section 6.1).</summary>
    private const int MessageTypeOffset = 2;

    private readonly Lock _lock = new();
    private readonly Action<byte[]> _random;
    private readonly Action<string, string> _log;
    private long _discarded;

    /// <param name="random">Fills initialization vectors, which nobody must be able to predict.</param>
    /// <param name="log">Takes the rule and the reason for every packet that is dropped.</param>
    public SecurityAssociationDatabase(SecuritySettings settings, Action<byte[]> random, Action<string, string> log)
    {
        (Settings, _random, _log) = (settings, random, log);
        var states = settings.Associations.ToLookup(association => association.IsInbound, association => new AssociationState(association));
        (Inbound, Outbound) = ([.. states[true]], [.. states[false]]);
    }

    public SecuritySettings Settings { get; }

    /// <summary>The number of packets that were dropped.</summary>
    public long Discarded => Interlocked.Read(ref _discarded);

    internal IReadOnlyList<AssociationState> Inbound { get; }

    internal IReadOnlyList<AssociationState> Outbound { get; }

    /// <summary>Whether a packet is one of an association for tunnels.</summary>
    /// <param name="esp">From the SPI on.</param>
    public bool IsOfTunnel(IPAddress destination, ReadOnlySpan<byte> esp) =>
        EspHeader.TryParse(esp, out var header, out _)
        && Inbound.Any(state =>
            state.Association is { Mode: EspMode.Tunnel } association
            && association.SecurityParametersIndex == header.SecurityParametersIndex
            && association.Destination.Equals(destination)
        );

    /// <summary>Verifies and decrypts a packet for this node. False if it is dropped silently.</summary>
    /// <param name="source">The source of the IP header, which need not be the peer of the association.</param>
    /// <param name="esp">From the SPI on.</param>
    public bool TryOpen(
        IPAddress source,
        IPAddress destination,
        ReadOnlyMemory<byte> esp,
        [NotNullWhen(true)] out EspPacket? opened,
        [NotNullWhen(true)] out SecurityAssociation? association
    )
    {
        lock (_lock)
        {
            var received = new ReceivedEsp(this, source, destination, esp);
            var passes = Settings.Rules.Inbound.Apply(received) == RuleOutcome.Continue;
            opened = passes ? received.Opened : null;
            association = received.State?.Association;
            return opened is not null && association is not null;
        }
    }

    /// <summary>The packet without ESP between its extension headers and its Mobility Header; null if it is dropped silently.</summary>
    public Ipv6Packet? Unprotect(Ipv6Packet packet, UpperLayer upper, out SignalProtection? protection) =>
        Unprotect(packet, upper, routedTo: null, out protection);

    /// <summary>The same for a packet to a care-of address of this node.</summary>
    /// <param name="routedTo">
    /// The home address in its type 2 routing header, by which the association is found (RFC 6275, Section 11.3.3); null without a header.
    /// </param>
    public Ipv6Packet? Unprotect(Ipv6Packet packet, UpperLayer upper, IPAddress? routedTo, out SignalProtection? protection)
    {
        protection = null;
        if (!TryOpen(packet.Source, routedTo ?? packet.Destination, upper.Payload, out var opened, out var association))
        {
            return null;
        }

        protection = new SignalProtection(association.Peer, association.SecurityParametersIndex);
        return WithUpperLayer(packet, upper, opened.NextHeader, opened.Payload);
    }

    /// <summary>The IPv4 packet without ESP between its header and UDP; null if it is dropped silently.</summary>
    public Ipv4Packet? Unprotect(Ipv4Packet packet, out SignalProtection? protection)
    {
        protection = null;
        if (!TryOpen(packet.Source, packet.Destination, packet.Payload, out var opened, out var association))
        {
            return null;
        }

        protection = new SignalProtection(association.Peer, association.SecurityParametersIndex);
        return packet with { Protocol = opened.NextHeader, Payload = opened.Payload };
    }

    /// <summary>
    /// The packet of a signal, with ESP where the signal asks for it; null if there is no association for it. Over IPv4, ESP stands between
    /// IPv4 and UDP if the addresses of IPv4 have an association. Otherwise it stands in the IPv6 packet behind UDP, if there is one
    /// (draft-ietf-netlmm-pmip6-ipv4-support-04, Sections 4.1.3.2 and 4.2.2.1).
    /// </summary>
    public IpPacket? Protect(RoleAction.SendSignal signal)
    {
        var plain = signal.Path.ToPacket(signal.MobilityHeader.Span);
        if (signal.ProtectedFor is not { } peer)
        {
            return plain;
        }

        switch (plain, signal.Path)
        {
            case (Ipv4Packet packet, Ipv4UdpIpv6Signaling path) when !IsIpv4(peer) && !HasAssociation(path.Destination):
                return Protect(path.Inner, peer, signal.MobilityHeader) is { } inner
                    ? packet with
                    {
                        Payload = path.DatagramOf(inner.ToBytes()),
                    }
                    : null;
            case (Ipv4Packet packet, _):
                var outside = new SentEsp(
                    this,
                    IsIpv4(peer) ? peer : packet.Destination,
                    EspMode.Transport,
                    packet.Protocol,
                    packet.Payload
                )
                {
                    Path = signal.Path,
                    MessageType = signal.MobilityHeader.Span[MessageTypeOffset],
                };
                return Seal(outside) is { } esp ? packet with { Protocol = IpProtocol.Esp, Payload = esp } : null;
            default:
                return Protect(signal.Path, peer, signal.MobilityHeader);
        }
    }

    /// <summary>An IPv6 packet of a signal with ESP before the Mobility Header.</summary>
    private Ipv6Packet? Protect(SignalingTransport path, IPAddress peer, ReadOnlyMemory<byte> mobilityHeader)
    {
        if (path.ToPacket(mobilityHeader.Span) is not Ipv6Packet packet || !packet.TryGetUpperLayer(out var upper, out _))
        {
            return null;
        }

        var sent = new SentEsp(this, peer, EspMode.Transport, upper.Protocol, upper.Payload)
        {
            Path = path,
            MessageType = upper.Payload.Span[MessageTypeOffset],
        };
        return Seal(sent) is { } esp ? WithUpperLayer(packet, upper, IpProtocol.Esp, esp) : null;
    }

    private static bool IsIpv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    private bool HasAssociation(IPAddress peer) =>
        Outbound.Any(state => state.Association is { Mode: EspMode.Transport } association && association.Peer.Equals(peer));

    /// <summary>The outer packet of a tunnel, with ESP before the packet in it; null if there is no association for it.</summary>
    /// <param name="peer">The peer of the association, which need not be the destination of the packet.</param>
    public Ipv6Packet? Protect(Ipv6Packet outer, IPAddress peer) =>
        Seal(peer, outer.NextHeader, outer.Payload) is { } esp ? outer with { NextHeader = IpProtocol.Esp, Payload = esp } : null;

    /// <summary>A packet under the association for the tunnel to a peer, from the SPI on; null if there is none.</summary>
    /// <param name="protocol">The protocol of the packet: that of IPv6 or IPv4.</param>
    public byte[]? Seal(IPAddress peer, byte protocol, ReadOnlyMemory<byte> packet) =>
        Seal(new SentEsp(this, peer, EspMode.Tunnel, protocol, packet));

    internal void Log(string rule, string text)
    {
        Interlocked.Increment(ref _discarded);
        _log(rule, text);
    }

    private byte[]? Seal(SentEsp sent)
    {
        lock (_lock)
        {
            if (Settings.Rules.Outbound.Apply(sent) == RuleOutcome.Stop || sent.State is not { Transform: var transform } state)
            {
                return null;
            }

            var vector = new byte[transform.InitializationVectorLength];
            _random(vector);
            var header = new EspHeader(state.Association.SecurityParametersIndex, state.LastSequenceNumber);
            return transform.Seal(new EspPacket(header, sent.NextHeader, sent.Payload), vector);
        }
    }

    /// <summary>The packet with the same extension headers before another upper layer.</summary>
    private static Ipv6Packet WithUpperLayer(Ipv6Packet packet, UpperLayer upper, byte protocol, ReadOnlyMemory<byte> payload)
    {
        byte[] octets = [.. packet.Payload.Span[..(upper.Offset - Ipv6Packet.HeaderLength)], .. payload.Span];
        if (upper.Headers.Count == 0)
        {
            return packet with { NextHeader = protocol, Payload = octets };
        }

        octets[upper.Headers[^1].Offset - Ipv6Packet.HeaderLength] = protocol;
        return packet with { Payload = octets };
    }
}
