using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A DHCP client on an access link of a MAG under test.</summary>
internal sealed class DhcpAccessPath(TestSession session, EmulatedNetwork network, MobileNode node) : IDhcpPath
{
    /// <summary>
    /// A client that has got its lease at another MAG knows the default router as its server (RFC 5844, Section 3.4.1).
    /// </summary>
    public IPAddress Server => Ipv4Words.RouterOf(node, session);

    public (DhcpMessage Message, UdpPath Path) Prepare(DhcpMessage message, UdpPath path) => (message, path);

    public Frame Send(IpPacket packet)
    {
        if (!packet.Source.Equals(IPAddress.Any))
        {
            Use(packet.Source);
        }

        var to = packet.Destination.Equals(IPAddress.Broadcast)
            ? MacAddress.Broadcast
            : Ipv4Hop.To(session, network, node, OnLink(packet.Source));
        return network.SendTo(OnLink(packet.Source), to, packet);
    }

    public Packet? Received(Packet packet) => packet.Frame.Port == node.Link && packet.Dhcp is not null ? packet : null;

    public void Use(IPAddress address) => network.Add(OnLink(address));

    private EmulatedNode OnLink(IPAddress address) =>
        new(
            node.Name,
            node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link."),
            address,
            node.Identity.LinkLayer
        );
}
