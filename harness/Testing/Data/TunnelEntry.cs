using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>Sends packets in tunnels (RFC 2473), under ESP if the IXIT has an association for them.</summary>
internal static class TunnelEntry
{
    public static Frame Send(TestSession session, EmulatedNetwork network, string from, string to, IpPacket inner, PacketEdits edits)
    {
        var entry = network.Named(from, Ports.Core);
        var source = edits.Of("outer", "source") is { } named ? session.AddressOf(named) : entry.Address;
        var destination = session.AddressOf(to);
        var (next, payload) = OptionsHeaders.Before(
            inner is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6,
            inner.ToBytes(),
            "outer",
            edits
        );
        var packet = new Ipv6Packet(source, destination, next, payload) { TrafficClass = (byte)edits.Ecn("outer") };
        return network.Send(entry, destination, network.Esp.ProtectTunnel(packet));
    }
}
