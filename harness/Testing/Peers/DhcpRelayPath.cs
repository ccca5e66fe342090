using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A DHCP client behind the relay agent of a MAG that the tester plays, for a server at an LMA under test (RFC 5844, Section 3.4.2; RFC
/// 3046). The MAG has an address on the home link, by which it relays what the client broadcasts; what the client sends to the server's
/// address goes through the tunnel, as any packet of the mobile node.
/// </summary>
internal sealed class DhcpRelayPath(TestSession session, EmulatedNetwork network, MobileNode node) : IDhcpPath
{
    public IPAddress Server => session.AddressOn(session.Tested, Ports.Home, AddressFamily.InterNetwork);

    private string Gateway => node.Binding.Gateway ?? session.First(NodeRole.Mag);

    /// <exception cref="StepFailedException">The MAG has no such address.</exception>
    private EmulatedNode Relay =>
        session.Ixit.Domain.Find(Gateway)?.AddressOn(Ports.Home, AddressFamily.InterNetwork) is not null
            ? network.Named(Gateway, Ports.Home, AddressFamily.InterNetwork)
            : throw new StepFailedException($"the IXIT has no IPv4 address of {Gateway} on the home link, from which it could relay");

    /// <summary>RFC 3046, Section 2.1: the relay agent names itself, and the home address of the client.</summary>
    public (DhcpMessage Message, UdpPath Path) Prepare(DhcpMessage message, UdpPath path)
    {
        if (!path.Destination.Equals(IPAddress.Broadcast))
        {
            return (message, path);
        }

        var relayed = message with { Hops = 1, RelayAddress = Relay.Address };
        if (node.Session.AllIpv4 is [var home, ..])
        {
            relayed = relayed with { Options = new DhcpOptionList(message.Options.Append(DhcpDraft.RemoteId(home))) };
        }

        return (relayed, new UdpPath(Relay.Address, DhcpLayer.ServerPort, Server, DhcpLayer.ServerPort));
    }

    public Frame Send(IpPacket packet) =>
        packet.Source.Equals(Relay.Address)
            ? network.Send(Relay, Server, packet)
            : TunnelEntry.Send(session, network, Gateway, session.Tested, packet, PacketEdits.None);

    public Packet? Received(Packet packet)
    {
        if (packet.Frame.Port == Ports.Home && packet.Ip?.Destination.Equals(Relay.Address) == true)
        {
            return packet is { Dhcp: not null, Upper: UdpLayer { DestinationPort: DhcpLayer.ServerPort } } ? packet : null;
        }

        return
            packet.Frame.Port == Ports.Core
            && packet.Inner is { Dhcp: not null, Upper: UdpLayer { DestinationPort: DhcpLayer.ClientPort } } inner
            && packet.Ip!.Destination.Equals(session.AddressOf(Gateway))
            ? inner
            : null;
    }

    /// <summary>The LMA asks nobody for the link-layer address of a mobile node.</summary>
    public void Use(IPAddress address) { }
}
