using System.Buffers.Binary;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Data;

/// <summary>Puts the fragments of a packet together, as its destination does (RFC 8200, Section 4.5).</summary>
internal sealed class Reassembly
{
    private const int FragmentHeaderLength = 8;
    private const int NextHeaderOffset = 6;
    private const int PayloadLengthOffset = 4;

    private readonly Dictionary<(PortId, IPAddress, IPAddress, uint), SortedDictionary<int, Packet>> _parts = [];

    /// <summary>Adds a packet; one that was added before changes nothing.</summary>
    /// <returns>
    /// The whole packet, as if it had arrived with this fragment; null if the packet is no fragment, or others of its fragments have not
    /// come.
    /// </returns>
    public Packet? Add(Packet packet)
    {
        if (packet.Ip is not Ipv6Layer { IsComplete: true } ip || HeaderOf(packet) is not { } header)
        {
            return null;
        }

        var key = (packet.Frame.Port, ip.Source, ip.Destination, header.Identification);
        var parts = _parts.TryGetValue(key, out var known) ? known : _parts[key] = [];
        parts[header.FragmentOffset] = packet;
        var content = new List<byte>();
        foreach (var (offset, part) in parts)
        {
            if (offset != content.Count)
            {
                return null;
            }

            content.AddRange(ContentOf(part));
        }

        return HeaderOf(parts.Values.Last())!.HasMoreFragments ? null : Whole(parts[0], packet.Frame, [.. content]);
    }

    private static ExtensionHeaderLayer? HeaderOf(Packet packet) =>
        packet.Headers.FirstOrDefault(header => header.Type == IpProtocols.Fragment);

    private static ReadOnlySpan<byte> ContentOf(Packet part)
    {
        var ip = (Ipv6Layer)part.Ip!;
        var end = ip.Offset + Ipv6Layer.HeaderLength + ip.PayloadLength;
        return part.Frame.Bytes.Span[(HeaderOf(part)!.Offset + FragmentHeaderLength)..end];
    }

    /// <summary>The headers before the Fragment header of the first fragment, then the content of all.</summary>
    private static Packet Whole(Packet first, Frame last, byte[] content)
    {
        var header = HeaderOf(first)!;
        byte[] octets = [.. first.Frame.Bytes.Span[..header.Offset], .. content];
        var before = first.Headers.TakeWhile(each => each != header).LastOrDefault();
        octets[before?.Offset ?? first.IpOffset + NextHeaderOffset] = (byte)header.NextHeader;
        var length = (ushort)(octets.Length - first.IpOffset - Ipv6Layer.HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(first.IpOffset + PayloadLengthOffset), length);
        return Packet.Of(last with { Bytes = octets });
    }
}
