using Conformance.Testing.Session;

namespace Conformance.Testing.Peers;

/// <summary>The DHCP clients of a scenario: one for each mobile node.</summary>
/// <param name="way">How the messages of a mobile node reach the implementation under test.</param>
internal sealed class DhcpClients(TestSession session, Func<MobileNode, IDhcpPath> way)
{
    private readonly Dictionary<MobileNode, DhcpClientPeer> _clients = [];

    public DhcpClientPeer Of(MobileNode node)
    {
        if (!_clients.TryGetValue(node, out var client))
        {
            client = new DhcpClientPeer(session, node, way(node));
            _clients.Add(node, client);
        }

        return client;
    }
}
