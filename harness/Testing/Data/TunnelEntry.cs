using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>Sends packets in tunnels (RFC 2473).</summary>
internal static class TunnelEntry
{
    private const int HeaderUnit = 8;
    private const byte PadN = 1;

    public static Frame Send(TestSession session, EmulatedNetwork network, string from, string to, Ipv6Packet inner, PacketEdits edits)
    {
        var entry = network.Named(from, Ports.Core);
        var source = edits.Of("outer", "source") is { } named ? session.AddressOf(named) : entry.Address;
        var destination = session.AddressOf(to);
        var (next, payload) = (IpProtocol.Ipv6, inner.ToBytes());

        // From the innermost header to the outermost.
        foreach (
            var (name, type) in ((string, byte)[])
                [("Destination Options", IpProtocol.DestinationOptions), ("Hop-by-Hop Options", IpProtocol.HopByHop)]
        )
        {
            if (edits.OuterOptions(name) is { } options)
            {
                (next, payload) = (type, [.. OptionsHeader(next, options), .. payload]);
            }
        }

        var packet = new Ipv6Packet(source, destination, next, payload) { TrafficClass = (byte)edits.Ecn("outer") };
        return network.Send(entry, destination, packet);
    }

    /// <summary>A header of options, padded to a multiple of 8 octets (RFC 8200, Section 4.2).</summary>
    private static byte[] OptionsHeader(byte next, byte[] options)
    {
        var length = (2 + options.Length + HeaderUnit - 1) / HeaderUnit * HeaderUnit;
        var header = new byte[length];
        (header[0], header[1]) = (next, (byte)((length / HeaderUnit) - 1));
        options.CopyTo(header, 2);
        var padding = length - 2 - options.Length;

        // A single octet of padding is Pad1, which is zero.
        if (padding > 1)
        {
            (header[2 + options.Length], header[3 + options.Length]) = (PadN, (byte)(padding - 2));
        }

        return header;
    }
}
