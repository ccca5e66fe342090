namespace Pmip.Wire;

/// <summary>What is in front of a packet in a tunnel. Packets of both families go through a tunnel of any mode.</summary>
public enum TunnelMode
{
    /// <summary>An IPv6 header, RFC 2473.</summary>
    Ipv6,

    /// <summary>An IPv4 header, RFC 4213, Section 3, and RFC 2003.</summary>
    Ipv4,

    /// <summary>An IPv4 and a UDP header, RFC 5844, Section 4.1.4.1.</summary>
    Ipv4Udp,

    /// <summary>An IPv4, a UDP and a TLV header, draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.4.1.</summary>
    Ipv4UdpTlv,

    /// <summary>An IPv6 header and ESP in tunnel mode, RFC 4303, Section 3.1.2.</summary>
    EspTunnel,
}
