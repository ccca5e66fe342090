using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Echo Reply, RFC 4443, Section 4.2. The code is written as 0 and ignored when read.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 129   |   Code = 0    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |          Identifier           |        Sequence Number        |
/// +-------------------------------+-------------------------------+
/// |                           Data ...
/// +----------------------------------------------------------------
/// </code></remarks>
public sealed record EchoReply(ushort Identifier, ushort SequenceNumber, OctetString Data) : Icmpv6Message
{
    private const int IdentifierOffset = 0;
    private const int SequenceNumberOffset = 2;
    private const int DataOffset = 4;

    public override byte Type => Icmpv6Type.EchoReply;

    public override byte Code => 0;

    private protected override int BodyLength => DataOffset + Data.Length;

    internal static EchoReply? ReadBody(ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, DataOffset, out error)
            ? new EchoReply(
                BinaryPrimitives.ReadUInt16BigEndian(body[IdentifierOffset..]),
                BinaryPrimitives.ReadUInt16BigEndian(body[SequenceNumberOffset..]),
                new OctetString(body[DataOffset..])
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt16BigEndian(body[IdentifierOffset..], Identifier);
        BinaryPrimitives.WriteUInt16BigEndian(body[SequenceNumberOffset..], SequenceNumber);
        Data.Span.CopyTo(body[DataOffset..]);
    }
}
