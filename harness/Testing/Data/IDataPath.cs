using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>
/// The paths that data packets of both families take to and from the implementation under test (RFC 5213, Sections 5.6 and 6.10.5; RFC
/// 5844, Sections 3.1.3 and 3.2.4).
/// </summary>
public interface IDataPath
{
    /// <summary>Where a packet of a mobile node leaves the implementation on its way to a correspondent node.</summary>
    /// <param name="node">The mobile node; null for one with the first LMA.</param>
    DataExit ToCorrespondent(MobileNode? node);

    /// <summary>True if the implementation tunnels packets to mobile nodes; false if it tunnels packets from them.</summary>
    bool IsTunnelToNode { get; }

    /// <summary>Where a packet for a mobile node leaves an LMA on its way to a MAG.</summary>
    DataExit ToGateway(string mag, MobileNode node);

    /// <summary>Where a packet of a mobile node leaves a MAG on its way to its LMA.</summary>
    /// <param name="node">The mobile node; null if it is not known.</param>
    DataExit ToAnchor(string lma, MobileNode? node);

    /// <summary>Sends a packet of a correspondent node on its way to a mobile node.</summary>
    Frame SendFromCorrespondent(IpPacket packet, PacketEdits edits);

    /// <summary>Sends a packet of a mobile node.</summary>
    /// <param name="mag">The MAG that forwards the packet; null for the node's MAG.</param>
    Frame SendFromNode(MobileNode node, string? mag, IpPacket packet, PacketEdits edits);
}

/// <summary>A port at which a data packet arrives from the implementation under test, and the form in which it does.</summary>
public abstract record DataExit(PortId Port)
{
    /// <summary>What is expected, in the terms of a network engineer.</summary>
    public abstract string Expected { get; }

    /// <summary>Whether a packet that arrived at the port has the expected form, and what form it has.</summary>
    public abstract (bool Ok, string Actual) Judge(Packet packet);

    /// <summary>The packet arrives without a tunnel header.</summary>
    public sealed record Plain(PortId Port, string Side) : DataExit(Port)
    {
        public override string Expected => $"the packet on {Side}, without a tunnel header";

        public override (bool Ok, string Actual) Judge(Packet packet) =>
            packet.Inner is null ? (true, "it came") : (false, "it came with a tunnel header");
    }

    /// <summary>The packet arrives on the way to a node, with or without a tunnel header.</summary>
    public sealed record AnyForm(PortId Port, string Name) : DataExit(Port)
    {
        public override string Expected => $"the packet on {Port}, towards {Name}";

        public override (bool Ok, string Actual) Judge(Packet packet) => (true, "it came");
    }

    /// <summary>The packet arrives in a tunnel of a certain form.</summary>
    public sealed record Tunnel(PortId Port, TunnelForm Form, string Name) : DataExit(Port)
    {
        /// <summary>A tunnel of IPv6 between two addresses.</summary>
        public Tunnel(PortId port, IPAddress from, IPAddress to, string name)
            : this(port, new TunnelForm(TunnelEncapsulation.Ipv6, from, to), name) { }

        /// <summary>The security association that protects the tunnel; null if none does, or it does not matter.</summary>
        public DomainAssociation? Association { get; init; }

        public override string Expected =>
            $"the packet in {Form}, {Name}" + (Association is null ? string.Empty : $", under {Association.Words}");

        public override (bool Ok, string Actual) Judge(Packet packet) =>
            TunnelForm.Of(packet) is not { } given ? (false, "it came without a tunnel header")
            : Association is not null && packet.Esp?.Association != Association
                ? (false, packet.Esp is { } esp ? $"it came in a tunnel under {esp.Words()}" : "it came in a tunnel without ESP")
            : (Form.Allows(given), $"it came in {given}");

        /// <summary>True for a packet in a tunnel to the same end, whatever its headers are.</summary>
        public bool IsToEnd(Packet packet) =>
            TunnelForm.Of(packet) is { } given
            && given.To.Equals(Form.To)
            && (!given.IsInUdp || !Form.IsInUdp || given.ToPort == Form.ToPort);
    }
}
