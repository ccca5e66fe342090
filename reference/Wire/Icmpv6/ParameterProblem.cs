using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Parameter Problem, RFC 4443, Section 3.4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 4    |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                            Pointer                            |
/// +---------------------------------------------------------------+
/// |             As much of the invoking packet as fits ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Pointer">Offset of the error in octets from the start of the invoking packet.</param>
public sealed record ParameterProblem(byte Code, uint Pointer, OctetString Invoking) : Icmpv6Message
{
    public const byte ErroneousHeaderField = 0;
    public const byte UnrecognizedNextHeader = 1;
    public const byte UnrecognizedOption = 2;

    /// <summary>RFC 7112, Section 4.</summary>
    public const byte IncompleteHeaderChain = 3;

    private const int PointerOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv6Type.ParameterProblem;

    public override byte Code { get; } = Code;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static ParameterProblem? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error)
            ? new ParameterProblem(
                code,
                BinaryPrimitives.ReadUInt32BigEndian(body[PointerOffset..]),
                new OctetString(body[InvokingOffset..])
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt32BigEndian(body[PointerOffset..], Pointer);
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
