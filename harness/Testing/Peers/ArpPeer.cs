using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>Address resolution of emulated nodes in IPv4 (RFC 826).</summary>
internal static class ArpPeer
{
    private static readonly MacAddress _unknown = new([0, 0, 0, 0, 0, 0]);

    /// <summary>Asks for an address on the link of a node.</summary>
    /// <param name="from">The node; with the address 0.0.0.0, it probes (RFC 5227, Section 2.1.1).</param>
    public static Frame Ask(LowerTester tester, EmulatedNode from, IPAddress address) =>
        Send(tester, from.Port, MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, from.LinkLayer, from.Address, _unknown, address));

    /// <summary>Answers a request for the address of a node.</summary>
    public static void Answer(LowerTester tester, EmulatedNode node, ArpLayer request) =>
        Send(
            tester,
            node.Port,
            request.SenderHardwareAddress,
            new ArpPacket(ArpOperation.Reply, node.LinkLayer, node.Address, request.SenderHardwareAddress, request.SenderProtocolAddress)
        );

    /// <summary>The neighbour that a packet shows; null if it shows none, as a probe does.</summary>
    public static (IPAddress Address, MacAddress LinkLayer)? Shown(ArpLayer packet) =>
        packet.Fault is null && !packet.SenderProtocolAddress.Equals(IPAddress.Any)
            ? (packet.SenderProtocolAddress, packet.SenderHardwareAddress)
            : null;

    private static Frame Send(LowerTester tester, PortId port, MacAddress to, ArpPacket packet) =>
        tester.Send(port, new EthernetFrame(to, packet.SenderHardware, ArpPacket.EtherType, packet.ToBytes()).ToBytes());
}
