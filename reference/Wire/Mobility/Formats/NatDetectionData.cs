using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a NAT Detection option in place, RFC 5555, Section 3.2.2.</summary>
public readonly ref struct NatDetectionData
{
    private const int FlagsOffset = 0;
    private const ushort ForcesUdpFlag = 0x8000;
    private const int RefreshTimeOffset = 2;

    internal const int Length = 6;

    private readonly ReadOnlySpan<byte> _data;

    internal NatDetectionData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>The F flag.</summary>
    public bool ForcesUdp => (BinaryPrimitives.ReadUInt16BigEndian(_data[FlagsOffset..]) & ForcesUdpFlag) != 0;

    /// <summary>Seconds between keepalives; <see cref="NatDetectionOption.NoKeepaliveNeeded"/> for none.</summary>
    public uint RefreshTimeSeconds => BinaryPrimitives.ReadUInt32BigEndian(_data[RefreshTimeOffset..]);

    internal static (int Multiple, int Offset) Alignment => (4, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static void Write(Span<byte> data, bool forcesUdp, uint refreshTimeSeconds)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[FlagsOffset..], forcesUdp ? ForcesUdpFlag : (ushort)0);
        BinaryPrimitives.WriteUInt32BigEndian(data[RefreshTimeOffset..], refreshTimeSeconds);
    }
}
