using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Sends the packets in tunnels for one address to each of its known tunnel ends in turn.</summary>
internal sealed class AlternatingTunnels : IOutputFilter
{
    private readonly Dictionary<IPAddress, List<IPAddress>> _ends = [];
    private int _turn;

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditPacket(frame, Redirect))];

    private Ipv6Packet Redirect(Ipv6Packet packet)
    {
        if (packet.NextHeader != IpProtocol.Ipv6 || !Ipv6Packet.TryParse(packet.Payload, out var inner, out _))
        {
            return packet;
        }

        var ends = _ends.TryGetValue(inner.Destination, out var known) ? known : _ends[inner.Destination] = [];
        if (!ends.Contains(packet.Destination))
        {
            ends.Add(packet.Destination);
        }
        return packet with { Destination = ends[_turn++ % ends.Count] };
    }
}
