namespace Pmip.Wire;

/// <summary>Types of ICMPv6 messages that have a dedicated record.</summary>
public static class Icmpv6Type
{
    /// <summary>RFC 4443, Section 3.1.</summary>
    public const byte DestinationUnreachable = 1;

    /// <summary>RFC 4443, Section 3.2.</summary>
    public const byte PacketTooBig = 2;

    /// <summary>RFC 4443, Section 3.3.</summary>
    public const byte TimeExceeded = 3;

    /// <summary>RFC 4443, Section 3.4.</summary>
    public const byte ParameterProblem = 4;

    /// <summary>RFC 4443, Section 4.1.</summary>
    public const byte EchoRequest = 128;

    /// <summary>RFC 4443, Section 4.2.</summary>
    public const byte EchoReply = 129;

    /// <summary>RFC 4861, Section 4.1.</summary>
    public const byte RouterSolicitation = 133;

    /// <summary>RFC 4861, Section 4.2.</summary>
    public const byte RouterAdvertisement = 134;

    /// <summary>RFC 4861, Section 4.3.</summary>
    public const byte NeighborSolicitation = 135;

    /// <summary>RFC 4861, Section 4.4.</summary>
    public const byte NeighborAdvertisement = 136;

    /// <summary>RFC 6275, Section 6.7.</summary>
    public const byte MobilePrefixSolicitation = 146;

    /// <summary>RFC 6275, Section 6.8.</summary>
    public const byte MobilePrefixAdvertisement = 147;

    internal static bool IsKnown(byte type) =>
        type
            is DestinationUnreachable
                or PacketTooBig
                or TimeExceeded
                or ParameterProblem
                or EchoRequest
                or EchoReply
                or RouterSolicitation
                or RouterAdvertisement
                or NeighborSolicitation
                or NeighborAdvertisement
                or MobilePrefixSolicitation
                or MobilePrefixAdvertisement;
}
