using System.Net.Sockets;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Data;

/// <summary>
/// Path MTU discovery (RFC 1981) by a mobile node, or by its correspondent if the tunnel under test leads to the mobile node: packets
/// as large as the tunnel should take, until one comes out of it.
/// </summary>
internal sealed class TunnelMtuSearch(TestSession session, IDataPath path, DataArrivals arrivals)
{
    public void Run(MobileNode node)
    {
        var most = (path.IsTunnelToNode ? Ports.Home : node.Link) is { } link ? session.Ixit.Domain.Find(link)!.Mtu : uint.MaxValue;
        var exit = path.IsTunnelToNode
            ? path.ToGateway(node.Binding.Gateway ?? session.First(NodeRole.Mag), node)
            : path.ToCorrespondent(node);
        Send(node, size: null);
        arrivals.ExpectAt(exit, string.Empty, onlyThere: false);
        while (true)
        {
            var size = Math.Min(session.PathMtu.TunnelOf(IsIpv4(node)), most);
            Send(node, size);
            if (arrivals.TooBigFor(exit.Port) is not { } reported)
            {
                return;
            }

            session.PathMtu.LowerTunnel(reported);
            if (session.PathMtu.TunnelOf(IsIpv4(node)) >= size)
            {
                throw new StepFailedException($"a packet of {size} octets is too big for a tunnel whose MTU is said to be {reported}");
            }
        }
    }

    private void Send(MobileNode node, uint? size)
    {
        var isIpv4 = IsIpv4(node);
        var family = isIpv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var home = new NodeAddresses(node, string.Empty) { Family = family }.All[0];
        var correspondent = session.AddressOf(session.First(NodeRole.Cn), family);
        var (source, destination) = path.IsTunnelToNode ? (correspondent, home) : (home, correspondent);
        var edits = isIpv4 ? new PacketEdits(EditList.Parse("inner DF = 1")) : PacketEdits.None;
        var probe = new DataProbe(session.Random, source, destination, edits, size);
        session.LastStimulus = path.IsTunnelToNode
            ? path.SendFromCorrespondent(probe.Packet, PacketEdits.None)
            : path.SendFromNode(node, mag: null, probe.Packet, PacketEdits.None);
        arrivals.Await(probe);
    }

    /// <summary>
    /// A tunnel may have an MTU for each family: where there is IPv4, its packets are looked at. One that may be fragmented is never
    /// reported.
    /// </summary>
    private static bool IsIpv4(MobileNode node) => node.Session.Ipv4Addresses.Count > 0;
}
