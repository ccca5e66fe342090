using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Destination Unreachable with code 4: fragmentation needed and don't fragment set, RFC 1191, Section 4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 3    |   Code = 4    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |            Unused             |         Next-Hop MTU          |
/// +-------------------------------+-------------------------------+
/// |           IPv4 header and the beginning of its payload ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="NextHopMtu">MTU of the next-hop link in octets; 0 if the router does not specify it.</param>
public sealed record Icmpv4FragmentationNeeded(ushort NextHopMtu, OctetString Invoking) : Icmpv4Message
{
    internal const byte FragmentationNeededCode = 4;

    private const int UnusedOffset = 0;
    private const int NextHopMtuOffset = 2;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv4Type.DestinationUnreachable;

    public override byte Code => FragmentationNeededCode;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static Icmpv4FragmentationNeeded? ReadBody(ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error)
            ? new Icmpv4FragmentationNeeded(
                BinaryPrimitives.ReadUInt16BigEndian(body[NextHopMtuOffset..]),
                new OctetString(body[InvokingOffset..])
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[UnusedOffset..NextHopMtuOffset].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(body[NextHopMtuOffset..], NextHopMtu);
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
