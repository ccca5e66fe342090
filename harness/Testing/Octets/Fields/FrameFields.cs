using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>
/// Decodes every field of a frame for readers who look for a fault in it. No verdict depends on it, and it does not throw.
/// </summary>
public static class FrameFields
{
    private const int QuotedOctets = 64;

    /// <param name="frame">The frame, from the Ethernet header on.</param>
    public static IReadOnlyList<DecodedField> Of(ReadOnlyMemory<byte> frame)
    {
        var octets = new FrameOctets(frame);
        var reader = new FieldReader(frame);
        if (octets.EtherType is not { } type)
        {
            reader.Fault(0, frame.Length, "Ethernet", "cut off");
            return reader.Fields;
        }

        reader.Layer(
            0,
            octets.HeaderLength,
            "Ethernet",
            Invariant($"{octets.Source} → {octets.Destination}, type 0x{type:x4}{EtherTypeName(type)}")
        );
        if (octets.Packet is { } packet)
        {
            Packet(reader, packet, "IPv6");
        }
        else if (type == FrameOctets.Ipv6Type)
        {
            reader.Fault(octets.HeaderLength, frame.Length, "IPv6", "no IPv6 header");
        }
        else
        {
            Rest(reader, octets.HeaderLength, frame.Length, "Payload");
        }

        return reader.Fields;
    }

    /// <summary>Adds octets that are not decoded further.</summary>
    internal static void Rest(FieldReader reader, int offset, int end, string name)
    {
        if (end > offset)
        {
            var shown = Math.Min(end - offset, QuotedOctets);
            reader.Field(
                offset,
                shown,
                name,
                shown < end - offset ? Invariant($"{end - offset} octets, the first {shown} shown") : Invariant($"{shown} octets")
            );
        }
    }

    private static string EtherTypeName(int type) =>
        type switch
        {
            FrameOctets.Ipv6Type => " IPv6",
            0x0800 => " IPv4",
            0x0806 => " ARP",
            0x88cc => " LLDP",
            _ => string.Empty,
        };

    private static void Packet(FieldReader reader, PacketOctets packet, string name)
    {
        var at = packet.Offset;
        var first = reader.Number(at, 4);
        var trafficClass = (first >> 20) & 0xff;
        var label = first & 0xfffff;
        reader.Layer(
            at,
            PacketOctets.HeaderLength,
            name,
            Invariant($"{packet.Source} → {packet.Destination}, next header {Protocols.Text(packet.NextHeader)}, ")
                + Invariant($"hop limit {packet.HopLimit}, payload {packet.PayloadLength} octets")
                + (trafficClass == 0 ? string.Empty : Invariant($", traffic class 0x{trafficClass:x2}"))
                + (label == 0 ? string.Empty : Invariant($", flow label 0x{label:x5}"))
        );
        if (packet.End < at + PacketOctets.HeaderLength + packet.PayloadLength)
        {
            reader.Fault(
                at + 4,
                2,
                "Payload Length",
                Invariant($"{packet.PayloadLength} octets, but only {packet.End - at - PacketOctets.HeaderLength} are present")
            );
        }

        foreach (var header in packet.Headers)
        {
            ExtensionHeaderFields.Read(reader, header);
        }

        Upper(reader, packet);
    }

    private static void Upper(FieldReader reader, PacketOctets packet)
    {
        var (at, end) = (packet.UpperOffset, packet.End);
        switch (packet.Protocol)
        {
            case var _ when !packet.IsWhole:
                Rest(reader, at, end, "Fragment data");
                break;
            case PacketOctets.MobilityHeader:
                MobilityFields.Read(reader, packet);
                break;
            case PacketOctets.Icmpv6:
                IcmpFields.Read(reader, packet);
                if (packet.Quoted is { } quoted)
                {
                    Packet(reader, quoted, "Quoted packet");
                }

                break;
            case PacketOctets.Ipv6 when packet.Inner is { } inner:
                Packet(reader, inner, "Tunnelled IPv6");
                break;
            case PacketOctets.Udp:
                reader.Layer(
                    at,
                    8,
                    "UDP",
                    Invariant($"port {reader.Number(at, 2)} → {reader.Number(at + 2, 2)}, length {reader.Number(at + 4, 2)}")
                );
                Rest(reader, at + 8, end, "Data");
                break;
            case PacketOctets.Tcp:
                reader.Layer(
                    at,
                    20,
                    "TCP",
                    Invariant($"port {reader.Number(at, 2)} → {reader.Number(at + 2, 2)}, seq {reader.Number(at + 4, 4)}, ")
                        + Invariant($"ack {reader.Number(at + 8, 4)}, {TcpFlags.Text((int)reader.Number(at + 13, 1))}")
                );
                Rest(reader, at + 20, end, "Options and data");
                break;
            case PacketOctets.NoNextHeader when at == end:
                break;
            default:
                Rest(reader, at, end, Invariant($"Protocol {Protocols.Text(packet.Protocol)}"));
                break;
        }
    }
}

/// <summary>Names of the values of the Next Header field.</summary>
internal static class Protocols
{
    public static string Text(int protocol)
    {
        var name = protocol switch
        {
            PacketOctets.HopByHop => "Hop-by-Hop Options",
            PacketOctets.Tcp => "TCP",
            PacketOctets.Udp => "UDP",
            PacketOctets.Ipv6 => "IPv6",
            PacketOctets.Routing => "Routing",
            PacketOctets.Fragment => "Fragment",
            50 => "ESP",
            PacketOctets.Authentication => "AH",
            PacketOctets.Icmpv6 => "ICMPv6",
            PacketOctets.NoNextHeader => "none",
            PacketOctets.DestinationOptions => "Destination Options",
            PacketOctets.MobilityHeader => "Mobility Header",
            _ => null,
        };
        return name is null ? Invariant($"{protocol}") : Invariant($"{protocol} {name}");
    }
}

/// <summary>RFC 9293, Section 3.1: the control bits.</summary>
public static class TcpFlags
{
    private static readonly string[] _names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    /// <summary><c>SYN ACK</c>.</summary>
    public static string Text(int flags) => flags == 0 ? "no flags" : string.Join(' ', _names.Where((_, bit) => (flags & (1 << bit)) != 0));
}
