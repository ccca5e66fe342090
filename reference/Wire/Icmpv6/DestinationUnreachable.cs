namespace Pmip.Wire;

/// <summary>Destination Unreachable, RFC 4443, Section 3.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 1    |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                            Unused                             |
/// +---------------------------------------------------------------+
/// |             As much of the invoking packet as fits ...
/// +----------------------------------------------------------------
/// </code></remarks>
public sealed record DestinationUnreachable(byte Code, OctetString Invoking) : Icmpv6Message
{
    public const byte NoRoute = 0;
    public const byte AdministrativelyProhibited = 1;
    public const byte BeyondScope = 2;
    public const byte AddressUnreachable = 3;
    public const byte PortUnreachable = 4;
    public const byte SourceAddressFailedPolicy = 5;
    public const byte RejectRoute = 6;

    private const int UnusedOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv6Type.DestinationUnreachable;

    public override byte Code { get; } = Code;

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static DestinationUnreachable? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error) ? new DestinationUnreachable(code, new OctetString(body[InvokingOffset..])) : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[UnusedOffset..InvokingOffset].Clear();
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }
}
