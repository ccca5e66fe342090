using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>How the messages of a DHCP client leave the tester, and how those of the server come back.</summary>
internal interface IDhcpPath
{
    /// <summary>The server that the client knows before a server has answered it.</summary>
    IPAddress Server { get; }

    /// <summary>What becomes of a message of the client before the implementation under test gets it.</summary>
    (DhcpMessage Message, UdpPath Path) Prepare(DhcpMessage message, UdpPath path);

    Frame Send(IpPacket packet);

    /// <summary>The packet of a server for the client, or for its relay agent, without a tunnel header; null for any other.</summary>
    Packet? Received(Packet packet);

    /// <summary>The client answers for an address from now on.</summary>
    void Use(IPAddress address);
}
