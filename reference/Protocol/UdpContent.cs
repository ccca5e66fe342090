namespace Pmip.Protocol;

/// <summary>What the datagrams to a UDP port contain, and so what a host reports of them.</summary>
public enum UdpContent
{
    /// <summary>Reported as <see cref="RoleInput.Udp"/>.</summary>
    Messages,

    /// <summary>Mobility Headers (RFC 5844, Section 4.1.3.2). Reported as <see cref="RoleInput.Signal"/>.</summary>
    MobilityHeaders,

    /// <summary>
    /// IPv6 packets, as in the drafts before RFC 5844. Those for this node with a Mobility Header are reported as
    /// <see cref="RoleInput.Signal"/>. All others are data of the tunnels that end at the port, which the role shares with them.
    /// </summary>
    MobilityHeadersInIpv6,
}
