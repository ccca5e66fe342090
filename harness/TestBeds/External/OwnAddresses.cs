using System.Net;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>
/// Checks by duplicate address detection (RFC 4862, Section 5.4) that no other node uses an address of the tester's nodes. The device
/// would send its answers to that node. On an access link, which is down, no other node can be heard.
/// </summary>
internal static class OwnAddresses
{
    private static readonly TimeSpan _retransTimer = TimeSpan.FromSeconds(1);

    /// <exception cref="BedUnavailableException">Another node answers for an address.</exception>
    public static void RequireFree(Profile profile, WiredPorts ports)
    {
        ports.Forget();
        var own = new Dictionary<(PortId Port, IPAddress Address), string>();
        foreach (var node in profile.Ixit.Domain.Nodes.Where(node => !node.IsReal && node.Role != profile.Role))
        {
            foreach (
                var @interface in node.Interfaces.Where(known =>
                    profile.Ixit.Domain.Find(known.Link!.Value) is { Kind: not LinkKind.Access }
                )
            )
            {
                var (port, address) = (@interface.Link!.Value, @interface.Addresses[0]);
                own[(port, address)] = node.Name;
                ports.Send(port, Solicitation(address, ports.InterfaceAddress(port)));
            }
        }

        var until = WiredPorts.Now + _retransTimer;
        while (ports.TryReceive(until, out var received))
        {
            var packet = Packet.Of(new Frame(received.Port, Direction.Received, 0, received.At, received.Bytes));
            if (
                packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement } advertisement
                && own.TryGetValue((received.Port, advertisement.Target), out var name)
            )
            {
                throw new BedUnavailableException(
                    $"{advertisement.Target}, the address of {name}, which the tester plays, is in use on port {received.Port}: "
                        + $"{packet.Ethernet!.Source} answers for it"
                );
            }
        }
    }

    private static byte[] Solicitation(IPAddress address, MacAddress from)
    {
        var group = Ipv6Multicast.SolicitedNode(address);
        var octets = new NeighborSolicitation(address, new NdOptionList()).ToBytes(IPAddress.IPv6None, group);
        var packet = new Ipv6Packet(IPAddress.IPv6None, group, IpProtocol.Icmpv6, octets) { HopLimit = 255 };
        return new EthernetFrame(MacAddress.ForMulticast(group), from, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes();
    }
}
