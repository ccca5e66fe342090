using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a Nonce Indices option in place, RFC 6275, Section 6.2.6.</summary>
public readonly ref struct NonceIndicesData
{
    private const int HomeNonceIndexOffset = 0;
    private const int CareOfNonceIndexOffset = 2;

    internal const int Length = 4;

    private readonly ReadOnlySpan<byte> _data;

    internal NonceIndicesData(ReadOnlySpan<byte> data) => _data = data;

    public ushort HomeNonceIndex => BinaryPrimitives.ReadUInt16BigEndian(_data[HomeNonceIndexOffset..]);

    public ushort CareOfNonceIndex => BinaryPrimitives.ReadUInt16BigEndian(_data[CareOfNonceIndexOffset..]);

    internal static (int Multiple, int Offset) Alignment => (2, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static void Write(Span<byte> data, ushort homeNonceIndex, ushort careOfNonceIndex)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[HomeNonceIndexOffset..], homeNonceIndex);
        BinaryPrimitives.WriteUInt16BigEndian(data[CareOfNonceIndexOffset..], careOfNonceIndex);
    }
}
