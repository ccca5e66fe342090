using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>
/// Data around an LMA under test: mobile nodes are behind the tunnels of emulated MAGs, correspondent nodes on the home link.
/// </summary>
/// <param name="gateway">The emulated MAG with a name.</param>
internal sealed class LmaDataPath(TestSession session, EmulatedNetwork network, Func<string, EmulatedGateway> gateway) : IDataPath
{
    public DataExit ToCorrespondent(MobileNode? node) => new DataExit.Plain(Ports.Home, "the home side");

    public bool IsTunnelToNode => true;

    public DataExit ToGateway(string mag, MobileNode node) =>
        new DataExit.Tunnel(
            Ports.Core,
            node.Binding.AcceptedBy(mag) is { } accepted ? Negotiated.ToGateway(session, accepted) : ByPath(mag).Reversed,
            mag
        )
        {
            Association = session.Ixit.Domain.TunnelAssociation(session.Tested, mag),
        };

    public DataExit ToAnchor(string lma, MobileNode? node) =>
        throw new ScenarioFaultException("The LMA under test receives tunnelled packets itself.");

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

    public Frame SendFromNode(MobileNode node, string? mag, IpPacket packet, PacketEdits edits)
    {
        var from = mag ?? node.Binding.Gateway ?? session.First(NodeRole.Mag);
        return TunnelEntry.Send(session, network, gateway(from).Transport.Node, FromGateway(from, node), packet, edits);
    }

    /// <summary>
    /// The tunnel that a MAG uses for a mobile node: as negotiated, but from where the MAG is now, which the LMA may not know yet.
    /// </summary>
    private TunnelForm FromGateway(string mag, MobileNode node)
    {
        var now = ByPath(mag);
        return
            node.Binding.AcceptedBy(mag) is { } accepted
            && Negotiated.ToGateway(session, accepted).Reversed is var agreed
            && agreed.From.AddressFamily == now.From.AddressFamily
            ? agreed with
            {
                From = now.From,
                FromPort =
                    agreed.IsInUdp && session.Scenario.Edition != Edition.Rfc5844 ? gateway(mag).Transport.SignallingPort : agreed.FromPort,
            }
            : now;
    }

    /// <summary>The tunnel of a MAG for which nothing was negotiated: in UDP if a NAT is before it.</summary>
    private TunnelForm ByPath(string mag)
    {
        var transport = gateway(mag).Transport;
        return new(
            !transport.IsIpv4 ? TunnelEncapsulation.Ipv6
                : transport.IsBehindNat ? TunnelEncapsulation.Ipv4Udp
                : TunnelEncapsulation.Ipv4,
            transport.Node.Address,
            transport.Anchor
        )
        {
            FromPort = transport.IsBehindNat ? transport.SignallingPort : 0,
            ToPort = transport.IsBehindNat ? session.Ixit.DualStackPort : 0,
        };
    }
}
