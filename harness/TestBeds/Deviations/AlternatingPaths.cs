using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Sends packets with a type 2 routing header to the care-of addresses of their mobile node in turn.</summary>
internal sealed class AlternatingPaths : IOutputFilter
{
    private readonly Dictionary<IPAddress, List<IPAddress>> _careOfs = [];
    private int _turn;

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditPacket(frame, Turn))];

    private Ipv6Packet Turn(Ipv6Packet packet)
    {
        if (packet.NextHeader != IpProtocol.Routing || !Type2RoutingHeader.TryParse(packet.Payload.Span[..24], out var routing, out _))
        {
            return packet;
        }

        if (!_careOfs.TryGetValue(routing.HomeAddress, out var known))
        {
            _careOfs.Add(routing.HomeAddress, known = []);
        }
        if (!known.Contains(packet.Destination))
        {
            known.Add(packet.Destination);
        }
        return routing.NextHeader == IpProtocol.MobilityHeader ? packet : packet with { Destination = known[_turn++ % known.Count] };
    }
}
