using System.Globalization;
using System.Net;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Data;

/// <summary>The headers of a tunnel between LMA and MAG.</summary>
public enum TunnelEncapsulation
{
    /// <summary>RFC 5213, Section 5.6.</summary>
    Ipv6,

    /// <summary>RFC 5844, Section 4.1.4.1.</summary>
    Ipv4,

    Ipv4Udp,

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.1.</summary>
    Ipv4UdpTlv,
}

/// <summary>The form of the packets in one direction of a tunnel.</summary>
/// <param name="From">The end that sends.</param>
/// <param name="To">The end that receives.</param>
public sealed record TunnelForm(TunnelEncapsulation Encapsulation, IPAddress From, IPAddress To)
{
    /// <summary>In place of a port: the sender chooses it.</summary>
    public const int AnyPort = -1;

    /// <summary>The UDP port from which the sender sends, or <see cref="AnyPort"/>; 0 without UDP.</summary>
    public int FromPort { get; init; }

    /// <summary>The UDP port to which it sends; 0 without UDP.</summary>
    public int ToPort { get; init; }

    public bool IsInUdp => Encapsulation is TunnelEncapsulation.Ipv4Udp or TunnelEncapsulation.Ipv4UdpTlv;

    /// <summary>The form of the packets in the other direction.</summary>
    public TunnelForm Reversed => this with { From = To, To = From, FromPort = ToPort, ToPort = FromPort };

    /// <summary>True for a packet of this form, whatever its source port is if that is free.</summary>
    public bool Allows(TunnelForm given) => this == (FromPort == AnyPort ? given with { FromPort = AnyPort } : given);

    /// <summary>The form of a packet of a tunnel; null for another packet.</summary>
    public static TunnelForm? Of(Packet packet) =>
        packet is { Inner: not null, Ip: { } ip, Udp: var udp }
            ? new TunnelForm(
                ip is Ipv6Layer ? TunnelEncapsulation.Ipv6
                    : udp is null ? TunnelEncapsulation.Ipv4
                    : udp.Tlv is null ? TunnelEncapsulation.Ipv4Udp
                    : TunnelEncapsulation.Ipv4UdpTlv,
                ip.Source,
                ip.Destination
            )
            {
                FromPort = udp?.SourcePort ?? 0,
                ToPort = udp?.DestinationPort ?? 0,
            }
            : null;

    /// <summary><c>IPv4-UDP-TLV</c>.</summary>
    public static string Words(TunnelEncapsulation encapsulation) =>
        encapsulation switch
        {
            TunnelEncapsulation.Ipv4 => "IPv4",
            TunnelEncapsulation.Ipv4Udp => "IPv4-UDP",
            TunnelEncapsulation.Ipv4UdpTlv => "IPv4-UDP-TLV",
            _ => "IPv6",
        };

    /// <summary><c>a tunnel from 2001:db8::1 to 2001:db8::2</c>, <c>a tunnel of IPv4-UDP from 192.0.2.1 port 5437 to ...</c>.</summary>
    public override string ToString() =>
        Encapsulation == TunnelEncapsulation.Ipv6
            ? $"a tunnel from {From} to {To}"
            : $"a tunnel of {Words(Encapsulation)} from {End(From, FromPort)} to {End(To, ToPort)}";

    private string End(IPAddress address, int port) =>
        IsInUdp && port != AnyPort ? string.Create(CultureInfo.InvariantCulture, $"{address} port {port}") : $"{address}";
}
