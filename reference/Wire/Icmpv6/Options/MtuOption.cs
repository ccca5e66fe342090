using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>MTU option, RFC 4861, Section 4.6.4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 5    |  Length = 1   |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                              MTU                              |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Mtu">MTU of the link in octets.</param>
public sealed record MtuOption(uint Mtu) : NdOption
{
    private const int ReservedOffset = 0;
    private const int MtuOffset = 2;
    private const int FixedDataLength = 6;

    public override byte Type => (byte)NdOptionType.Mtu;

    public override int DataLength => FixedDataLength;

    public override void WriteData(Span<byte> destination)
    {
        destination[ReservedOffset..MtuOffset].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(destination[MtuOffset..], Mtu);
    }

    internal static MtuOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) ? new MtuOption(BinaryPrimitives.ReadUInt32BigEndian(data[MtuOffset..])) : null;
}
