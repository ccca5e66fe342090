using System.Net;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// How a message of the tester goes in UDP over IPv4 (RFC 5844, Section 4, and the drafts before it). Edits of the message change it:
/// <c>source port = 49152</c>, <c>UDP checksum = 0</c> or <c>wrong</c>, <c>TLV = yes</c> or <c>no</c>, <c>inner source = MAG2</c>.
/// </summary>
public sealed record UdpTransport(IPAddress Source, IPAddress Destination, ushort SourcePort, ushort DestinationPort)
{
    /// <summary>The names by which edits change the transport.</summary>
    internal static readonly string[] Fields = ["source port", "UDP checksum", "TLV", "inner source"];

    private const int ChecksumOffset = 6;
    private const string Right = "right",
        Zero = "0",
        Wrong = "wrong";

    /// <summary>True if the message is in an IPv6 packet behind UDP, as in the drafts; otherwise it follows UDP directly.</summary>
    public bool HasInnerPacket { get; init; }

    /// <summary>Whether a TLV header precedes the inner packet; null if the flag T of the message says so.</summary>
    public bool? HasTlvHeader { get; init; } = false;

    /// <summary>The source of the inner packet; null for the address of the sender.</summary>
    public IPAddress? InnerSource { get; init; }

    private string Checksum { get; init; } = Right;

    /// <summary>The transport with a change.</summary>
    /// <exception cref="ScenarioFaultException">The value is not one of the field.</exception>
    internal UdpTransport With(Edit.Set edit, OptionContext context) =>
        edit.Field.ToUpperInvariant() switch
        {
            "SOURCE PORT" => this with { SourcePort = (ushort)OptionWords.Number(edit.Value, ushort.MaxValue) },
            "UDP CHECKSUM" when edit.Value is Right or Zero or Wrong => this with { Checksum = edit.Value },
            "TLV" when edit.Value is "yes" or "no" => this with { HasTlvHeader = edit.Value == "yes" },
            "INNER SOURCE" => this with { InnerSource = OptionWords.Address(edit.Value, context) },
            _ => throw edit.Fault("a message over IPv4 has a UDP checksum that is right, 0 or wrong, and a TLV header, yes or no"),
        };

    /// <summary>The IPv4 packet with the message, or with the IPv6 packet that has it.</summary>
    /// <param name="isTlvAsked">The flag T of the message.</param>
    public Ipv4Packet Carry(ReadOnlyMemory<byte> content, bool isTlvAsked)
    {
        ReadOnlyMemory<byte> octets = HasInnerPacket && (HasTlvHeader ?? isTlvAsked) ? TlvOctets.Before(content.Span) : content;
        var datagram = new UdpDatagram(SourcePort, DestinationPort, octets).ToBytes(Source, Destination);
        switch (Checksum)
        {
            case Zero:
                (datagram[ChecksumOffset], datagram[ChecksumOffset + 1]) = (0, 0);
                break;
            case Wrong:
                datagram[ChecksumOffset] ^= 0x5a;
                break;
            default:
                break;
        }

        return new Ipv4Packet(Source, Destination, Ipv4Protocol.Udp, datagram);
    }
}

/// <summary>The TLV header that the tester writes, see <see cref="Octets.Layers.TlvLayer"/>.</summary>
internal static class TlvOctets
{
    private const int Ipv4Version = 4;

    /// <summary>A packet behind the header. The header has no room for a length of more than 255 octets: it is 0 then.</summary>
    public static byte[] Before(ReadOnlySpan<byte> packet) =>
        [
            (byte)(packet[0] >> 4 == Ipv4Version ? Octets.Layers.TlvLayer.Ipv4Type : Octets.Layers.TlvLayer.Ipv6Type),
            (byte)(packet.Length <= byte.MaxValue ? packet.Length : 0),
            0,
            0,
            .. packet,
        ];
}
