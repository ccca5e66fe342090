using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A mobile node that the tester emulates on an access link. It sends the packets of an ordinary IPv6 host whose link comes up.
/// </summary>
public sealed class EmulatedHost(TestSession session, EmulatedNetwork network, MobileNode node, PortId port)
{
    private readonly EmulatedNode _linkLocal = new(node.Name, port, node.Identity.LinkLayer.LinkLocalAddress(), node.Identity.LinkLayer);

    /// <summary>Performs duplicate address detection for the host's link-local address (RFC 4862, Section 5.4.2).</summary>
    public Frame SolicitForDuplicates() => SolicitForDuplicates(_linkLocal.Address);

    /// <summary>Performs duplicate address detection for an address.</summary>
    public Frame SolicitForDuplicates(IPAddress address)
    {
        var group = Ipv6Multicast.SolicitedNode(address);
        var solicitation = new NeighborSolicitation(address, NdOptionList.Empty);
        return Multicast(IPAddress.IPv6None, group, solicitation);
    }

    /// <summary>Sends a Router Solicitation (RFC 4861, Section 6.3.7).</summary>
    public Frame SolicitRouters()
    {
        network.Add(_linkLocal);
        return Multicast(
            _linkLocal.Address,
            Ipv6Multicast.AllRouters,
            new RouterSolicitation(new NdOptionList(new SourceLinkLayerAddressOption(_linkLocal.LinkLayer)))
        );
    }

    /// <summary>Makes the host answer for its link-local address and for the addresses it has formed.</summary>
    public void Answer()
    {
        network.Add(_linkLocal);
        if (node.Session.OfferedPrefixes.Count > 0)
        {
            network.Add(_linkLocal with { Address = node.HomeAddress });
        }
    }

    public void Leave()
    {
        network.Remove(_linkLocal);
        if (node.Session.OfferedPrefixes.Count > 0)
        {
            network.Remove(_linkLocal with { Address = node.HomeAddress });
        }

        foreach (var offered in node.Session.OfferedIpv4)
        {
            network.Remove(_linkLocal with { Address = offered.Address });
        }
    }

    private Frame Multicast(IPAddress source, IPAddress destination, Icmpv6Message message)
    {
        var packet = new Ipv6Packet(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = 255 };
        return session.Tester.Send(
            port,
            new EthernetFrame(
                MacAddress.ForMulticast(destination),
                _linkLocal.LinkLayer,
                EthernetFrame.Ipv6EtherType,
                packet.ToBytes()
            ).ToBytes()
        );
    }
}
