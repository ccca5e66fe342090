using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>
/// Packets for mobile nodes, and where a home agent under test forwards them. A home agent without rules of its own may use any of the
/// registered addresses, so that only a packet at a wrong place counts, or one that a living binding does not bring.
/// </summary>
internal sealed class HomeAgentTraffic(TestSession session, EmulatedNetwork network, MobileNodePeer nodes)
{
    private readonly HomeAgentArrivals _arrivals = new(session, nodes);

    private const int Flows = 4;
    private const int PacketsOfFlow = 3;

    private const ushort FirstPort = 50000,
        ServicePort = 40000,
        FlowPort = 45000;

    private readonly Dictionary<int, (MobileNode Node, FlowAddresses ToNode)> _flows = [];
    private int _ports;
    private SentPacket? _awaited;

    /// <inheritdoc cref="IMobilityUnderTest.SendToNode"/>
    public void SendToNode(string correspondent, MobileNode node)
    {
        session.Nodes.Bind(node);
        var sender = network.Named(correspondent, session.Ixit.Domain.Find(correspondent)!.Interfaces[0].Link!.Value);
        _awaited = sender.Port == Ports.Home ? SendOnHomeLink(node, NewFlow(sender, node)) : Send(sender, NewFlow(sender, node));
    }

    /// <inheritdoc cref="IMobilityUnderTest.SendToLinkLocal"/>
    public void SendToLinkLocal(MobileNode node)
    {
        session.Nodes.Bind(node);
        var address = MobileNodePeer.LinkLocalAddressOf(node.AddressAt(CareOf.Home));
        _awaited = SendOnHomeLink(node, new FlowAddresses(HomeHost.Address, NextPort(), address, ServicePort));
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectLastNowhere"/>
    public void ExpectLastNowhere() =>
        _arrivals.RequireNowhere(
            TakeAwaited() ?? throw new ScenarioFaultException("No packet was sent yet."),
            "the packet is not forwarded"
        );

    /// <inheritdoc cref="IMobilityUnderTest.OpenFlow"/>
    public void OpenFlow(MobileNode node, int flow, CareOf from)
    {
        session.Nodes.Bind(node);
        var toNode = new FlowAddresses(
            Correspondent.Address,
            (ushort)(ServicePort + flow),
            node.AddressAt(CareOf.Home),
            (ushort)(FlowPort + flow)
        );
        _flows[flow] = (node, toNode);
        var probe = new FlowProbe(session.Random, toNode.Reversed);
        if (!ReverseTunnel.Forms(network.Esp, nodes, node, from, probe.Packet).Any(Arrives))
        {
            throw new StepFailedException($"the packet of {node.Name} from {from} did not arrive at {Correspondent.Name}");
        }

        bool Arrives(IpPacket packet)
        {
            var frame = nodes.Send(node, from, packet);
            session.LastStimulus = frame;
            return _arrivals.TryFind(new SentPacket(probe, frame), out var found) && found.Inner is null;
        }
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectAt"/>
    public void ExpectAt(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink)
    {
        session.Nodes.Bind(node);
        if (TakeAwaited() is { } awaited)
        {
            _arrivals.RequireAt([awaited], node, places);
            return;
        }

        node.CareOfBindings.RequireLiving(places, session.Bed.Now);
        var sender = fromHomeLink ? HomeHost : Correspondent;
        var sent = Enumerable
            .Range(0, Flows)
            .Select(_ => fromHomeLink ? SendOnHomeLink(node, NewFlow(sender, node)) : Send(sender, NewFlow(sender, node)));
        _arrivals.RequireAt(sent, node, places);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectIpv4At"/>
    public void ExpectIpv4At(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink)
    {
        session.Nodes.Bind(node);
        node.CareOfBindings.RequireLiving(places, session.Bed.Now);
        _arrivals.RequireAt(Enumerable.Range(0, Flows).Select(_ => SendOverIpv4(node, fromHomeLink)), node, places);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectFlowAt"/>
    public void ExpectFlowAt(int flow, IReadOnlyList<CareOf> places)
    {
        var (node, toNode) = _flows.TryGetValue(flow, out var known)
            ? known
            : throw new ScenarioFaultException($"No mobile node has opened flow {flow}.");
        var sent = Enumerable.Range(0, PacketsOfFlow).Select(_ => Send(Correspondent, toNode));
        _arrivals.RequireAt(sent, node, places, isOneFlow: true);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectMobileNetworkAt"/>
    public void ExpectMobileNetworkAt(MobileNode node, IReadOnlyList<CareOf> places)
    {
        session.Nodes.Bind(node);
        var sent = Send(Correspondent, new FlowAddresses(Correspondent.Address, NextPort(), HostOf(node), ServicePort));
        if (places.Count == 0)
        {
            _arrivals.RequireNowhere(sent, "no packet for the mobile network");
        }
        else
        {
            _arrivals.RequireAt([sent], node, places);
        }
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectNowhere"/>
    public void ExpectNowhere(MobileNode node)
    {
        session.Nodes.Bind(node);
        _arrivals.RequireNowhere(TakeAwaited() ?? Send(Correspondent, NewFlow(Correspondent, node)), $"no packet for {node.Name}");
    }

    /// <summary>True if a packet for a mobile node comes to the place.</summary>
    public bool Reaches(MobileNode node, CareOf place)
    {
        return _arrivals.TryFind(Send(Correspondent, NewFlow(Correspondent, node)), out var found)
            && _arrivals.PlaceOf(found, node) == place;
    }

    private EmulatedNode Correspondent => network.Named(NameOn(Ports.Core), Ports.Core);

    private EmulatedNode HomeHost => network.Named(NameOn(Ports.Home), Ports.Home);

    private string NameOn(PortId port) =>
        session.Ixit.Domain.Of(NodeRole.Cn).FirstOrDefault(node => !node.IsReal && node.AddressOn(port) is not null)?.Name
        ?? throw new ScenarioFaultException($"The tester plays no correspondent node on {port}.");

    private ushort NextPort() => (ushort)(FirstPort + _ports++);

    private FlowAddresses NewFlow(EmulatedNode sender, MobileNode node) =>
        new(sender.Address, NextPort(), node.AddressAt(CareOf.Home), ServicePort);

    private static IPAddress HostOf(MobileNode node) => node.Identity.MobileNetwork.AddressWith([0, 0, 0, 0, 0, 0, 0, 1]);

    private SentPacket Send(EmulatedNode sender, FlowAddresses flow)
    {
        var probe = new FlowProbe(session.Random, flow);
        var frame = network.Send(sender, nodes.Tested, probe.Packet);
        session.LastStimulus = frame;
        return new SentPacket(probe, frame);
    }

    /// <summary>Over the home agent as router, or as a host of the home link to who answers for the IPv4 home address.</summary>
    private SentPacket SendOverIpv4(MobileNode node, bool fromHomeLink)
    {
        var port = fromHomeLink ? Ports.Home : Ports.Core;
        var sender = network.Named(NameOn(port), port, AddressFamily.InterNetwork);
        var probe = new FlowProbe(
            session.Random,
            new FlowAddresses(sender.Address, NextPort(), node.Identity.Ipv4HomeAddress, ServicePort)
        );
        if (fromHomeLink)
        {
            return SendOnHomeLink(node, sender, probe, probe.PacketOfIpv4, "an ARP Request for its IPv4 home address");
        }

        var frame = network.Send(sender, session.AddressOn(session.Tested, port, AddressFamily.InterNetwork), probe.PacketOfIpv4);
        session.LastStimulus = frame;
        return new SentPacket(probe, frame);
    }

    private SentPacket SendOnHomeLink(MobileNode node, FlowAddresses flow)
    {
        var probe = new FlowProbe(session.Random, flow);
        return SendOnHomeLink(node, HomeHost, probe, probe.Packet, "a Neighbor Solicitation for its home address");
    }

    /// <summary>A host of the home link asks anew who has the home address, and sends its packet there.</summary>
    private SentPacket SendOnHomeLink(MobileNode node, EmulatedNode host, FlowProbe probe, IpPacket packet, string question)
    {
        network.Forget(Ports.Home);
        try
        {
            var frame = network.Send(host, packet.Destination, packet);
            session.LastStimulus = frame;
            return new SentPacket(probe, frame);
        }
        catch (StepFailedException) when (node.CareOfBindings.All.Count > 0)
        {
            session.Require(
                Observation.Forwarding,
                ok: false,
                $"packets of the home link for {node.Name} are intercepted: an answer to {question}",
                "none came",
                session.Bed.LastFrame
            );
            throw;
        }
    }

    private SentPacket? TakeAwaited()
    {
        var awaited = _awaited;
        _awaited = null;
        return awaited;
    }
}
