using Conformance.Testing.Drivers;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>Writes the extension headers of options that a scenario puts into a data packet (RFC 8200, Section 4.2).</summary>
internal static class OptionsHeaders
{
    private const int HeaderUnit = 8;
    private const byte PadN = 1;

    /// <summary>From the innermost header to the outermost.</summary>
    private static readonly (string Name, byte Type)[] _headers =
    [
        ("Destination Options", IpProtocol.DestinationOptions),
        ("Hop-by-Hop Options", IpProtocol.HopByHop),
    ];

    /// <summary>Puts the headers that the edits name before the payload of a packet.</summary>
    /// <param name="next">What the payload begins with.</param>
    /// <param name="header">The packet that the edits are about: <c>inner</c> or <c>outer</c>.</param>
    /// <returns>What the new payload begins with, and the payload.</returns>
    public static (byte Next, byte[] Payload) Before(byte next, byte[] payload, string header, PacketEdits edits)
    {
        foreach (var (name, type) in _headers)
        {
            if (edits.Options(header, name) is { } options)
            {
                (next, payload) = (type, [.. Header(next, options), .. payload]);
            }
        }

        return (next, payload);
    }

    /// <summary>A header of options, padded to a multiple of 8 octets.</summary>
    private static byte[] Header(byte next, byte[] options)
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
