using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Home Test Init, RFC 6275, Section 6.1.3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +-------------------------------+
///                                 |           Reserved            |
/// +-------------------------------+-------------------------------+
/// |                     Home Init Cookie (8)                      |
/// +---------------------------------------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Cookie">The cookie that the answer, a <see cref="HomeTest"/>, must return.</param>
/// <exception cref="ArgumentException">The options do not fit into a Mobility Header.</exception>
public sealed record HomeTestInit(ulong Cookie, MobilityOptionList Options) : MobilityMessage
{
    public const int ReservedOffset = 6;
    public const int CookieOffset = 8;
    public const int OptionsOffset = 16;

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.HomeTestInit;

    public override int Length => Options.EndFrom(OptionsOffset);

    internal static HomeTestInit Read(ReadOnlySpan<byte> message, MobilityOptionList options) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(message[CookieOffset..]), options);

    private protected override void WriteData(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[ReservedOffset..], 0);
        BinaryPrimitives.WriteUInt64BigEndian(message[CookieOffset..], Cookie);
        Options.Write(message, OptionsOffset);
    }
}
