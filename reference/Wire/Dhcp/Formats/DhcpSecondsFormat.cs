using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of the options with a time in seconds, RFC 2132, Sections 9.2, 9.11 and 9.12.</summary>
internal static class DhcpSecondsFormat
{
    internal const int Length = sizeof(uint);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static uint Read(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32BigEndian(data);

    internal static void Write(Span<byte> data, uint seconds) => BinaryPrimitives.WriteUInt32BigEndian(data, seconds);
}
