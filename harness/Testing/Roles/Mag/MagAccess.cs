using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The only event by which a MAG can notice a mobile node.</summary>
public enum AttachmentTrigger
{
    LinkUp,
    RouterSolicitation,
    DuplicateAddressDetection,
}

/// <summary>The mobile nodes that the tester plays on the access links of a MAG under test.</summary>
public sealed class MagAccess(TestSession session, EmulatedNetwork network, MagExchanges exchanges) : IFrameObserver
{
    private readonly Dictionary<MobileNode, EmulatedHost> _hosts = [];

    /// <summary>Raises the node's access link and sends the packets that make the MAG act: all triggers, or one trigger alone.</summary>
    public void Attach(MobileNode node, PortId port, AttachmentTrigger? trigger)
    {
        if (session.Ixit.Domain.Find(port) is { BoundIdentity: not null })
        {
            session.Nodes.BindToPort(node, port);
        }

        session.Nodes.Bind(node);
        exchanges.AttachmentCause = session.Bed.LastFrame;
        exchanges.AdvertisementCause = exchanges.AttachmentCause;
        session.SetCarrier(port, up: true);
        node.Link = port;
        node.Binding.IsRegistered = false;
        node.Session.Prefixes = [];
        var host = new EmulatedHost(session, network, node, port);
        _hosts[node] = host;
        if (node.Session.OfferedPrefixes.Count > 0)
        {
            // A host that returns to a link keeps its address and answers for it.
            host.Answer();
        }

        var before = session.Bed.Frames.Count;
        if (trigger is null or AttachmentTrigger.DuplicateAddressDetection)
        {
            host.SolicitForDuplicates();
        }

        if (trigger is null or AttachmentTrigger.RouterSolicitation)
        {
            host.SolicitRouters();
        }

        session.LastStimulus = before < session.Bed.Frames.Count ? session.Bed.Frames[before] : session.LastStimulus;
        exchanges.AttachedAt = session.Bed.Now;
    }

    public void Detach(MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        exchanges.AttachmentCause = session.Bed.LastFrame;
        session.SetCarrier(port, up: false);
        HostOf(node).Leave();
        network.Forget(port);
        node.Link = null;
        exchanges.AttachedAt = session.Bed.Now;
    }

    public void SolicitRouters(MobileNode node)
    {
        session.LastStimulus = HostOf(node).SolicitRouters();
        exchanges.AdvertisementCause = session.LastStimulus;
    }

    public EmulatedHost HostOf(MobileNode node) =>
        _hosts.TryGetValue(node, out var host) ? host : throw new ScenarioFaultException($"{node.Name} was never attached.");

    /// <summary>
    /// An advertised prefix shows that the MAG has accepted an acknowledgement. The tester cannot know otherwise, because it does
    /// not know which of its answers a MAG must ignore.
    /// </summary>
    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received || packet.RouterAdvertisement is not { } advertisement)
        {
            return;
        }

        var advertised = advertisement.Prefixes.Select(prefix => prefix.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (
            var node in session.Nodes.All.Where(node =>
                node.Link == packet.Frame.Port && node.Session.OfferedPrefixes.Any(prefix => advertised.Contains(prefix.ToString()))
            )
        )
        {
            node.Session.Prefixes = node.Session.OfferedPrefixes;
            node.Binding.IsRegistered = true;
        }
    }
}
