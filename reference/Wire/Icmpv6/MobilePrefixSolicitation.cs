using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// Mobile Prefix Solicitation, RFC 6275, Section 6.7: a mobile node away from home asks its home agent for the prefixes of the home link.
/// The code is written as 0 and ignored when read.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 146   |   Code = 0    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |          Identifier           |           Reserved            |
/// +-------------------------------+-------------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Identifier">The advertisement that answers repeats this value.</param>
public sealed record MobilePrefixSolicitation(ushort Identifier, NdOptionList Options) : Icmpv6Message
{
    private const int IdentifierOffset = 0;
    private const int ReservedOffset = 2;
    private const int OptionsOffset = 4;

    public override byte Type => Icmpv6Type.MobilePrefixSolicitation;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static MobilePrefixSolicitation? ReadBody(ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadOptions(body, OptionsOffset, out var options, out error)
            ? new MobilePrefixSolicitation(BinaryPrimitives.ReadUInt16BigEndian(body[IdentifierOffset..]), options)
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt16BigEndian(body[IdentifierOffset..], Identifier);
        body[ReservedOffset..OptionsOffset].Clear();
        Options.Write(body[OptionsOffset..]);
    }
}
