using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
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
        BindOn(port, node);
        if (_hosts.ContainsKey(node))
        {
            session.Nodes.ChangeTemporaryIdentity(node);
        }

        if (session.Nodes.All.FirstOrDefault(other => other.IsOfBookend && other != node && other.Link == port) is { } bookend)
        {
            // A device may have no access link to spare for the nodes of bookends, and need some time to notice that a link is down.
            Detach(bookend);
            AwaitDeparture();
        }

        exchanges.AttachmentCause = session.Bed.LastFrame;
        exchanges.AdvertisementCause = exchanges.AttachmentCause;
        if (!IsSharedWithAnother(node, port))
        {
            session.SetCarrier(port, up: true);
        }

        node.Link = port;
        foreach (var known in session.Nodes.All.Where(known => known == node || IsSame(known, node)))
        {
            known.Binding.Renew();
        }

        (node.Session.Prefixes, node.Session.VisitedPrefixes, node.Session.Ipv4Addresses) = ([], [], []);
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
        HostOf(node).Leave();
        if (!IsSharedWithAnother(node, port))
        {
            session.SetCarrier(port, up: false);
            network.Forget(port);
        }

        (node.Link, node.EarlierHint, node.Hint, node.Timestamp) = (null, node.Hint, null, null);
        node.Binding.Leave();
        (node.EarlierRouter, node.Router) = (node.Router, null);
        exchanges.AttachedAt = session.Bed.Now;
    }

    /// <summary>The node goes away without a sign: its link stays up, and it neither sends nor answers any more.</summary>
    public void FallSilent(MobileNode node)
    {
        network.Silence(node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link."), node.Identity.LinkLayer);
        (exchanges.AttachmentCause, exchanges.AttachedAt) = (session.Bed.LastFrame, session.Bed.Now);
    }

    /// <summary>Gives the MAG the time to notice that a link is down and to end the session there.</summary>
    public void AwaitDeparture() =>
        session.Tester.WaitUntil(session.Bed.Now + session.Ixit.Timer("INITIAL_BINDACK_TIMEOUT") + session.Clock.Margin);

    public void SolicitRouters(MobileNode node, int times)
    {
        for (var i = 0; i < times; i++)
        {
            session.LastStimulus = HostOf(node).SolicitRouters();
        }

        exchanges.AdvertisementCause = session.LastStimulus;
    }

    /// <summary>The node performs duplicate address detection for addresses (RFC 4862, Section 5.4.2).</summary>
    public void TestForDuplicates(MobileNode node, NodeAddresses addresses)
    {
        foreach (var address in addresses.All)
        {
            session.LastStimulus = HostOf(node).SolicitForDuplicates(address);
        }
    }

    public EmulatedHost HostOf(MobileNode node) =>
        _hosts.TryGetValue(node, out var host) ? host : throw new ScenarioFaultException($"{node.Name} was never attached.");

    /// <summary>
    /// True if the packet came on the node's link and is for the node: at the link layer, it is sent to the node or to a group.
    /// </summary>
    public static bool IsFor(MobileNode node, Packet packet) =>
        packet.Frame.Port == node.Link
        && packet.Ethernet is { Destination: var destination }
        && (destination.IsMulticast || destination == node.Identity.LinkLayer);

    /// <summary>
    /// A Router Advertisement tells a node its router. A prefix in it shows that the MAG has accepted an acknowledgement; the tester
    /// cannot know otherwise, because it does not know which of its answers a MAG must ignore.
    /// </summary>
    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received)
        {
            return;
        }

        NoteRelease(packet);
        if (packet.Dhcp is not null)
        {
            ObserveDhcp(packet);
        }

        if (packet.RouterAdvertisement is not { } advertisement)
        {
            return;
        }

        var advertised = advertisement
            .Prefixes.Where(prefix => !prefix.IsWithdrawn)
            .Select(prefix => prefix.ToString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var node in session.Nodes.All.Where(node => node.Link is not null && IsFor(node, packet)))
        {
            node.Router = new KnownRouter(packet.Frame.Port, packet.Ip!.Source, packet.Ethernet!.Source)
            {
                IsManaged = advertisement.IsManaged,
                HasOther = advertisement.HasOther,
            };
            if (session.Ixit.Domain.Find(packet.Frame.Port)?.VisitedPrefix is { } visited && advertised.Contains(visited.ToString()))
            {
                node.Session.VisitedPrefixes = [visited];
            }

            if (node.Session.OfferedPrefixes.Any(prefix => advertised.Contains(prefix.ToString())))
            {
                node.Session.Prefixes = node.Session.OfferedPrefixes;
                ConfirmIpv4(node);
                node.Binding.Confirm();
            }
        }
    }

    /// <summary>A de-registration of the IPv4 home address alone leaves the session to the prefixes (RFC 5844, Section 3.2.3.3).</summary>
    private void NoteRelease(Packet packet)
    {
        if (
            packet.IsMobility(MobilityOctets.BindingUpdateType, out var update)
            && update.LifetimeUnits == 0
            && update.First(HomeNetworkPrefixKind.Type) is null
            && session.Nodes.Identified(update) is { Link: not null, Session.Prefixes.Count: > 0 } node
        )
        {
            // What has been given up is no longer granted: a later advertisement of the prefixes must not bring it back.
            node.Session.Ipv4Addresses = [];
            node.Session.OfferedIpv4 = [.. node.Session.OfferedIpv4.Select(offered => offered with { IsGranted = false })];
        }
    }

    /// <summary>A DHCP message with an address that the LMA has granted shows the same.</summary>
    private void ObserveDhcp(Packet packet)
    {
        foreach (
            var node in session.Nodes.All.Where(node =>
                node.Link == packet.Frame.Port
                && node.Session.OfferedIpv4.Any(offered => offered.IsGranted && offered.Address.Equals(packet.Dhcp!.YourAddress))
            )
        )
        {
            ConfirmIpv4(node);
            node.Binding.Confirm();
        }
    }

    private static void ConfirmIpv4(MobileNode node) =>
        node.Session.Ipv4Addresses = [
            .. node
                .Session.OfferedIpv4.Where(offered => offered.IsGranted)
                .Select(offered => new Ipv4HomeAddress(offered.Address, offered.PrefixLength)),
        ];

    /// <summary>
    /// True for a link that stays up whatever the node does, because it carries another node, too: then no carrier shows the node.
    /// </summary>
    private bool IsSharedWithAnother(MobileNode node, PortId port) =>
        session.Claims("shared-link") && session.Nodes.All.Any(other => other != node && other.Link == port);

    /// <summary>True for nodes that the MAG cannot tell apart; it can tell interfaces apart.</summary>
    private static bool IsSame(MobileNode known, MobileNode node) =>
        known.IsBound && !known.Identity.IsOneOfSeveral && known.Identity.Identifier == node.Identity.Identifier;

    /// <exception cref="StepFailedException">The link gives the node another identity than it has.</exception>
    private void BindOn(PortId port, MobileNode node)
    {
        var bound = session.Ixit.Domain.Find(port)?.BoundIdentity;
        if (bound is not null)
        {
            session.Nodes.BindToPort(node, port);
        }

        session.Nodes.Bind(node);
        if (bound is null ? node.Identity.Number == 0 : node.Identity.Identifier != bound)
        {
            throw new StepFailedException(
                $"{node.Name} is {node.Identity.Identifier} and cannot be that node on {port}, where a mobile node is "
                    + (bound ?? "known by its link-layer address")
            );
        }
    }
}
