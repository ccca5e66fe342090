namespace Pmip.Wire;

/// <summary>Values of the Protocol field in addition to <see cref="IpProtocol"/>; the Next Header field uses the same registry.</summary>
public static class Ipv4Protocol
{
    /// <summary>RFC 792.</summary>
    public const byte Icmp = 1;

    /// <summary>An IPv4 packet in an IP packet, RFC 2003 and RFC 2473.</summary>
    public const byte Ipv4 = 4;

    /// <summary>RFC 768.</summary>
    public const byte Udp = 17;
}
