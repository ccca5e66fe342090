using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a Vendor Specific option in place, RFC 5094, Section 3.</summary>
public readonly ref struct VendorSpecificData
{
    private const int VendorIdOffset = 0;
    private const int SubtypeOffset = 4;

    internal const int ContentOffset = 5;

    private readonly ReadOnlySpan<byte> _data;

    internal VendorSpecificData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>The private enterprise number of the vendor.</summary>
    public uint VendorId => BinaryPrimitives.ReadUInt32BigEndian(_data[VendorIdOffset..]);

    public byte Subtype => _data[SubtypeOffset];

    /// <summary>What the vendor defines, up to the end of the option.</summary>
    public ReadOnlySpan<byte> Content => _data[ContentOffset..];

    internal static (int Multiple, int Offset) Alignment => (4, 2);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.CheckFrom(data, ContentOffset);

    internal static void Write(Span<byte> data, uint vendorId, byte subtype, ReadOnlySpan<byte> content)
    {
        BinaryPrimitives.WriteUInt32BigEndian(data[VendorIdOffset..], vendorId);
        data[SubtypeOffset] = subtype;
        content.CopyTo(data[ContentOffset..]);
    }
}
