using System.Net;

namespace Pmip.Wire;

/// <summary>Neighbor Advertisement, RFC 4861, Section 4.4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 136   |   Code = 0    |           Checksum            |
/// +-+-+-+---------+---------------+-------------------------------+
/// |R|S|O|                       Reserved                          |
/// +-+-+-+---------------------------------------------------------+
/// |                      Target Address (16)                      |
/// +---------------------------------------------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <exception cref="ArgumentException">The target is not an IPv6 address.</exception>
public sealed record NeighborAdvertisement(IPAddress Target, bool Router, bool Solicited, bool Override, NdOptionList Options)
    : Icmpv6Message
{
    private const int FlagsOffset = 0;
    private const int ReservedOffset = 1;
    private const int TargetOffset = 4;
    private const int OptionsOffset = 20;
    private const byte RouterFlag = 0x80;
    private const byte SolicitedFlag = 0x40;
    private const byte OverrideFlag = 0x20;

    public IPAddress Target
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Target);

    public override byte Type => Icmpv6Type.NeighborAdvertisement;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static NeighborAdvertisement? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadNeighborDiscovery(code, body, OptionsOffset, out var options, out error)
            ? new NeighborAdvertisement(
                Ipv6Octets.Read(body[TargetOffset..]),
                (body[FlagsOffset] & RouterFlag) != 0,
                (body[FlagsOffset] & SolicitedFlag) != 0,
                (body[FlagsOffset] & OverrideFlag) != 0,
                options
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[FlagsOffset] = (byte)((Router ? RouterFlag : 0) | (Solicited ? SolicitedFlag : 0) | (Override ? OverrideFlag : 0));
        body[ReservedOffset..TargetOffset].Clear();
        Ipv6Octets.Write(Target, body[TargetOffset..]);
        Options.Write(body[OptionsOffset..]);
    }
}
