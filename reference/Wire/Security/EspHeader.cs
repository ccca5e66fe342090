using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>The part of an ESP packet that is never encrypted, RFC 4303, Section 2. A receiver uses it to find the key.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |               Security Parameters Index (SPI)                 |
/// +---------------------------------------------------------------+
/// |                        Sequence Number                        |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="SecurityParametersIndex">Not zero; Section 2.1 forbids sending zero.</param>
/// <param name="SequenceNumber">The sequence number, or the lower half of an extended sequence number (Section 2.2.1).</param>
/// <exception cref="ArgumentOutOfRangeException">The index is zero.</exception>
public sealed record EspHeader(uint SecurityParametersIndex, uint SequenceNumber)
{
    /// <summary>The Next Header value that announces ESP.</summary>
    public const byte Protocol = 50;

    public const int Length = 8;

    public const int SecurityParametersIndexOffset = 0;
    public const int SequenceNumberOffset = 4;

    public uint SecurityParametersIndex
    {
        get;
        init => field = RequireIndex(value);
    } = RequireIndex(SecurityParametersIndex);

    /// <summary>Reads the header at the start of an ESP packet and ignores the rest.</summary>
    /// <param name="error"><c>Truncated</c>, or <c>SecurityParametersIndex</c>: the index is zero.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out EspHeader? header,
        [NotNullWhen(false)] out WireError? error
    )
    {
        error = Check(bytes);
        header = error is null
            ? new EspHeader(
                BinaryPrimitives.ReadUInt32BigEndian(bytes),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[SequenceNumberOffset..])
            )
            : null;
        return header is not null;
    }

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, SecurityParametersIndex);
        BinaryPrimitives.WriteUInt32BigEndian(destination[SequenceNumberOffset..], SequenceNumber);
    }

    private static WireError? Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length)
        {
            return WireError.Truncated(bytes.Length, Length, bytes.Length);
        }
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0
            ? new WireError(SecurityParametersIndexOffset, "SecurityParametersIndex", "zero")
            : null;
    }

    private static uint RequireIndex(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfZero(index);
        return index;
    }
}
