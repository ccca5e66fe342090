using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Data;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The tunnels between a home agent and an IPv4 care-of address, as an update and its answer say (RFC 5555, Sections 4.2 and 4.5.1; RFC
/// 5648, Section 8.1).
/// </summary>
internal static class DualStackTunnel
{
    /// <summary>
    /// The forms that packets to the care-of address may have. In UDP behind a NAT, or if the home agent forces it. A NAT Detection option
    /// that says neither leaves the choice open: it may stand in the answer to any update in UDP (RFC 5555, Section 4.2), and says then
    /// that there is no NAT (Section 3.2.2), but that packets go in UDP (Section 4.4.2). The form first named is that of Section 4.4.2.
    /// </summary>
    /// <param name="exchange">The last update that was sent from there and not rejected; null if there was none.</param>
    public static IReadOnlyList<TunnelForm> FormsTo(TestSession session, IPAddress careOf, Exchange? exchange)
    {
        var agent = exchange?.Request.Outer is Ipv4Layer outer
            ? outer.Destination
            : session.AddressOf(session.Tested, AddressFamily.InterNetwork);
        var plain = new TunnelForm(TunnelEncapsulation.Ipv4, agent, careOf);
        if (exchange?.Request.Udp is not { } udp)
        {
            return [plain];
        }

        var inUdp = plain with
        {
            Encapsulation = TunnelEncapsulation.Ipv4Udp,
            FromPort = session.Ixit.DualStackPort,
            ToPort = udp.SourcePort,
        };
        return IsBehindNat(session.Scenario.Edition.Wire, exchange)
            || exchange.Answer?.Mobility!.First(NatDetectionKind.Type) is { } forcing && NatDetectionKind.ForcesUdp(forcing)
                ? [inUdp]
            : exchange.Answer?.Mobility!.First(NatDetectionKind.Type) is null ? [plain]
            : [inUdp, plain];
    }

    /// <summary>
    /// True if an update over IPv4 names IPv4 care-of addresses, and its IPv4 source is none of them.
    /// </summary>
    public static bool IsBehindNat(WireEdition edition, Exchange exchange)
    {
        var named = Named(edition, exchange.Message);
        return exchange.Request.Outer is Ipv4Layer outer && named.Count > 0 && !named.Contains(outer.Source);
    }

    /// <summary>The IPv4 care-of addresses in the BID options of an update, or in the option of RFC 5555.</summary>
    public static IReadOnlyList<IPAddress> Named(WireEdition edition, MobilityOctets update) =>
        [
            .. BindingIdentity.In(update, edition).Select(option => option.Ipv4CareOf).OfType<IPAddress>(),
            .. update.All(Ipv4CareOfAddressKind.Type).Select(Ipv4CareOfAddressKind.AddressOf),
        ];

    /// <summary>A packet in a tunnel of IPv4.</summary>
    public static Ipv4Packet Enter(TunnelForm form, IpPacket inner) =>
        form.IsInUdp
            ? new UdpTransport(form.From, form.To, (ushort)form.FromPort, (ushort)form.ToPort) { HasInnerPacket = true }.Carry(
                inner.ToBytes(),
                isTlvAsked: false
            )
            : new Ipv4Packet(form.From, form.To, inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6, inner.ToBytes());
}
