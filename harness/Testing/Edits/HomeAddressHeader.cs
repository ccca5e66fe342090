using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>The Destination Options header with a Home Address option, whose alignment is 8n+6 (RFC 6275, Section 6.3).</summary>
internal static class HomeAddressHeader
{
    private const byte PadN = 1;
    private const byte AddressLength = 16;

    /// <summary>The octets of the header.</summary>
    /// <param name="next">The number of what follows it.</param>
    public static byte[] Of(byte next, IPAddress home) =>
        OptionsHeader.Of(next, [PadN, 2, 0, 0, HomeAddressOption.OptionType, AddressLength, .. home.GetAddressBytes()]);

    /// <summary>A packet from a care-of address with the option.</summary>
    public static Ipv6Packet Before(IPAddress careOf, IPAddress destination, IPAddress home, byte next, byte[] payload) =>
        new(careOf, destination, IpProtocol.DestinationOptions, (byte[])[.. Of(next, home), .. payload]);
}
