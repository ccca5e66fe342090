using System.Net.Sockets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>The headers before a mobility message over IPv4 (RFC 5844, Section 4, and the drafts), as far as there are any.</summary>
/// <param name="Outer">The IPv4 header; null for a message over IPv6.</param>
/// <param name="Inner">The IPv6 header behind UDP; null for a message over IPv6, and where the message follows UDP.</param>
internal sealed record Carriage(Ipv4Layer? Outer, UdpLayer? Udp, Ipv6Layer? Inner)
{
    public TlvLayer? Tlv => Udp?.Tlv;

    /// <summary>True for a message in UDP over IPv4, whatever is between UDP and the message.</summary>
    public bool IsUdp => Outer is not null && Udp is not null;

    public static Carriage Of(Packet packet) =>
        packet.Outer is Ipv4Layer outer ? new(outer, packet.Udp, packet.Ip as Ipv6Layer) : new(null, null, null);

    /// <summary>
    /// True if a MAG under test reaches an LMA over IPv4 alone: the LMA has an IPv4 address on the core link, and the implementation
    /// claims the transport.
    /// </summary>
    public static bool IsSetUp(TestSession session, string lma) =>
        ClaimOf(session) is { } item && session.Claims(item) && HasIpv4(session, lma) && HasIpv4(session, session.Tested);

    /// <summary><c>IPv4-UDP-TLV-IPv6</c>.</summary>
    public string Words =>
        Outer is null
            ? "IPv6"
            : string.Join(
                '-',
                ((string?[])["IPv4", IsUdp ? "UDP" : null, Tlv is null ? null : "TLV", Inner is null ? null : "IPv6"]).OfType<string>()
            );

    private static string? ClaimOf(TestSession session) =>
        session.Scenario.Edition.Name switch
        {
            "rfc5844" => "ipv4-transport",
            "ipv4-draft-04" or "ipv4-draft-02" => $"{session.Scenario.Edition.Name}-transport",
            _ => null,
        };

    private static bool HasIpv4(TestSession session, string name) =>
        session.Ixit.Domain.Find(name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is not null;
}
