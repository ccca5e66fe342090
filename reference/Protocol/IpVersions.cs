namespace Pmip.Protocol;

/// <summary>The versions of IP for which a mobile node is authorized (RFC 5844, Section 3.2.2).</summary>
[Flags]
public enum IpVersions
{
    None = 0,
    Ipv4 = 1,
    Ipv6 = 2,
    Both = Ipv4 | Ipv6,
}
