namespace Pmip.Protocol.MobileIpv6;

/// <summary>Where a mobile node is, as its policy has it.</summary>
public enum MobileNodeAttachment
{
    /// <summary>It uses foreign links only.</summary>
    Away,

    /// <summary>It uses its home link only.</summary>
    Home,

    /// <summary>It uses its home link and foreign links, by a home binding (RFC 5648, Section 5.6).</summary>
    Both,
}

/// <summary>How the home address is used on the home link.</summary>
public enum HomeAddressUse
{
    None,

    /// <summary>With Neighbor Discovery.</summary>
    Defended,

    /// <summary>Without (RFC 5648, Section 5.6.4).</summary>
    Silent,
}
