using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// The data of an IPv4 Care-of Address option, RFC 5555, Section 3.1.2, and of an IPv4 Default-Router Address option, RFC 5844,
/// Section 3.3.3: Reserved, address.
/// </summary>
internal static class Ipv4AddressFormat
{
    private const int ReservedOffset = 0;
    private const int AddressOffset = 2;

    internal const int Length = AddressOffset + Ipv4Octets.Length;

    internal static (int Multiple, int Offset) Alignment => (4, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> data) => data[AddressOffset..];

    internal static void Write(Span<byte> data, ReadOnlySpan<byte> address)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[ReservedOffset..], 0);
        address[..Ipv4Octets.Length].CopyTo(data[AddressOffset..]);
    }
}
