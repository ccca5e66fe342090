using Conformance.Testing.Octets.Fields;

namespace Conformance.Testing.Octets;

/// <summary>Protocol numbers of IPv4 and values of the Next Header field, with their names.</summary>
public static class IpProtocols
{
    public const int HopByHop = 0;
    public const int Icmpv4 = 1;
    public const int Ipv4 = 4;
    public const int Tcp = 6;
    public const int Udp = 17;
    public const int Ipv6 = 41;
    public const int Routing = 43;
    public const int Fragment = 44;
    public const int Esp = 50;
    public const int Authentication = 51;
    public const int Icmpv6 = 58;
    public const int NoNextHeader = 59;
    public const int DestinationOptions = 60;
    public const int MobilityHeader = 135;

    /// <summary><c>135 Mobility Header</c>, or the number alone.</summary>
    internal static string Text(int protocol) => FieldReader.Invariant($"{protocol} {NameOf(protocol)}").TrimEnd();

    internal static string? NameOf(int protocol) =>
        protocol switch
        {
            HopByHop => "Hop-by-Hop Options",
            Icmpv4 => "ICMPv4",
            Ipv4 => "IPv4",
            Tcp => "TCP",
            Udp => "UDP",
            Ipv6 => "IPv6",
            Routing => "Routing",
            Fragment => "Fragment",
            Esp => "ESP",
            Authentication => "AH",
            Icmpv6 => "ICMPv6",
            NoNextHeader => "none",
            DestinationOptions => "Destination Options",
            MobilityHeader => "Mobility Header",
            _ => null,
        };
}
