using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// Data around a MAG under test: correspondent nodes are behind the tunnel of the emulated LMA, mobile nodes on access links.
/// </summary>
internal sealed class MagDataPath(TestSession session, EmulatedNetwork network) : IDataPath
{
    public DataExit ToCorrespondent =>
        new DataExit.Tunnel(
            Ports.Core,
            session.AddressOf(session.Tested),
            session.AddressOf(session.First(NodeRole.Lma)),
            session.First(NodeRole.Lma)
        );

    public DataExit ToGateway(string mag) => throw new ScenarioFaultException("The MAG under test receives tunnelled packets itself.");

    public Frame SendFromCorrespondent(Ipv6Packet packet, PacketEdits edits) =>
        TunnelEntry.Send(session, network, session.First(NodeRole.Lma), session.Tested, packet, edits);

    public Frame SendFromNode(MobileNode node, string? mag, Ipv6Packet packet, PacketEdits edits)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var router = node.Router ?? throw new StepFailedException($"no Router Advertisement has told {node.Name} its router on {port}");
        var linkLayer = node.Identity.LinkLayer;
        return network.Send(new EmulatedNode(node.Name, port, linkLayer.LinkLocalAddress(), linkLayer), router, packet);
    }
}
