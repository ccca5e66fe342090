namespace Conformance.TestBeds;

/// <summary>How the NAT of a domain binds addresses and ports, on every bed.</summary>
public static class NatBindings
{
    /// <summary>The first and the last port that it gives.</summary>
    public const ushort FirstPort = 40000,
        LastPort = 49999;

    /// <summary>
    /// How long a binding lasts without a datagram: less than the minimum of RFC 4787, Section 4.3, so that scenarios can wait for it.
    /// </summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);
}
