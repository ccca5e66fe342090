using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Home Test, RFC 6275, Section 6.1.5.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +-------------------------------+
///                                 |       Home Nonce Index        |
/// +-------------------------------+-------------------------------+
/// |                     Home Init Cookie (8)                      |
/// +---------------------------------------------------------------+
/// |                     Home Keygen Token (8)                     |
/// +---------------------------------------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="NonceIndex">The index that a Binding Update returns in its <see cref="NonceIndicesOption"/>.</param>
/// <param name="Cookie">The cookie of the <see cref="HomeTestInit"/> that this message answers.</param>
/// <param name="KeygenToken">One of the two tokens from which the binding management key is computed.</param>
/// <exception cref="ArgumentException">The options do not fit into a Mobility Header.</exception>
public sealed record HomeTest(ushort NonceIndex, ulong Cookie, ulong KeygenToken, MobilityOptionList Options) : MobilityMessage
{
    public const int NonceIndexOffset = 6;
    public const int CookieOffset = 8;
    public const int KeygenTokenOffset = 16;
    public const int OptionsOffset = 24;

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.HomeTest;

    public override int Length => Options.EndFrom(OptionsOffset);

    internal static HomeTest Read(ReadOnlySpan<byte> message, MobilityOptionList options) =>
        new(
            BinaryPrimitives.ReadUInt16BigEndian(message[NonceIndexOffset..]),
            BinaryPrimitives.ReadUInt64BigEndian(message[CookieOffset..]),
            BinaryPrimitives.ReadUInt64BigEndian(message[KeygenTokenOffset..]),
            options
        );

    private protected override void WriteData(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[NonceIndexOffset..], NonceIndex);
        BinaryPrimitives.WriteUInt64BigEndian(message[CookieOffset..], Cookie);
        BinaryPrimitives.WriteUInt64BigEndian(message[KeygenTokenOffset..], KeygenToken);
        Options.Write(message, OptionsOffset);
    }
}
