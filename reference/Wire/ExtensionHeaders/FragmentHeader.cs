using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>Fragment header, RFC 8200, Section 4.5.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------+---+-+
/// |  Next Header  |   Reserved    |     Fragment Offset     |Res|M|
/// +---------------+---------------+-------------------------+---+-+
/// |                        Identification                         |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="NextHeader">In the first fragment: the type of the first header of the reassembled fragmentable part.</param>
/// <param name="OffsetUnits">Start of the fragment, in units of 8 octets, 13 bits.</param>
/// <param name="MoreFragments">The M flag.</param>
/// <param name="Identification">The same in all fragments of a packet.</param>
/// <exception cref="ArgumentOutOfRangeException">The offset has more than 13 bits.</exception>
public sealed record FragmentHeader(byte NextHeader, ushort OffsetUnits, bool MoreFragments, uint Identification)
    : WritableExtensionHeader(NextHeader)
{
    public const int ReservedOffset = 1;
    public const int FragmentOffsetOffset = 2;
    public const int IdentificationOffset = 4;

    private const int FixedLength = 8;
    private const ushort MaximumOffsetUnits = 0x1fff;
    private const int OffsetShift = 3;
    private const ushort MoreFragmentsFlag = 0x0001;

    public ushort OffsetUnits
    {
        get;
        init => field = RequireUnits(value);
    } = RequireUnits(OffsetUnits);

    public override byte Type => IpProtocol.Fragment;

    public override int Length => FixedLength;

    /// <summary>RFC 6946: whether the fragment is the whole packet.</summary>
    public bool IsAtomic => OffsetUnits == 0 && !MoreFragments;

    /// <summary>Reads a header that fills <paramref name="bytes"/>.</summary>
    /// <param name="error"><c>Truncated</c> or <c>TrailingOctets</c>.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out FragmentHeader? header,
        [NotNullWhen(false)] out WireError? error
    )
    {
        header = null;
        error = CheckExtent(bytes, FixedLength);
        if (error is not null)
        {
            return false;
        }

        var offset = BinaryPrimitives.ReadUInt16BigEndian(bytes[FragmentOffsetOffset..]);
        header = new FragmentHeader(
            bytes[NextHeaderOffset],
            (ushort)(offset >> OffsetShift),
            (offset & MoreFragmentsFlag) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(bytes[IdentificationOffset..])
        );
        return true;
    }

    private protected override void WriteData(Span<byte> header)
    {
        header[ReservedOffset] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(
            header[FragmentOffsetOffset..],
            (ushort)((OffsetUnits << OffsetShift) | (MoreFragments ? MoreFragmentsFlag : 0))
        );
        BinaryPrimitives.WriteUInt32BigEndian(header[IdentificationOffset..], Identification);
    }

    private static ushort RequireUnits(ushort units)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, MaximumOffsetUnits);
        return units;
    }
}
