using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>
/// The rules by which ESP is removed from packets that arrive and added to packets that leave. As with the rules of a role, a deviating
/// node gets a copy: <c>Default with { Inbound = Default.Inbound.Without("KnownAssociation") }</c>.
/// </summary>
public sealed record SecurityRules
{
    /// <summary>The offset of MH Type in a Mobility Header (RFC 6275, Section 6.1).</summary>
    private const int MessageTypeOffset = 2;

    public static SecurityRules Default { get; } = new();

    /// <summary>What an ESP packet must be; otherwise it is dropped silently.</summary>
    public RuleList<ReceivedEsp> Inbound { get; init; } =
        new(
            new("RFC 4303 3.4.2", "KnownAssociation", KnownAssociation),
            new("RFC 4303 3.4.3", "NotReplayed", NotReplayed),
            new("RFC 4303 3.4.4", "Authentic", Authentic),
            new("RFC 4303 3.4.3", "WindowMoved", WindowMoved),
            new("RFC 4303 2.6", "NotDummy", NotDummy),
            new("RFC 4301 5.2(4)", "OfItsMode", OfItsMode),
            new("RFC 4301 5.2(4)", "OfItsMessageType", OfItsMessageType)
        );

    /// <summary>How a packet gets its association and its sequence number.</summary>
    public RuleList<SentEsp> Outbound { get; init; } =
        new(new("RFC 4303 3.3.1", "AssociationOfPeer", AssociationOfPeer), new("RFC 4303 3.3.3", "SequenceNumber", SequenceNumber));

    /// <summary>RFC 4301, Section 4.1: the SPI and the destination find the association.</summary>
    private static RuleOutcome KnownAssociation(ReceivedEsp received)
    {
        received.State ??= received.Associations.FirstOrDefault(state =>
            state.Association.SecurityParametersIndex == received.Header?.SecurityParametersIndex
            && state.Association.Destination.Equals(received.Destination)
        );
        return received.State is null ? received.Discard("EspUnknownAssociation", "no security association") : RuleOutcome.Continue;
    }

    private static RuleOutcome NotReplayed(ReceivedEsp received) =>
        !received.AntiReplay || received is not { State: { } state, Header: { } header } || state.Window.Admits(header.SequenceNumber)
            ? RuleOutcome.Continue
            : received.Discard("EspReplayed", "the sequence number was received before, or is left of the window");

    private static RuleOutcome Authentic(ReceivedEsp received)
    {
        if (received.State is not { } state)
        {
            return RuleOutcome.Stop;
        }
        if (!state.Transform.TryOpen(received.Octets.Span, out var opened, out var error))
        {
            return received.Discard($"Esp{error.Rule}", error.Detail);
        }

        received.Opened = opened;
        return RuleOutcome.Continue;
    }

    /// <summary>Only an authentic packet moves the window.</summary>
    private static RuleOutcome WindowMoved(ReceivedEsp received)
    {
        if (received is { AntiReplay: true, State: { } state, Header: { } header } && state.Window.Admits(header.SequenceNumber))
        {
            state.Window = state.Window.After(header.SequenceNumber);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NotDummy(ReceivedEsp received) =>
        received.Opened is { IsDummy: true } ? RuleOutcome.Stop : RuleOutcome.Continue;

    /// <summary>
    /// A whole packet in an association for tunnels; a message in one for signals. Whether the association is that of the tunnel is for
    /// the tunnels to say: the source of the outer header is no selector (RFC 4301, Section 5.2).
    /// </summary>
    private static RuleOutcome OfItsMode(ReceivedEsp received)
    {
        if (received is not { State.Association: { } association, Opened.NextHeader: var next })
        {
            return RuleOutcome.Continue;
        }

        return association.Mode == EspMode.Transport
            ? next is IpProtocol.Ipv6 or Ipv4Protocol.Ipv4
                ? received.Discard("EspTunnelMode", "tunnel mode in an association for transport mode")
                : RuleOutcome.Continue
            : next is not (IpProtocol.Ipv6 or Ipv4Protocol.Ipv4)
                ? received.Discard("EspTransportMode", $"protocol {next} in a tunnel")
                : RuleOutcome.Continue;
    }

    /// <summary>Extension headers may precede the Mobility Header, for example with a Home Address option.</summary>
    private static RuleOutcome OfItsMessageType(ReceivedEsp received)
    {
        if (received is not { State.Association: { Mode: EspMode.Transport } association, Opened: { } opened })
        {
            return RuleOutcome.Continue;
        }

        var message =
            received.Destination.AddressFamily == AddressFamily.InterNetworkV6
                ? MessageIn(new Ipv6Packet(received.Source, received.Destination, opened.NextHeader, opened.Payload))
                : MessageInUdp(opened);
        return message.Length > MessageTypeOffset && association.Protects(message.Span[MessageTypeOffset])
            ? RuleOutcome.Continue
            : received.Discard("EspSelector", "not a Mobility Header of the type that the association protects");
    }

    /// <summary>The Mobility Header in an IPv6 packet; empty if there is none.</summary>
    private static ReadOnlyMemory<byte> MessageIn(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _) && upper.Protocol == IpProtocol.MobilityHeader ? upper.Payload : default;

    /// <summary>
    /// The Mobility Header behind UDP, alone or in an IPv6 packet, which may have a TLV header before it: the ports are those of the role,
    /// and the first octet tells the three apart. A Mobility Header begins with 59.
    /// </summary>
    private static ReadOnlyMemory<byte> MessageInUdp(EspPacket opened)
    {
        if (opened.NextHeader != Ipv4Protocol.Udp || !UdpDatagram.TryParse(opened.Payload, out var datagram, out _))
        {
            return default;
        }

        var content = TlvHeader.IsAt(datagram.Payload.Span)
            ? datagram.Payload[Math.Min(TlvHeader.Size, datagram.Payload.Length)..]
            : datagram.Payload;
        return Ipv6Packet.TryParse(content, out var packet, out _) ? MessageIn(packet) : content;
    }

    /// <summary>RFC 4301, Section 5.1: by the peer and what the packet carries.</summary>
    private static RuleOutcome AssociationOfPeer(SentEsp sent)
    {
        sent.State ??= sent.Associations.FirstOrDefault(state =>
            state.Association.Mode == sent.Mode
            && state.Association.Peer.Equals(sent.Peer)
            && (sent.Mode == EspMode.Tunnel || state.Association.Protects(sent.MessageType))
        );
        return sent.State is null ? sent.Discard("EspAssociationMissing", "no security association") : RuleOutcome.Continue;
    }

    /// <summary>A receiver that detects replays would take no packet after the last number.</summary>
    private static RuleOutcome SequenceNumber(SentEsp sent)
    {
        if (sent.State is not { } state)
        {
            return RuleOutcome.Stop;
        }
        if (sent.AntiReplay && state.LastSequenceNumber == uint.MaxValue)
        {
            return sent.Discard("EspSequenceNumberOverflow", "the association needs a new key");
        }

        state.LastSequenceNumber = unchecked(state.LastSequenceNumber + 1);
        return RuleOutcome.Continue;
    }
}
