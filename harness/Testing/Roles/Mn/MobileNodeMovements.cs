using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>The links of the mobile node under test come, change and go.</summary>
public sealed class MobileNodeMovements(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent,
    MobileNodeTraffic traffic
)
{
    /// <summary>Between two links that come one after the other.</summary>
    private static readonly TimeSpan _betweenLinks = TimeSpan.FromSeconds(1);

    /// <summary>Between the loss of a link and the next one.</summary>
    private static readonly TimeSpan _withoutLink = TimeSpan.FromSeconds(2);

    /// <summary>Gives the mobile node links, one after the other. Nothing is awaited.</summary>
    public void Place(IReadOnlyList<PortId> places)
    {
        events.Begin();
        foreach (var place in places)
        {
            Raise([place]);
            session.Tester.WaitUntil(session.Bed.Now + _betweenLinks);
        }
    }

    /// <summary>Gives the mobile node all these links at once.</summary>
    public void Attach(IReadOnlyList<PortId> places)
    {
        events.Begin();
        Raise(places);
    }

    /// <summary>The carriers of these links go when the mobile node has had the time to read the last answer.</summary>
    public void Detach(IReadOnlyList<PortId> places)
    {
        events.Begin();
        traffic.Settle();
        foreach (var place in places)
        {
            links.Router(place).SetCarrier(isUp: false);
        }

        events.End(frame: null);
    }

    /// <summary>The mobile node loses a link, and gets another one after some time without.</summary>
    public void Move(PortId from, PortId to)
    {
        events.Begin();
        traffic.Settle();
        links.Router(from).SetCarrier(isUp: false);
        session.Tester.WaitUntil(session.Bed.Now + _withoutLink);
        Raise([to]);
    }

    /// <summary>The router of a link advertises another prefix, the next one after those that it has had.</summary>
    /// <param name="replaces">True if it gives up the others.</param>
    public void AddPrefix(PortId place, bool replaces)
    {
        events.Begin();
        var router = links.Router(place);
        router.AddPrefix(Next(router), replaces);
        events.End(router.Advertise());
    }

    /// <summary>Gives the mobile node links, one after the other, and waits until the home agent has a binding for each.</summary>
    /// <exception cref="StepFailedException">It does not register a link.</exception>
    public void Register(IReadOnlyList<PortId> places)
    {
        foreach (var place in places)
        {
            var isFirst = homeAgent.Updates.Count == 0;
            events.Begin();
            Raise([place]);
            Await(
                () => IsBound(homeAgent, place) || (place == links.Home.Place && HasComeHome(isFirst)),
                links.AttachWithin([place]),
                $"the mobile node has not registered {MobileNodeWanted.Words(place)}"
            );
        }

        events.Begin();
    }

    /// <summary>
    /// Gives the mobile node these links unless it has them, sends packets of the correspondent node through the tunnels, and waits until
    /// it has a binding for each of them.
    /// </summary>
    /// <exception cref="StepFailedException">The mobile node does not optimise the route.</exception>
    public void Optimise(IReadOnlyList<PortId> places)
    {
        Register([.. places.Where(place => !IsBound(homeAgent, place))]);
        foreach (var place in places.Where(place => !IsBound(correspondent, place)))
        {
            var careOf =
                homeAgent.Bindings.FirstOrDefault(binding => bids.LinkOf(binding) == place)?.CareOf
                ?? throw new StepFailedException($"the mobile node has no binding for {MobileNodeWanted.Words(place)} at the HA");
            events.Begin();
            events.End(traffic.SendTunnelled(careOf));
            Await(
                () => IsBound(correspondent, place),
                links.AttachWithin([place]),
                $"the mobile node has not registered {MobileNodeWanted.Words(place)} with {correspondent.Address}"
            );
        }

        events.Begin();
    }

    /// <summary>The mobile node has restarted. The routers of its links advertise, so that it need not solicit.</summary>
    public void NoteRestart()
    {
        events.Begin();
        Frame? last = null;
        foreach (var router in links.Up)
        {
            last = router.Advertise();
        }

        events.End(last);
    }

    /// <summary>True if a peer has a binding for a link now.</summary>
    public bool IsBound(RegistrationPeer peer, PortId place) => peer.Bindings.Any(binding => bids.LinkOf(binding) == place);

    /// <exception cref="StepFailedException">It has not come true in the given time.</exception>
    private void Await(Func<bool> isTrue, TimeSpan within, string problem)
    {
        if (!session.TryAwait(isTrue, session.Bed.Now + within))
        {
            throw new StepFailedException($"{problem}; {session.NothingCame(within)}");
        }
    }

    /// <summary>Carriers come first, so that the advertisements reach a node that listens to all of its links.</summary>
    private void Raise(IReadOnlyList<PortId> places)
    {
        foreach (var place in places.Where(place => !links.Router(place).IsUp))
        {
            links.Router(place).SetCarrier(isUp: true);
        }

        Frame? last = null;
        foreach (var place in places)
        {
            last = links.Router(place).Advertise();
        }

        events.End(last);
    }

    /// <summary>
    /// A mobile node that comes home with bindings ends them (RFC 6275, Section 11.5.5); one without any has nothing to say.
    /// </summary>
    /// <param name="isFirst">True if it has registered nothing before.</param>
    private bool HasComeHome(bool isFirst) =>
        homeAgent.Bindings.Count == 0
        && (
            isFirst
                ? session.Bed.Now >= events.LastAt + session.Clock.Guard
                : homeAgent.Updates is [.., { IsDeregistration: true } last] && last.At >= (session.LinkChangedAt ?? last.At)
        );

    /// <summary>A prefix that the router of a link has not advertised yet.</summary>
    public static Ipv6Prefix Next(LinkRouter router)
    {
        const int SubnetOctet = 7;
        var octets = router.Address.GetAddressBytes();
        octets[SubnetOctet] += (byte)router.Prefixes.Count;
        return new Ipv6Prefix(new IPAddress(octets), 64);
    }
}
