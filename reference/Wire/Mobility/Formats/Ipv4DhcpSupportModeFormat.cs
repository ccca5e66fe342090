using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of an IPv4 DHCP Support Mode option, RFC 5844, Section 3.3.4: Reserved, and the S flag as its last bit.</summary>
internal static class Ipv4DhcpSupportModeFormat
{
    private const ushort ActsAsServerFlag = 0x0001;

    internal const int Length = sizeof(ushort);

    internal static (int Multiple, int Offset) Alignment => OptionPadding.AnyAlignment;

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static bool Read(ReadOnlySpan<byte> data) => (BinaryPrimitives.ReadUInt16BigEndian(data) & ActsAsServerFlag) != 0;

    internal static void Write(Span<byte> data, bool actsAsServer) =>
        BinaryPrimitives.WriteUInt16BigEndian(data, actsAsServer ? ActsAsServerFlag : (ushort)0);
}
