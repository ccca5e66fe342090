namespace Pmip.Wire;

/// <summary>UDP ports of the supported protocols.</summary>
public static class UdpPort
{
    /// <summary>RFC 2131, Section 4.1: messages to a server or relay agent.</summary>
    public const ushort DhcpServer = 67;

    /// <summary>RFC 2131, Section 4.1: messages to a client.</summary>
    public const ushort DhcpClient = 68;

    /// <summary>RFC 2453, Section 3.6.</summary>
    public const ushort Rip = 520;

    /// <summary>RFC 2080, Section 2.1.</summary>
    public const ushort Ripng = 521;

    /// <summary>RFC 8415, Section 7.2.</summary>
    public const ushort Dhcpv6Client = 546;

    /// <summary>RFC 8415, Section 7.2: servers and relay agents.</summary>
    public const ushort Dhcpv6Server = 547;

    /// <summary>RFC 5555, Section 9: signaling and data of dual-stack Mobile IPv6, which drafts before RFC 5844 use.</summary>
    public const ushort DualStackMobileIpv6 = 4191;

    /// <summary>RFC 5844, Section 6: pmip6-cntl.</summary>
    public const ushort ProxyMobileIpv6Control = 5436;

    /// <summary>RFC 5844, Section 6: pmip6-data.</summary>
    public const ushort ProxyMobileIpv6Data = 5437;
}
