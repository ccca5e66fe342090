namespace Pmip.Wire;

/// <summary>Parameter Problem, RFC 792.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 12   |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |    Pointer    |                    Unused                     |
/// +---------------+-----------------------------------------------+
/// |           IPv4 header and the beginning of its payload ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Code">0: the pointer shows the error.</param>
/// <param name="Pointer">Offset of the error in octets from the start of the invoking packet.</param>
public sealed record Icmpv4ParameterProblem(byte Code, byte Pointer, OctetString Invoking) : Icmpv4Message
{
    public const byte PointerShowsError = 0;

    private const int PointerOffset = 0;
    private const int UnusedOffset = 1;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv4Type.ParameterProblem;

    public override byte Code { get; } = Code;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static Icmpv4ParameterProblem? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error)
            ? new Icmpv4ParameterProblem(code, body[PointerOffset], new OctetString(body[InvokingOffset..]))
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[PointerOffset] = Pointer;
        body[UnusedOffset..InvokingOffset].Clear();
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
