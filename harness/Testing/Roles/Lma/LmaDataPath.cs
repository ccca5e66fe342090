using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>
/// Data around an LMA under test: mobile nodes are behind the tunnels of emulated MAGs, correspondent nodes on the home link.
/// </summary>
internal sealed class LmaDataPath(TestSession session, EmulatedNetwork network) : IDataPath
{
    public DataExit ToCorrespondent(MobileNode? node) => new DataExit.Plain(Ports.Home, "the home side");

    public bool IsTunnelToNode => true;

    public DataExit ToGateway(string mag) =>
        new DataExit.Tunnel(Ports.Core, session.AddressOf(session.Tested), session.AddressOf(mag), mag)
        {
            Association = session.Ixit.Domain.TunnelAssociation(session.Tested, mag),
        };

    public DataExit ToAnchor(string lma) => throw new ScenarioFaultException("The LMA under test receives tunnelled packets itself.");

    public Frame SendFromCorrespondent(IpPacket packet, PacketEdits edits)
    {
        if (packet.Length > session.Ixit.Domain.Find(Ports.Home)!.Mtu)
        {
            throw new StepFailedException($"{Ports.Home} takes no packet of {packet.Length} octets");
        }

        var family = packet.Destination.AddressFamily;
        var correspondent = network.Named(session.First(NodeRole.Cn), Ports.Home, family);
        return network.Send(correspondent, session.AddressOn(session.Tested, Ports.Home, family), packet);
    }

    public Frame SendFromNode(MobileNode node, string? mag, IpPacket packet, PacketEdits edits) =>
        TunnelEntry.Send(session, network, mag ?? node.Binding.Gateway ?? session.First(NodeRole.Mag), session.Tested, packet, edits);
}
