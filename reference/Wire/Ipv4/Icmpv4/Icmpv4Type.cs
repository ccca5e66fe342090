namespace Pmip.Wire;

/// <summary>Types of ICMP messages for IPv4 that have a dedicated record, RFC 792.</summary>
public static class Icmpv4Type
{
    public const byte EchoReply = 0;
    public const byte DestinationUnreachable = 3;
    public const byte EchoRequest = 8;
    public const byte TimeExceeded = 11;
    public const byte ParameterProblem = 12;

    internal static bool IsKnown(byte type) =>
        type is EchoReply or DestinationUnreachable or EchoRequest or TimeExceeded or ParameterProblem;
}
