using System.Net;

namespace Pmip.Wire;

/// <summary>
/// The data of an Alternate Care-of Address option, RFC 6275, Section 6.2.5, and of a Link-local Address option, RFC 5213, Section 8.7:
/// an address.
/// </summary>
internal static class Ipv6AddressFormat
{
    internal const int Length = Ipv6Octets.Length;

    internal static (int Multiple, int Offset) Alignment => (8, 6);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static void Write(Span<byte> data, ReadOnlySpan<byte> address) => address[..Ipv6Octets.Length].CopyTo(data);

    internal static void Write(Span<byte> data, IPAddress address) => Ipv6Octets.Write(address, data);
}
