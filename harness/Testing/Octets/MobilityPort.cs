namespace Conformance.Testing.Octets;

/// <summary>The UDP ports that tell the tester what a datagram over IPv4 contains.</summary>
public static class MobilityPort
{
    /// <summary>RFC 5844, Section 6: a Mobility Header directly behind the UDP header.</summary>
    public const int Control = 5436;

    /// <summary>RFC 5844, Section 6: a tunnelled packet directly behind the UDP header.</summary>
    public const int Data = 5437;

    /// <summary>
    /// The port of Dual-Stack Mobile IPv6 (RFC 5555, Section 8), unless an IXIT has another one: an IPv4 or IPv6 packet behind the UDP
    /// header, possibly with a TLV header before it. The drafts before RFC 5844 leave the number open.
    /// </summary>
    public const int DualStack = 4191;
}
