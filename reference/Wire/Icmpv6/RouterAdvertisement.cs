using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Router Advertisement, RFC 4861, Section 4.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 134   |   Code = 0    |           Checksum            |
/// +---------------+-+-+-----------+-------------------------------+
/// | Cur Hop Limit |M|O| Reserved  |        Router Lifetime        |
/// +---------------+-+-+-----------+-------------------------------+
/// |                        Reachable Time                         |
/// +---------------------------------------------------------------+
/// |                         Retrans Timer                         |
/// +---------------------------------------------------------------+
/// |                          Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="CurHopLimit">0 if the router does not specify a value.</param>
/// <param name="RouterLifetimeSeconds">0 if the router is not a default router.</param>
/// <param name="ReachableTimeMilliseconds">0 if the router does not specify a value.</param>
/// <param name="RetransTimerMilliseconds">0 if the router does not specify a value.</param>
public sealed record RouterAdvertisement(
    byte CurHopLimit,
    bool Managed,
    bool OtherConfig,
    ushort RouterLifetimeSeconds,
    uint ReachableTimeMilliseconds,
    uint RetransTimerMilliseconds,
    NdOptionList Options
) : Icmpv6Message
{
    private const int CurHopLimitOffset = 0;
    private const int FlagsOffset = 1;
    private const int RouterLifetimeOffset = 2;
    private const int ReachableTimeOffset = 4;
    private const int RetransTimerOffset = 8;
    private const int OptionsOffset = 12;
    private const byte ManagedFlag = 0x80;
    private const byte OtherConfigFlag = 0x40;

    public override byte Type => Icmpv6Type.RouterAdvertisement;

    public override byte Code => 0;

    private protected override int BodyLength => OptionsOffset + Options.Length;

    internal static RouterAdvertisement? ReadBody(byte code, ReadOnlySpan<byte> body, out WireError? error) =>
        TryReadNeighborDiscovery(code, body, OptionsOffset, out var options, out error)
            ? new RouterAdvertisement(
                body[CurHopLimitOffset],
                (body[FlagsOffset] & ManagedFlag) != 0,
                (body[FlagsOffset] & OtherConfigFlag) != 0,
                BinaryPrimitives.ReadUInt16BigEndian(body[RouterLifetimeOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[ReachableTimeOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[RetransTimerOffset..]),
                options
            )
            : null;

    private protected override void WriteBody(Span<byte> body)
    {
        body[CurHopLimitOffset] = CurHopLimit;
        body[FlagsOffset] = (byte)((Managed ? ManagedFlag : 0) | (OtherConfig ? OtherConfigFlag : 0));
        BinaryPrimitives.WriteUInt16BigEndian(body[RouterLifetimeOffset..], RouterLifetimeSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(body[ReachableTimeOffset..], ReachableTimeMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(body[RetransTimerOffset..], RetransTimerMilliseconds);
        Options.Write(body[OptionsOffset..]);
    }
}
