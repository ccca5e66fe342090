using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>
/// Sends packets in tunnels (RFC 2473; over IPv4, RFC 5844, Section 4.1.4.1), under ESP if the IXIT has an association for them.
/// </summary>
internal static class TunnelEntry
{
    /// <summary>Sends a packet in a tunnel of IPv6 between two nodes of the IXIT.</summary>
    public static Frame Send(TestSession session, EmulatedNetwork network, string from, string to, IpPacket inner, PacketEdits edits)
    {
        var entry = network.Named(from, Ports.Core);
        var form = new TunnelForm(TunnelEncapsulation.Ipv6, entry.Address, session.AddressOf(to));
        return Send(session, network, entry, form, inner, edits);
    }

    /// <summary>Sends a packet in a tunnel.</summary>
    /// <param name="entry">The node that sends it.</param>
    public static Frame Send(
        TestSession session,
        EmulatedNetwork network,
        EmulatedNode entry,
        TunnelForm form,
        IpPacket inner,
        PacketEdits edits
    )
    {
        var source = edits.Of("outer", "source") is { } named ? session.AddressOf(named, form.From.AddressFamily) : form.From;
        var protocol = inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6;
        var (next, payload) = OptionsHeaders.Before(protocol, inner.ToBytes(), "outer", edits);
        if (form.From.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var packet = new Ipv6Packet(source, form.To, next, payload) { TrafficClass = (byte)edits.Ecn("outer") };
            return network.Send(entry, form.To, network.Esp.ProtectTunnel(packet));
        }

        if (next != protocol)
        {
            throw new ScenarioFaultException("A tunnel over IPv4 has no extension headers.");
        }

        if (form.IsInUdp)
        {
            var content = form.Encapsulation == TunnelEncapsulation.Ipv4UdpTlv ? TlvOctets.Before(payload) : payload;
            (next, payload) = (
                Ipv4Protocol.Udp,
                new UdpDatagram((ushort)form.FromPort, (ushort)form.ToPort, content).ToBytes(source, form.To)
            );
        }

        var outer = new Ipv4Packet(source, form.To, next, payload) { TrafficClass = (byte)edits.Ecn("outer") };
        return network.Send(entry, form.To, network.Esp.ProtectTunnel(outer));
    }
}
