using System.Net;

namespace Pmip.Wire;

/// <summary>Neighbor Solicitation, RFC 4861, Section 4.3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 135   |   Code = 0    |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                           Reserved                            |
/// +---------------------------------------------------------------+
/// |                      Target Address (16)                      |
/// +---------------------------------------------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <exception cref="ArgumentException">The target is not an IPv6 address.</exception>
public sealed record NeighborSolicitation(IPAddress Target, NdOptionList Options) : Icmpv6Message
{
    private const int ReservedOffset = 0;
    private const int TargetOffset = 4;
    private const int OptionsOffset = 20;

    public IPAddress Target
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Target);

    public override byte Type => Icmpv6Type.NeighborSolicitation;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static NeighborSolicitation? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadNeighborDiscovery(code, body, OptionsOffset, out var options, out error)
            ? new NeighborSolicitation(Ipv6Octets.Read(body[TargetOffset..]), options)
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[ReservedOffset..TargetOffset].Clear();
        Ipv6Octets.Write(Target, body[TargetOffset..]);
        Options.Write(body[OptionsOffset..]);
    }
}
