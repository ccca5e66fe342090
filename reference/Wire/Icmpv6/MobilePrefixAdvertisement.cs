using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// Mobile Prefix Advertisement, RFC 6275, Section 6.8: the prefixes of the home link, from the home agent to a mobile node away from home.
/// The code is written as 0 and ignored when read.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 147   |   Code = 0    |           Checksum            |
/// +---------------+---------------+-+-+---------------------------+
/// |          Identifier           |M|O|         Reserved          |
/// +-------------------------------+-+-+---------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Identifier">The identifier of the solicitation that this advertisement answers.</param>
public sealed record MobilePrefixAdvertisement(ushort Identifier, bool Managed, bool OtherConfig, NdOptionList Options) : Icmpv6Message
{
    private const int IdentifierOffset = 0;
    private const int FlagsOffset = 2;
    private const int OptionsOffset = 4;
    private const byte ManagedFlag = 0x80;
    private const byte OtherConfigFlag = 0x40;

    public override byte Type => Icmpv6Type.MobilePrefixAdvertisement;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static MobilePrefixAdvertisement? ReadBody(ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadOptions(body, OptionsOffset, out var options, out error)
            ? new MobilePrefixAdvertisement(
                BinaryPrimitives.ReadUInt16BigEndian(body[IdentifierOffset..]),
                (body[FlagsOffset] & ManagedFlag) != 0,
                (body[FlagsOffset] & OtherConfigFlag) != 0,
                options
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt16BigEndian(body[IdentifierOffset..], Identifier);
        body[FlagsOffset..OptionsOffset].Clear();
        body[FlagsOffset] = (byte)((Managed ? ManagedFlag : 0) | (OtherConfig ? OtherConfigFlag : 0));
        Options.Write(body[OptionsOffset..]);
    }
}
