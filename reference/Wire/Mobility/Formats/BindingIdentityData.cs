using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// The data of a Binding Identifier option, RFC 5648, Section 4.3, or of a Binding Unique Identifier sub-option,
/// draft-ietf-monami6-multiplecoa-04, Section 4.2.1, in place. The same bit of the flags has different meanings in the two.
/// </summary>
public readonly ref struct BindingIdentityData
{
    private const int BindingIdOffset = 0;
    private const int StatusOffset = 2;
    private const int FlagsOffset = 3;
    private const int CareOfAddressOffset = 4;
    private const int LengthWithIpv4Address = CareOfAddressOffset + Ipv4Octets.Length;
    private const int LengthWithIpv6Address = CareOfAddressOffset + Ipv6Octets.Length;

    /// <summary>RFC 5648: the H flag.</summary>
    internal const byte SimultaneousHomeAndForeignFlag = 0x80;

    /// <summary>The draft: the C flag.</summary>
    private const byte CareOfAddressFlag = 0x80;

    /// <summary>The draft: the O flag.</summary>
    private const byte OverwriteFlag = 0x40;

    /// <summary>The draft: the H flag.</summary>
    private const byte HomeBindingFlag = 0x20;

    private readonly ReadOnlySpan<byte> _data;

    internal BindingIdentityData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>1-65535, or the reserved value zero.</summary>
    public ushort BindingId => BinaryPrimitives.ReadUInt16BigEndian(_data[BindingIdOffset..]);

    public BindingStatus Status => (BindingStatus)_data[StatusOffset];

    /// <summary>RFC 5648: the H flag.</summary>
    public bool SimultaneousHomeAndForeign => (_data[FlagsOffset] & SimultaneousHomeAndForeignFlag) != 0;

    /// <summary>The draft: the O flag.</summary>
    public bool Overwrite => (_data[FlagsOffset] & OverwriteFlag) != 0;

    /// <summary>The draft: the H flag.</summary>
    public bool HomeBinding => (_data[FlagsOffset] & HomeBindingFlag) != 0;

    /// <summary>The care-of address: 0, 4 or 16 octets.</summary>
    public ReadOnlySpan<byte> CareOfAddress => _data[CareOfAddressOffset..];

    /// <summary>
    /// RFC 5648, Section 4.3: 2n, or 8n+2 with a care-of address. The draft does not specify an alignment; RFC 6275, Section 6.2, gives
    /// its fields the same natural boundaries.
    /// </summary>
    internal static (int Multiple, int Offset) AlignmentOf(int careOfAddressLength) => careOfAddressLength == 0 ? (2, 0) : (8, 2);

    internal static int LengthOf(int careOfAddressLength) => CareOfAddressOffset + careOfAddressLength;

    /// <summary>The flags of the draft.</summary>
    internal static byte DraftFlags(bool hasCareOfAddress, bool overwrite, bool homeBinding) =>
        (byte)((hasCareOfAddress ? CareOfAddressFlag : 0) | (overwrite ? OverwriteFlag : 0) | (homeBinding ? HomeBindingFlag : 0));

    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        data.Length is CareOfAddressOffset or LengthWithIpv4Address or LengthWithIpv6Address
            ? null
            : OptionLength.Other(data.Length, "4, 8 or 20");

    /// <summary>As <see cref="Check"/>, for the draft: <c>OptionLength</c>, or <c>CareOfAddressFlag</c> at the flags, or null.</summary>
    internal static WireError? CheckDraft(ReadOnlySpan<byte> data)
    {
        if (data.Length is not (CareOfAddressOffset or LengthWithIpv6Address))
        {
            return OptionLength.Other(data.Length, "4 or 20");
        }

        var hasFlag = (data[FlagsOffset] & CareOfAddressFlag) != 0;
        return hasFlag == (data.Length == LengthWithIpv6Address)
            ? null
            : new WireError(
                MobilityOption.HeaderLength + FlagsOffset,
                "CareOfAddressFlag",
                $"C flag {(hasFlag ? 1 : 0)} with length {data.Length}"
            );
    }

    internal static void Write(Span<byte> data, ushort bindingId, BindingStatus status, byte flags, ReadOnlySpan<byte> careOfAddress)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[BindingIdOffset..], bindingId);
        data[StatusOffset] = (byte)status;
        data[FlagsOffset] = flags;
        careOfAddress.CopyTo(data[CareOfAddressOffset..]);
    }
}
