using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;

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
    private const string UpdateFlags = "AHLKMRPFTO";
    private const string AcknowledgementFlags = "KRPT";
    private const int MulticastDns = 5353;
    private const string WrongChecksum = "wrong checksum";
    private const string NeighborDiscovery = "Neighbor Discovery";

    public bool IsQuiet => Kind is MessageKind.Neighbor || IsChatter;

    /// <summary>True for messages that occur at any time and are unrelated to their neighbours in the ladder.</summary>
    public bool IsChatter => Kind is MessageKind.Multicast or MessageKind.Other;

    public static MessageText Of(LadderFrame frame, LadderNodes nodes)
    {
        if (frame.Stack.Ip is { } packet)
        {
            // Hosts on other links solicit routers too. Only on access links does this show the arrival of a mobile node.
            var text = Of(packet, nodes);
            text = packet is { Upper: IcmpLayer { HasRightChecksum: false } }
                ? text with
                {
                    Detail = string.Join(", ", Some(text.Detail.Length > 0, text.Detail).Append(WrongChecksum)),
                }
                : text;
            return text.Kind == MessageKind.Router && !LadderNodes.IsAccess(frame.Port)
                ? text with
                {
                    Kind = MessageKind.Neighbor,
                    Flow = NeighborDiscovery,
                }
                : text;
        }

        var innermost = frame.Stack.Innermost;
        return innermost.Fault is { } fault
            ? Unreadable($"{innermost.Name}: {fault.Reason}")
            : Plain(MessageKind.Other, innermost.Name, string.Empty, "other protocol");
    }

    private static MessageText Of(IpLayer packet, LadderNodes nodes) =>
        packet switch
        {
            { Inner: { } inner } => Tunnelled(inner, nodes),
            { IsLaterFragment: true } => Data(packet, "Fragment", nodes),
            { Upper: MobilityOctets message } => Mobility(message, nodes),
            { Upper: Icmpv6Layer icmp } => Icmp(packet, icmp, nodes),
            { Upper: UdpLayer udp } => Udp(packet, udp, nodes),
            { Upper: TcpLayer tcp } => Data(packet, $"TCP {tcp.Flags}", nodes),
            { Protocol: IpProtocols.Ipv6 or IpProtocols.Ipv4 } => Unreadable("unreadable tunnelled packet"),
            { Upper: null } => Data(packet, "Packet without payload", nodes),
            _ => Data(packet, $"Protocol {packet.Protocol}", nodes),
        };

    private static MessageText Tunnelled(IpLayer inner, LadderNodes nodes)
    {
        var text = Of(inner, nodes);
        return text with
        {
            Kind = text.Kind == MessageKind.Error ? MessageKind.Error : MessageKind.Data,
            Head = $"[{text.Head} in tunnel]",
            Detail = WithWay(inner, text, nodes),
        };
    }

    /// <summary>Adds the inner source and destination, because the ends of the arrow are the ends of the tunnel.</summary>
    private static string WithWay(IpLayer inner, MessageText text, LadderNodes nodes) =>
        text.Kind == MessageKind.Data
            ? text.Detail
            : string.Join(", ", new[] { Way(inner, nodes), text.Detail }.Where(part => part.Length > 0));

    private static string Way(IpLayer packet, LadderNodes nodes) => $"{nodes.NameOf(packet.Source)} → {nodes.NameOf(packet.Destination)}";

    private static MessageText Data(IpLayer packet, string head, LadderNodes nodes)
    {
        var (one, other) = (nodes.NameOf(packet.Source), nodes.NameOf(packet.Destination));
        var ends = string.CompareOrdinal(one, other) < 0 ? $"{one} ↔ {other}" : $"{other} ↔ {one}";
        var name = head.StartsWith("Echo", StringComparison.Ordinal) ? "Echo" : head.Split(' ')[0];
        return new MessageText(
            MessageKind.Data,
            head,
            $"{one} → {other}",
            $"{name} {ends}",
            $"{packet.Source} {packet.Destination} {Convert.ToHexString(packet.UpperPart.Span)}"
        );
    }

    private static MessageText Udp(IpLayer packet, UdpLayer udp, LadderNodes nodes) =>
        udp.DestinationPort == MulticastDns
            ? Plain(MessageKind.Multicast, "Multicast DNS", string.Empty, "Multicast DNS")
            : Data(packet, FormattableString.Invariant($"UDP {udp.SourcePort} → {udp.DestinationPort}"), nodes);

    private static MessageText Icmp(IpLayer packet, Icmpv6Layer icmp, LadderNodes nodes)
    {
        var name = icmp.Message;
        switch (icmp)
        {
            case { IsEcho: true }:
                return Data(packet, FormattableString.Invariant($"{name} seq {icmp.Echo?.SequenceNumber}"), nodes);
            case { IsError: true }:
                var about = icmp.Quoted is { } quoted ? Of(quoted, nodes) : null;
                var value =
                    icmp.Mtu is { } mtu ? FormattableString.Invariant($", MTU {mtu}")
                    : icmp.Pointer is { } pointer ? FormattableString.Invariant($", code {icmp.Code}, pointer {pointer}")
                    : FormattableString.Invariant($", code {icmp.Code}");
                return Plain(MessageKind.Error, name + value, about is null ? string.Empty : $"about {about.Head}, {about.Detail}", name);
            case NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation }:
                return Plain(MessageKind.Router, name, string.Empty, name);
            case NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterAdvertisement } advertisement:
                return Advertisement(advertisement);
            case NeighborDiscoveryLayer neighbor:
                return Plain(
                    neighbor.TestsForDuplicates && nodes.IsMobileNode(nodes.NameOf(neighbor.Target))
                        ? MessageKind.Arrival
                        : MessageKind.Neighbor,
                    neighbor.TestsForDuplicates ? "Duplicate address detection" : name,
                    $"{neighbor.Target}",
                    NeighborDiscovery
                );
            case { IsListenerDiscovery: true }:
                return Plain(MessageKind.Multicast, name, string.Empty, "Multicast Listener Discovery");
            default:
                return Data(packet, name, nodes);
        }
    }

    private static MessageText Advertisement(NeighborDiscoveryLayer advertisement)
    {
        string[] parts =
        [
            .. advertisement.Prefixes.Select(prefix => $"prefix {prefix}"),
            FormattableString.Invariant($"router lifetime {advertisement.RouterLifetime} s"),
            .. advertisement.Mtu is { } mtu ? [FormattableString.Invariant($"MTU {mtu}")] : Array.Empty<string>(),
        ];
        return Plain(MessageKind.Router, advertisement.Message, string.Join(", ", parts), advertisement.Message);
    }

    private static MessageText Mobility(MobilityOctets message, LadderNodes nodes)
    {
        var length = message.Span.Length;
        var name = MessageNames.Short(message);
        if (length < message.OptionsOffset || length < 8)
        {
            return Plain(MessageKind.Mobility, $"{name}, truncated", string.Empty, name);
        }

        var head = message.Type switch
        {
            MobilityOctets.BindingUpdateType => FormattableString.Invariant($"{name} seq {message.SequenceNumber}, {Lifetime(message)}"),
            MobilityOctets.BindingAcknowledgementType => FormattableString.Invariant(
                $"{name} seq {message.SequenceNumber}, {MessageNames.Status(message.Status)}"
            ) + (message.Status < 128 ? $", {Lifetime(message)}" : string.Empty),
            7 => $"{name} status {message.Status}",
            _ => name,
        };
        string[] parts =
        [
            .. message.Type switch
            {
                MobilityOctets.BindingUpdateType => [Flags(message.UpdateFlags, 16, UpdateFlags)],
                MobilityOctets.BindingAcknowledgementType => [Flags(message.AcknowledgementFlags, 8, AcknowledgementFlags)],
                _ => Array.Empty<string>(),
            },
            .. message.Options.Select(option => Option(option, nodes)).OfType<string>(),
            .. Some(message.Overrun is not null, "an option runs past the end"),
            .. Some(message.PayloadProto != IpProtocols.NoNextHeader, $"Payload Proto {message.PayloadProto}"),
            .. Some(message.HeaderLength != length, $"Header Len says {message.HeaderLength} octets of {length}"),
            .. Some(message.HasRightChecksum == false, WrongChecksum),
        ];
        return Plain(MessageKind.Mobility, head, string.Join(", ", parts), head);
    }

    private static IEnumerable<string> Some(bool isSo, string what) => isSo ? [what] : [];

    private static string Lifetime(MobilityOctets message) =>
        message.LifetimeUnits == 0
            ? message.Type == MobilityOctets.BindingUpdateType
                ? "lifetime 0 (de-registration)"
                : "lifetime 0"
            : FormattableString.Invariant($"{message.LifetimeUnits * 4} s");

    private static string Flags(uint value, int width, string letters)
    {
        var set = string.Concat(letters.Where((_, index) => (value & (1u << (width - 1 - index))) != 0));
        return set.Length == 0 ? "no flags" : set;
    }

    private static string? Option(OptionOctets option, LadderNodes nodes) =>
        option.Type switch
        {
            OptionType.MobileNodeIdentifier => nodes.NameOfIdentifier(option.Identifier) ?? Shortened(option.Identifier),
            OptionType.HomeNetworkPrefix => option.Length == 18 ? $"HNP {option.PrefixText}" : "HNP?",
            OptionType.HandoffIndicator => $"HI {option.Value}",
            OptionType.AccessTechnologyType => $"ATT {option.Value}",
            OptionType.LinkLocalAddress => $"LLA {option.Address}",
            OptionType.AlternateCareOfAddress => $"alternate CoA {nodes.NameOf(option.Address)}",
            OptionType.Timestamp => "TS",
            OptionType.MobileNodeLinkLayerIdentifier => "LL-Id",
            _ => FormattableString.Invariant($"option {option.Type}"),
        };

    /// <summary>The user part of a network access identifier. An empty identifier is shown as <c>empty MN-Id</c>.</summary>
    private static string Shortened(string identifier)
    {
        var at = identifier.IndexOf('@', StringComparison.Ordinal);
        var shown = at > 0 ? $"{identifier[..at]}@…" : identifier;
        return shown.Length == 0
            ? "empty MN-Id"
            : new string([
                .. shown.Take(24).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character),
            ]);
    }

    private static MessageText Plain(MessageKind kind, string head, string detail, string flow) => new(kind, head, detail, flow);

    private static MessageText Unreadable(string what) => new(MessageKind.Error, what, string.Empty, what);
}
