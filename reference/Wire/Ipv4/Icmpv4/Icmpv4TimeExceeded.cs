namespace Pmip.Wire;

/// <summary>Time Exceeded, RFC 792.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 11   |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                            Unused                             |
/// +---------------------------------------------------------------+
/// |           IPv4 header and the beginning of its payload ...
/// +----------------------------------------------------------------
/// </code></remarks>
public sealed record Icmpv4TimeExceeded(byte Code, OctetString Invoking) : Icmpv4Message
{
    public const byte TimeToLiveExceeded = 0;
    public const byte ReassemblyTimeExceeded = 1;

    private const int UnusedOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv4Type.TimeExceeded;

    public override byte Code { get; } = Code;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static Icmpv4TimeExceeded? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error) ? new Icmpv4TimeExceeded(code, new OctetString(body[InvokingOffset..])) : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[UnusedOffset..InvokingOffset].Clear();
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
