using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// Data around a MAG under test: correspondent nodes are behind the tunnel of the node's emulated LMA, mobile nodes on access links.
/// </summary>
/// <param name="anchor">The emulated LMA with a name.</param>
internal sealed class MagDataPath(TestSession session, EmulatedNetwork network, Func<string, EmulatedAnchor> anchor) : IDataPath
{
    /// <summary>The mobile node for which the last packet of a correspondent node was.</summary>
    private MobileNode? _addressee;

    public DataExit ToCorrespondent(MobileNode? node) => ToAnchor(AnchorOf(node ?? _addressee), node ?? _addressee);

    public bool IsTunnelToNode => false;

    public DataExit ToGateway(string mag, MobileNode node) =>
        throw new ScenarioFaultException("The MAG under test receives tunnelled packets itself.");

    /// <summary>In the drafts, the source port of a MAG in UDP is free.</summary>
    public DataExit ToAnchor(string lma, MobileNode? node)
    {
        var form = FormTo(lma, node);
        var isFree = form.IsInUdp && session.Scenario.Edition != Edition.Rfc5844;
        return new DataExit.Tunnel(Ports.Core, isFree ? form with { FromPort = TunnelForm.AnyPort } : form, lma)
        {
            Association = session.Ixit.Domain.TunnelAssociation(session.Tested, lma),
        };
    }

    public Frame SendFromCorrespondent(IpPacket packet, PacketEdits edits)
    {
        AnswerFor(packet.Destination);
        var addressee = session.Nodes.All.FirstOrDefault(node => IsIn(node, packet.Destination));
        if (packet is Ipv6Packet && addressee?.Session.VisitedPrefixes.Any(prefix => prefix.Contains(packet.Destination)) == true)
        {
            return network.Send(network.Named(session.First(NodeRole.Router), Ports.Core), session.AddressOf(session.Tested), packet);
        }

        _addressee = addressee;
        var lma = AnchorOf(addressee);
        var form = FormTo(lma, addressee).Reversed;
        return TunnelEntry.Send(session, network, network.Named(lma, Ports.Core, form.From.AddressFamily), form, packet, edits);
    }

    /// <summary>
    /// A node that has returned to its link without a word does what a host does that has not noticed anything: it sends to the router
    /// that it knew.
    /// </summary>
    public Frame SendFromNode(MobileNode node, string? mag, IpPacket packet, PacketEdits edits)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        if (packet.Length > session.Ixit.Domain.Find(port)!.Mtu)
        {
            throw new StepFailedException($"{port} takes no packet of {packet.Length} octets");
        }

        var from = OnLink(node, port);
        AnswerFor(packet.Destination);
        if (packet is Ipv4Packet)
        {
            var sender = OnLink(node, port) with { Address = packet.Source };
            AnswerFor(packet.Source);
            return network.SendTo(sender, Ipv4Hop.To(session, network, node, sender), packet);
        }

        return node.Router is { } router ? network.Send(from, router.Address, packet)
            : node.EarlierRouter is { } earlier && earlier.Link == port ? network.SendTo(from, earlier.LinkLayer, packet)
            : throw new StepFailedException($"no Router Advertisement has told {node.Name} its router on {port}");
    }

    private string AnchorOf(MobileNode? node) => node?.Binding.Anchor ?? session.First(NodeRole.Lma);

    /// <summary>The form of the packets of a mobile node on their way to an LMA.</summary>
    private TunnelForm FormTo(string lma, MobileNode? node) =>
        NegotiatedAtGateway.ToAnchor(session, lma, node is null ? null : anchor(lma).AcceptedOf(node));

    /// <summary>A node answers for every address that packets for it may have.</summary>
    private void AnswerFor(IPAddress destination)
    {
        foreach (var node in session.Nodes.All.Where(node => node.Link is not null && IsIn(node, destination)))
        {
            network.Add(OnLink(node, node.Link!.Value) with { Address = destination });
        }
    }

    private static bool IsIn(MobileNode node, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? node.Session.OfferedIpv4.Any(offered => offered.Address.Equals(address))
            : node.Session.OfferedPrefixes.Concat(node.Session.VisitedPrefixes).Any(prefix => prefix.Contains(address));

    private static EmulatedNode OnLink(MobileNode node, PortId port) =>
        new(node.Name, port, node.Identity.LinkLayer.LinkLocalAddress(), node.Identity.LinkLayer);
}
