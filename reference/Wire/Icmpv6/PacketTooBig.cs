using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Packet Too Big, RFC 4443, Section 3.2. The code is written as 0 and ignored when read.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 2    |   Code = 0    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                              MTU                              |
/// +---------------------------------------------------------------+
/// |             As much of the invoking packet as fits ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Mtu">MTU of the next-hop link in octets.</param>
public sealed record PacketTooBig(uint Mtu, OctetString Invoking) : Icmpv6Message
{
    private const int MtuOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv6Type.PacketTooBig;

    public override byte Code => 0;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static PacketTooBig? ReadBody(ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error)
            ? new PacketTooBig(BinaryPrimitives.ReadUInt32BigEndian(body[MtuOffset..]), new OctetString(body[InvokingOffset..]))
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt32BigEndian(body[MtuOffset..], Mtu);
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
