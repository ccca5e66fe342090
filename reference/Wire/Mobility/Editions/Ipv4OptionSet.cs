namespace Pmip.Wire;

/// <summary>The options of IPv4 support that an edition knows.</summary>
[Flags]
public enum Ipv4OptionSet
{
    None = 0,

    /// <summary>Types 29, 30 and 32: IPv4 Home Address, IPv4 Address Acknowledgement and IPv4 Care-of Address.</summary>
    DualStack = 1,

    /// <summary>Type 31: NAT Detection.</summary>
    NatDetection = 2,

    /// <summary>Types 36, 37 and 39: IPv4 Home Address Request and Reply, and IPv4 DHCP Support Mode.</summary>
    ProxyMobile = 4,

    /// <summary>IPv4 Default-Router Address, with the type <see cref="WireEdition.Ipv4DefaultRouterType"/>.</summary>
    DefaultRouter = 8,

    /// <summary>The options of RFC 5555, Section 3; draft-ietf-netlmm-pmip6-ipv4-support-02 has no others.</summary>
    Rfc5555 = DualStack | NatDetection,

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Sections 3.1.2, 3.2.3 and 3.3.1.</summary>
    Draft04 = Rfc5555 | DefaultRouter,

    /// <summary>RFC 5844, Sections 3.3 and 4.2.2.</summary>
    Rfc5844 = NatDetection | ProxyMobile | DefaultRouter,
}
