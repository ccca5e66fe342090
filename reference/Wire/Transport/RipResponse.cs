namespace Pmip.Wire;

/// <summary>A route in a message of RIP.</summary>
/// <param name="Metric">1 to 15, or <see cref="Infinity"/> for a destination that cannot be reached.</param>
public sealed record RipRoute(IpPrefix Prefix, byte Metric)
{
    /// <summary>RFC 2080, Section 2.1, and RFC 2453, Section 3.6.</summary>
    public const byte Infinity = 16;
}

/// <summary>A response of RIP, by which a router announces routes over itself to its neighbours.</summary>
/// <param name="Routes">The routes, all of the family of the message.</param>
public abstract record RipResponse(IReadOnlyList<RipRoute> Routes)
{
    /// <summary>The payload of the datagram.</summary>
    public abstract byte[] ToBytes();
}
