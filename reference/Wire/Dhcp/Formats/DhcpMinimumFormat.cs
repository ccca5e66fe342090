using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// The data of an Interface MTU option, RFC 2132, Section 5.1, and of a Maximum DHCP Message Size option, Section 9.10: a number of octets
/// that is not less than a minimum.
/// </summary>
internal static class DhcpMinimumFormat
{
    internal const int Length = sizeof(ushort);

    /// <summary>The error <c>OptionLength</c>, or <c>Minimum</c> at the data, or null.</summary>
    /// <param name="name">What the number is, for the error.</param>
    internal static WireError? Check(ReadOnlySpan<byte> data, ushort minimum, string name) =>
        OptionLength.Check(data, Length) ?? (Read(data) >= minimum ? null : BelowMinimum(Read(data), minimum, name));

    internal static ushort Read(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    internal static void Write(Span<byte> data, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(data, value);

    private static WireError BelowMinimum(ushort value, ushort minimum, string name) =>
        new(DhcpOption.HeaderLength, "Minimum", $"{name} {value}, minimum {minimum}");
}
