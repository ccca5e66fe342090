namespace Pmip.Wire;

/// <summary>Destination Unreachable, RFC 792, except code 4, which is <see cref="Icmpv4FragmentationNeeded"/>.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 3    |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                            Unused                             |
/// +---------------------------------------------------------------+
/// |           IPv4 header and the beginning of its payload ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Code">Not 4.</param>
/// <exception cref="ArgumentException">The code is 4.</exception>
public sealed record Icmpv4DestinationUnreachable(byte Code, OctetString Invoking) : Icmpv4Message
{
    public const byte NetworkUnreachable = 0;
    public const byte HostUnreachable = 1;
    public const byte ProtocolUnreachable = 2;
    public const byte PortUnreachable = 3;
    public const byte SourceRouteFailed = 5;

    /// <summary>RFC 1812, Section 5.2.7.1.</summary>
    public const byte CommunicationProhibited = 13;

    private const int UnusedOffset = 0;
    private const int InvokingOffset = 4;

    public override byte Type => Icmpv4Type.DestinationUnreachable;

    public override byte Code { get; } = RequireOther(Code);

    private protected override int BodyLength => InvokingOffset + Invoking.Length;

    internal static Icmpv4DestinationUnreachable? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        HasFixedPart(body, InvokingOffset, out error)
            ? new Icmpv4DestinationUnreachable(code, new OctetString(body[InvokingOffset..]))
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[UnusedOffset..InvokingOffset].Clear();
        Invoking.Span.CopyTo(body[InvokingOffset..]);
    }

    private static byte RequireOther(byte code) =>
        code == Icmpv4FragmentationNeeded.FragmentationNeededCode
            ? throw new ArgumentException($"Code {code} has a dedicated record.", nameof(code))
            : code;
}
