using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>Address resolution of emulated nodes in IPv6 (RFC 4861, Section 7.2).</summary>
internal static class NeighborPeer
{
    private const byte HopLimit = 255;

    /// <summary>Asks for an address on the link of a node.</summary>
    public static Frame Ask(LowerTester tester, EmulatedNode from, IPAddress address)
    {
        var group = Ipv6Multicast.SolicitedNode(address);
        var solicitation = new NeighborSolicitation(address, new NdOptionList(new SourceLinkLayerAddressOption(from.LinkLayer)));
        return Send(tester, from, MacAddress.ForMulticast(group), group, solicitation);
    }

    /// <summary>Answers a solicitation for the address of a node.</summary>
    public static void Answer(LowerTester tester, EmulatedNode node, IPAddress asker, MacAddress askerLinkLayer)
    {
        var duplicateDetection = asker.Equals(IPAddress.IPv6None);
        var destination = duplicateDetection ? Ipv6Multicast.AllNodes : asker;
        var advertisement = new NeighborAdvertisement(
            node.Address,
            Router: false,
            Solicited: !duplicateDetection,
            Override: true,
            new NdOptionList(new TargetLinkLayerAddressOption(node.LinkLayer))
        );
        Send(tester, node, duplicateDetection ? MacAddress.ForMulticast(destination) : askerLinkLayer, destination, advertisement);
    }

    private static Frame Send(LowerTester tester, EmulatedNode from, MacAddress linkLayer, IPAddress destination, Icmpv6Message message)
    {
        var packet = new Ipv6Packet(from.Address, destination, IpProtocol.Icmpv6, message.ToBytes(from.Address, destination))
        {
            HopLimit = HopLimit,
        };
        return tester.Send(
            from.Port,
            new EthernetFrame(linkLayer, from.LinkLayer, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes()
        );
    }
}
