using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;

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
        if (frame.Octets.EtherType is not { } type)
        {
            return Unreadable("truncated frame header");
        }

        if (frame.Octets.Packet is { } packet)
        {
            // Hosts on other links solicit routers too. Only on access links does this show the arrival of a mobile node.
            var text = Of(packet, nodes);
            text = packet is { Protocol: PacketOctets.Icmpv6, HasRightChecksum: false }
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

        return type == FrameOctets.Ipv6Type
            ? Unreadable("truncated IPv6 header")
            : Plain(MessageKind.Other, FormattableString.Invariant($"EtherType 0x{type:x4}"), string.Empty, "other protocol");
    }

    private static MessageText Of(PacketOctets packet, LadderNodes nodes) =>
        packet switch
        {
            { Inner: { } inner } => Tunnelled(inner, nodes),
            { IsWhole: false } => Data(packet, "Fragment", nodes),
            { Protocol: PacketOctets.MobilityHeader } => Mobility(packet, nodes),
            { Protocol: PacketOctets.Icmpv6, Upper.Length: > 0 } => Icmp(packet, nodes),
            { Protocol: PacketOctets.Udp, Upper.Length: >= 8 } => Udp(packet, nodes),
            { Protocol: PacketOctets.Tcp, Upper.Length: >= 20 } => Data(packet, $"TCP {TcpFlags.Text(packet.Upper.Span[13])}", nodes),
            { Protocol: PacketOctets.Ipv6 } => Unreadable("unreadable tunnelled packet"),
            { Protocol: PacketOctets.NoNextHeader, Upper.Length: 0 } => Data(packet, "Packet without payload", nodes),
            _ => Data(packet, $"Protocol {packet.Protocol}", nodes),
        };

    private static MessageText Tunnelled(PacketOctets inner, LadderNodes nodes)
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
    private static string WithWay(PacketOctets inner, MessageText text, LadderNodes nodes) =>
        text.Kind == MessageKind.Data
            ? text.Detail
            : string.Join(", ", new[] { Way(inner, nodes), text.Detail }.Where(part => part.Length > 0));

    private static string Way(PacketOctets packet, LadderNodes nodes) =>
        $"{nodes.NameOf(packet.Source)} → {nodes.NameOf(packet.Destination)}";

    private static MessageText Data(PacketOctets packet, string head, LadderNodes nodes)
    {
        var (one, other) = (nodes.NameOf(packet.Source), nodes.NameOf(packet.Destination));
        var ends = string.CompareOrdinal(one, other) < 0 ? $"{one} ↔ {other}" : $"{other} ↔ {one}";
        var name = head.StartsWith("Echo", StringComparison.Ordinal) ? "Echo" : head.Split(' ')[0];
        return new MessageText(
            MessageKind.Data,
            head,
            $"{one} → {other}",
            $"{name} {ends}",
            $"{packet.Source} {packet.Destination} {Convert.ToHexString(packet.Upper.Span)}"
        );
    }

    private static MessageText Udp(PacketOctets packet, LadderNodes nodes)
    {
        var (source, destination) = (Word(packet, 0), Word(packet, 2));
        return destination == MulticastDns
            ? Plain(MessageKind.Multicast, "Multicast DNS", string.Empty, "Multicast DNS")
            : Data(packet, FormattableString.Invariant($"UDP {source} → {destination}"), nodes);
    }

    private static MessageText Icmp(PacketOctets packet, LadderNodes nodes)
    {
        var type = packet.Upper.Span[0];
        var name = MessageNames.Icmp(type);
        switch (type)
        {
            case 128 or 129:
                return Data(packet, FormattableString.Invariant($"{name} seq {Word(packet, 6)}"), nodes);
            case > 0 and < 128:
                var about = packet.Quoted is { } quoted ? Of(quoted, nodes) : null;
                var value = (type, packet.Upper.Length) switch
                {
                    (2, >= 8) => FormattableString.Invariant($", MTU {Word(packet, 6)}"),
                    (4, >= 8) => FormattableString.Invariant($", code {packet.Upper.Span[1]}, pointer {Word(packet, 6)}"),
                    (_, > 1) => FormattableString.Invariant($", code {packet.Upper.Span[1]}"),
                    _ => string.Empty,
                };
                return Plain(MessageKind.Error, name + value, about is null ? string.Empty : $"about {about.Head}, {about.Detail}", name);
            case 133:
                return Plain(MessageKind.Router, name, string.Empty, name);
            case 134:
                return Advertisement(packet, name);
            case 135 or 136:
                var target = packet.Upper.Length >= 24 ? NeighborDiscoveryOctets.Of(packet.Upper)!.Target : null;
                var tests = type == 135 && packet.Source.Equals(System.Net.IPAddress.IPv6None) && target is not null;
                return Plain(
                    tests && nodes.IsMobileNode(nodes.NameOf(target!)) ? MessageKind.Arrival : MessageKind.Neighbor,
                    tests ? "Duplicate address detection" : name,
                    target is null ? string.Empty : $"{target}",
                    NeighborDiscovery
                );
            case >= 130 and <= 132 or 143:
                return Plain(MessageKind.Multicast, name, string.Empty, "Multicast Listener Discovery");
            default:
                return Data(packet, name, nodes);
        }
    }

    private static MessageText Advertisement(PacketOctets packet, string name)
    {
        if (packet.Upper.Length < 16 || NeighborDiscoveryOctets.Of(packet.Upper) is not { } advertisement)
        {
            return Unreadable(name + ", truncated");
        }

        string[] parts =
        [
            .. advertisement.Prefixes.Select(prefix => $"prefix {prefix}"),
            FormattableString.Invariant($"router lifetime {advertisement.RouterLifetime} s"),
            .. advertisement.Mtu is { } mtu ? [FormattableString.Invariant($"MTU {mtu}")] : Array.Empty<string>(),
        ];
        return Plain(MessageKind.Router, name, string.Join(", ", parts), name);
    }

    private static MessageText Mobility(PacketOctets packet, LadderNodes nodes)
    {
        var message = new MobilityOctets(packet.Upper, packet.UpperOffset);
        var name = MessageNames.Short(message);
        if (packet.Upper.Length < message.OptionsOffset || packet.Upper.Length < 8)
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
            .. Some(message.PayloadProto != PacketOctets.NoNextHeader, $"Payload Proto {message.PayloadProto}"),
            .. Some(message.HeaderLength != packet.Upper.Length, $"Header Len says {message.HeaderLength} octets of {packet.Upper.Length}"),
            .. Some(packet.HasRightChecksum == false, WrongChecksum),
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

    private static int Word(PacketOctets packet, int at) =>
        packet.Upper.Length >= at + 2 ? (packet.Upper.Span[at] << 8) | packet.Upper.Span[at + 1] : 0;

    private static MessageText Plain(MessageKind kind, string head, string detail, string flow) => new(kind, head, detail, flow);

    private static MessageText Unreadable(string what) => new(MessageKind.Error, what, string.Empty, what);
}
