using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;

namespace Conformance.Reports.Ladder;

/// <summary>The kind of a message in a ladder.</summary>
internal enum MessageKind
{
    Mobility,
    Router,

    /// <summary>A mobile node performs duplicate address detection, which shows that it has attached to the link.</summary>
    Arrival,
    Data,
    Error,

    /// <summary>Frequent background traffic of every link; it is folded.</summary>
    Neighbor,
    Multicast,
    Other,
}

/// <summary>A short description of a message: its name and most important values, its key fields, and the data for folding.</summary>
/// <param name="Flow">The name of the flow; packets of a flow are folded if there are many.</param>
/// <param name="Identity">A value that stays the same on the whole path, also inside tunnels; null if the message is not forwarded.</param>
internal sealed record MessageText(MessageKind Kind, string Head, string Detail, string Flow, string? Identity = null)
{
    private const string NeighborDiscovery = "Neighbor Discovery";

    public bool IsQuiet => Kind is MessageKind.Neighbor || IsChatter;

    /// <summary>True for messages that occur at any time and are unrelated to their neighbours in the ladder.</summary>
    public bool IsChatter => Kind is MessageKind.Multicast or MessageKind.Other;

    public static MessageText Of(LadderFrame frame, LadderNodes nodes)
    {
        var words = frame.Stack.Words(nodes);
        if (frame.Stack.Ip is not { } packet)
        {
            return frame.Stack.Innermost switch
            {
                { Fault: not null } => Text(MessageKind.Error, words, words.Head),
                ArpLayer => Text(MessageKind.Neighbor, words, "ARP"),
                _ => Text(MessageKind.Other, words, "other protocol"),
            };
        }

        var inner = packet.Message is null ? packet.Innermost : packet;
        var kind = KindOf(inner, frame, nodes);
        var flow = FlowOf(kind, inner, words, nodes);
        if (kind == MessageKind.Data)
        {
            var identity = $"{inner.Source} {inner.Destination} {Convert.ToHexString(inner.UpperPart.Span)}";
            return Text(kind, packet == inner ? words with { Details = [inner.Way(nodes), .. words.Details] } : words, flow, identity);
        }

        return Text(packet == inner || kind == MessageKind.Error ? kind : MessageKind.Data, words, flow);
    }

    private static MessageKind KindOf(IpLayer packet, LadderFrame frame, LadderNodes nodes) =>
        packet.Upper switch
        {
            MobilityOctets or UdpLayer { Message: not null } => MessageKind.Mobility,
            // A report has no keys. Of what MAGs and LMAs exchange under ESP, most is signalling.
            EspLayer => MessageKind.Mobility,
            IcmpLayer { IsError: true } or PayloadLayer { Fault: not null } => MessageKind.Error,
            NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation or NeighborDiscoveryLayer.RouterAdvertisement } =>
            // Hosts on other links solicit routers too. Only on access links does this show the arrival of a mobile node.
            nodes.IsAccess(frame.Port)
                ? MessageKind.Router
                : MessageKind.Neighbor,
            NeighborDiscoveryLayer { TestsForDuplicates: true } test when nodes.IsMobileNode(nodes.NameOf(test.Target)) =>
                MessageKind.Arrival,
            NeighborDiscoveryLayer => MessageKind.Neighbor,
            Icmpv6Layer { IsListenerDiscovery: true } or UdpLayer { DestinationPort: UdpLayer.MulticastDns } => MessageKind.Multicast,
            _ => MessageKind.Data,
        };

    private static string FlowOf(MessageKind kind, IpLayer packet, LayerWords words, LadderNodes nodes) =>
        (kind, packet.Upper) switch
        {
            (MessageKind.Data, var upper) => $"{NameOf(upper)} {Ends(packet, nodes)}",
            (MessageKind.Router or MessageKind.Error, IcmpLayer icmp) => icmp.Message,
            (_, NeighborDiscoveryLayer) => NeighborDiscovery,
            (_, IcmpLayer) => "Multicast Listener Discovery",
            _ => words.Head,
        };

    private static string NameOf(Layer? layer) => layer is IcmpLayer { IsEcho: true } ? "Echo" : layer?.Name ?? "Packet";

    private static string Ends(IpLayer packet, LadderNodes nodes)
    {
        var (one, other) = (nodes.NameOf(packet.Source), nodes.NameOf(packet.Destination));
        return string.CompareOrdinal(one, other) < 0 ? $"{one} ↔ {other}" : $"{other} ↔ {one}";
    }

    private static MessageText Text(MessageKind kind, LayerWords words, string flow, string? identity = null) =>
        new(kind, words.Head, string.Join(", ", words.Details), flow, identity);
}
