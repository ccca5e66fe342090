using System.Globalization;
using System.Text;
using Pmip.Wire;

namespace Conformance.Testing.Capture;

/// <summary>A one-line description of a packet for readers. It is not used for verdicts.</summary>
/// <param name="Source">
/// The IPv6 address of the outermost header; the link-layer address of a frame without IPv6; empty if the frame has none.
/// </param>
/// <param name="Destination">See <paramref name="Source"/>.</param>
/// <param name="Text">The message and its fields in wire order: <c>PBU seq 7 lifetime 600 s, flags AP, HI 1</c>.</param>
public sealed record PacketSummary(string Source, string Destination, string Text)
{
    /// <summary>The flags from the most significant bit on (RFC 6275, Section 6.1.7, and the registry of Binding Update flags).</summary>
    private const string UpdateFlags = "AHLKMRPFTO";

    /// <summary>
    /// The flags from the most significant bit on (RFC 6275, Section 6.1.8, and the registry of Binding Acknowledgement flags).
    /// </summary>
    private const string AcknowledgementFlags = "KRPT";

    /// <summary>The maximum number of nested tunnels that are described.</summary>
    private const int MaximumDepth = 4;

    /// <summary>Describes a frame with any content. Unreadable parts are reported as malformed, with the offset in the frame.</summary>
    /// <param name="frame">The frame, from the Ethernet header on.</param>
    public static PacketSummary Describe(ReadOnlyMemory<byte> frame)
    {
        if (!EthernetFrame.TryParse(frame, out var ethernet, out var error))
        {
            return new PacketSummary(string.Empty, string.Empty, Malformed("Ethernet", error, 0));
        }

        if (ethernet.EtherType != EthernetFrame.Ipv6EtherType)
        {
            return new PacketSummary(
                ethernet.Source.ToString(),
                ethernet.Destination.ToString(),
                Invariant($"EtherType 0x{ethernet.EtherType:x4}, {ethernet.Payload.Length} octets")
            );
        }

        return Ipv6Packet.TryParse(ethernet.Payload, out var packet, out error)
            ? new PacketSummary(
                packet.Source.ToString(),
                packet.Destination.ToString(),
                Printable(Packet(packet, EthernetFrame.HeaderLength, depth: 0))
            )
            : new PacketSummary(
                ethernet.Source.ToString(),
                ethernet.Destination.ToString(),
                Malformed("IPv6", error, EthernetFrame.HeaderLength)
            );
    }

    private static string Packet(Ipv6Packet packet, int offset, int depth)
    {
        if (!packet.TryGetUpperLayer(out var upper, out var error))
        {
            return Malformed("extension header", error, offset);
        }

        var text = upper.Protocol switch
        {
            IpProtocol.MobilityHeader => Mobility(packet, upper, offset),
            IpProtocol.Icmpv6 => Icmp(packet, upper, offset),
            IpProtocol.Ipv6 when depth < MaximumDepth => Tunnelled(upper, offset, depth),
            IpProtocol.NoNextHeader => "no upper layer",
            _ => Invariant($"protocol {upper.Protocol}, {upper.Payload.Length} octets"),
        };
        return upper.Headers.Count == 0 ? text : $"{text}, behind {string.Join(", ", upper.Headers.Select(Header))}";
    }

    private static string Header(ExtensionHeader header) =>
        header.Type switch
        {
            IpProtocol.HopByHop => "hop-by-hop options",
            IpProtocol.Routing when header.Bytes.Length > 2 => Invariant($"routing header type {header.Bytes.Span[2]}"),
            IpProtocol.Fragment => "fragment header",
            IpProtocol.DestinationOptions => "destination options",
            _ => Invariant($"header {header.Type}"),
        };

    private static string Tunnelled(UpperLayer upper, int offset, int depth)
    {
        offset += upper.Offset;
        return Ipv6Packet.TryParse(upper.Payload, out var inner, out var error)
            ? $"tunnelled {inner.Source} → {inner.Destination}: {Packet(inner, offset, depth + 1)}"
            : Malformed("tunnelled IPv6", error, offset);
    }

    private static string Mobility(Ipv6Packet packet, UpperLayer upper, int offset)
    {
        var octets = upper.Payload.Span;
        if (!MobilityMessage.TryParse(octets, out var message, out var error))
        {
            return Malformed(
                octets.Length > MobilityHeader.TypeOffset ? MessageName(octets[MobilityHeader.TypeOffset]) : "Mobility Header",
                error,
                offset + upper.Offset
            );
        }

        var checksum = MobilityHeader.HasValidChecksum(packet.Source, packet.Destination, octets) ? string.Empty : ", wrong checksum";
        var text = message switch
        {
            BindingUpdate update => Invariant(
                $"{(update.IsProxy ? "PBU" : "BU")} seq {update.SequenceNumber} lifetime {update.Lifetime.TotalSeconds:0} s"
            )
                + Flags((ushort)update.Flags, 16, UpdateFlags)
                + Options(update.Options),
            BindingAcknowledgement answer => Invariant($"{(answer.IsProxy ? "PBA" : "BA")} seq {answer.SequenceNumber} ")
                + Invariant($"status {Status(answer.Status)} lifetime {answer.Lifetime.TotalSeconds:0} s")
                + Flags((byte)answer.Flags, 8, AcknowledgementFlags)
                + Options(answer.Options),
            BindingError bindingError => Invariant($"Binding Error status {bindingError.Status}, home address {bindingError.HomeAddress}")
                + Options(bindingError.Options),
            _ => Invariant($"{MessageName(message.Type)}, {octets.Length} octets"),
        };
        return text + checksum;
    }

    private static string MessageName(byte type) =>
        (MobilityHeaderType)type switch
        {
            MobilityHeaderType.BindingUpdate => "Binding Update",
            MobilityHeaderType.BindingAcknowledgement => "Binding Acknowledgement",
            MobilityHeaderType.BindingError => "Binding Error",
            MobilityHeaderType.BindingRefreshRequest => "Binding Refresh Request",
            _ => Invariant($"MH type {type}"),
        };

    private static string Status(BindingStatus status) =>
        Enum.IsDefined(status) ? Invariant($"{(byte)status} {status}") : Invariant($"{(byte)status}");

    /// <summary>The letters of the flags that are set, followed by unassigned bits in hexadecimal.</summary>
    private static string Flags(uint value, int width, string letters)
    {
        var set = new StringBuilder();
        for (var i = 0; i < letters.Length; i++)
        {
            var bit = 1u << (width - 1 - i);
            if ((value & bit) != 0)
            {
                set.Append(letters[i]);
                value &= ~bit;
            }
        }

        if (value != 0)
        {
            set.Append(CultureInfo.InvariantCulture, $"+0x{value:x}");
        }

        return set.Length == 0 ? ", no flags" : $", flags {set}";
    }

    private static string Options(MobilityOptionList options) =>
        string.Concat(
            options.Select(option =>
                ", "
                + option switch
                {
                    MobileNodeIdentifierOption { Subtype: MobileNodeIdentifierOption.NaiSubtype } identifier => $"MN-Id {identifier.Nai}",
                    MobileNodeIdentifierOption identifier => Invariant($"MN-Id subtype {identifier.Subtype} {identifier.Identifier}"),
                    HomeNetworkPrefixOption prefix => $"HNP {prefix.Prefix}",
                    HandoffIndicatorOption indicator => Invariant($"HI {(byte)indicator.Value}"),
                    AccessTechnologyTypeOption technology => Invariant($"ATT {(byte)technology.Value}"),
                    MobileNodeLinkLayerIdentifierOption identifier => $"MN-LL-Id {identifier.Identifier}",
                    LinkLocalAddressOption address => $"Link-local {address.Address}",
                    TimestampOption timestamp => Invariant($"Timestamp {timestamp.Value.ToUtc():yyyy-MM-ddTHH:mm:ss.ffffff}Z"),
                    AlternateCareOfAddressOption address => $"Alternate CoA {address.Address}",
                    _ => Invariant($"option {option.Type} ({option.DataLength} octets)"),
                }
            )
        );

    private static string Icmp(Ipv6Packet packet, UpperLayer upper, int offset)
    {
        var octets = upper.Payload.Span;
        if (!Icmpv6Message.TryParse(octets, out var message, out var error))
        {
            return Malformed("ICMPv6", error, offset + upper.Offset);
        }

        var checksum = Icmpv6Message.HasValidChecksum(packet.Source, packet.Destination, octets) ? string.Empty : ", wrong checksum";
        var text = message switch
        {
            RouterSolicitation => "Router Solicitation",
            RouterAdvertisement advertisement => Invariant($"Router Advertisement lifetime {advertisement.RouterLifetimeSeconds} s")
                + string.Concat(advertisement.Options.All<PrefixInformationOption>().Select(prefix => $", prefix {prefix.Prefix}"))
                + string.Concat(advertisement.Options.All<MtuOption>().Select(mtu => Invariant($", MTU {mtu.Mtu}"))),
            NeighborSolicitation solicitation => $"Neighbor Solicitation for {solicitation.Target}",
            NeighborAdvertisement advertisement => $"Neighbor Advertisement of {advertisement.Target}",
            EchoRequest echo => Invariant($"Echo Request id {echo.Identifier} seq {echo.SequenceNumber}"),
            EchoReply echo => Invariant($"Echo Reply id {echo.Identifier} seq {echo.SequenceNumber}"),
            PacketTooBig tooBig => Invariant($"Packet Too Big MTU {tooBig.Mtu}"),
            ParameterProblem problem => Invariant($"Parameter Problem code {problem.Code} pointer {problem.Pointer}"),
            DestinationUnreachable unreachable => Invariant($"Destination Unreachable code {unreachable.Code}"),
            TimeExceeded exceeded => Invariant($"Time Exceeded code {exceeded.Code}"),
            _ => Invariant($"ICMPv6 type {message.Type} code {message.Code}"),
        };
        return text + checksum;
    }

    /// <param name="offset">The number of octets of the frame before the parsed part.</param>
    private static string Malformed(string what, WireError error, int offset) =>
        Invariant($"{what} malformed at octet {offset + error.Offset}: {error.Rule}, {error.Detail}");

    /// <summary>An identifier may contain control characters; a line of a report must not.</summary>
    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var printable = new StringBuilder();
        foreach (var character in text)
        {
            _ = char.IsControl(character)
                ? printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : printable.Append(character);
        }

        return printable.ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
