namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a mobile node does on its home link while it has foreign links besides, RFC 5648, Sections 5.5 and 5.6.</summary>
public enum ReturnPolicy
{
    /// <summary>It returns home, and its bindings at the home agent end (Section 5.5.1).</summary>
    HomeOnly,

    /// <summary>It does not use the home link (Section 5.5.2).</summary>
    ForeignOnly,

    /// <summary>It uses both, by a home binding (Section 5.6).</summary>
    Simultaneous,
}
