namespace Pmip.Wire;

/// <summary>Time Exceeded, RFC 4443, Section 3.3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 3    |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                            Unused                             |
/// +---------------------------------------------------------------+
/// |             As much of the invoking packet as fits ...
/// +----------------------------------------------------------------
/// </code></remarks>
public sealed record TimeExceeded(byte Code, OctetString Invoking) : Icmpv6Message
{
    public const byte HopLimitExceeded = 0;
    public const byte ReassemblyTimeExceeded = 1;

    private const int UnusedOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv6Type.TimeExceeded;

    public override byte Code { get; } = Code;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static TimeExceeded? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error) ? new TimeExceeded(code, new OctetString(body[InvokingOffset..])) : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[UnusedOffset..InvokingOffset].Clear();
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
