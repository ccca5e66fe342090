namespace Pmip.Wire;

/// <summary>Values of the Next Header field.</summary>
public static class IpProtocol
{
    /// <summary>RFC 8200, Section 4.3.</summary>
    public const byte HopByHop = 0;

    /// <summary>An IPv6 packet in an IPv6 packet, RFC 2473.</summary>
    public const byte Ipv6 = 41;

    /// <inheritdoc cref="Ipv6"/>
    public const byte Ipv6InIpv6 = Ipv6;

    /// <summary>RFC 8200, Section 4.4.</summary>
    public const byte Routing = 43;

    /// <summary>RFC 8200, Section 4.5.</summary>
    public const byte Fragment = 44;

    /// <summary>RFC 4303.</summary>
    public const byte Esp = 50;

    /// <summary>RFC 4443.</summary>
    public const byte Icmpv6 = 58;

    /// <summary>RFC 8200, Section 4.7.</summary>
    public const byte NoNextHeader = 59;

    /// <summary>RFC 8200, Section 4.6.</summary>
    public const byte DestinationOptions = 60;

    /// <summary>RFC 6275, Section 6.1.</summary>
    public const byte MobilityHeader = 135;
}
