using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>Writes the extension headers of options that a scenario puts into a data packet (RFC 8200, Section 4.2).</summary>
internal static class OptionsHeaders
{
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
                (next, payload) = (type, [.. OptionsHeader.Of(next, options), .. payload]);
            }
        }

        return (next, payload);
    }
}
