namespace Pmip.Wire;

/// <summary>Router Solicitation, RFC 4861, Section 4.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 133   |   Code = 0    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                           Reserved                            |
/// +---------------------------------------------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
public sealed record RouterSolicitation(NdOptionList Options) : Icmpv6Message
{
    private const int ReservedOffset = 0;
    private const int OptionsOffset = 4;

    public override byte Type => Icmpv6Type.RouterSolicitation;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static RouterSolicitation? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadNeighborDiscovery(code, body, OptionsOffset, out var options, out error) ? new RouterSolicitation(options) : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[ReservedOffset..OptionsOffset].Clear();
        Options.Write(body[OptionsOffset..]);
    }
}
