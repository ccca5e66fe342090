using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// Puts a mobile node under test into a state of draft-ietf-monami6-multiplecoa-04, Appendix A, and shows it by packets in both directions
/// on each path. The interfaces of the figures are those of links 1, 2 and 4; the last one comes home first.
/// </summary>
public sealed class MobileNodeFigures(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeMovements movements,
    MobileNodeTraffic traffic,
    HomeAgentPeer homeAgent
)
{
    private const string Correspondent = "CN1",
        HomeAgent = "HA1";

    private static readonly PortId _first = Ports.Access(1),
        _second = Ports.Access(2);

    private static PortId Third => MobileNodeLinks.Elsewhere;

    /// <summary>Brings about the bindings of a figure.</summary>
    /// <exception cref="StepFailedException">The mobile node does not come into the state.</exception>
    /// <exception cref="ScenarioFaultException">It is none of Figures 6, 7, 9 and 10.</exception>
    public void Enter(int figure)
    {
        switch (figure)
        {
            case 6:
                EnterAbroad();
                break;
            case 7:
                EnterAbroad();
                ReturnHome();
                break;
            case 9:
                EnterAbroad();
                ReturnHome();
                movements.Move(_first, MobileNodeLinks.HomeToo);
                session.Tester.WaitUntil(session.Bed.Now + links.AttachWithin([MobileNodeLinks.HomeToo]));
                AwaitBindings([]);
                break;
            case 10:
                ManageByHomeAgent(Third);
                EnterAbroad();
                break;
            default:
                throw new ScenarioFaultException(FormattableString.Invariant($"Figure {figure} is no state that has a phrase."));
        }
    }

    /// <summary>The home agent is the router of a foreign link, too.</summary>
    public void ManageByHomeAgent(PortId place) => links.Router(place).IsHomeAgent = true;

    private void EnterAbroad()
    {
        PortId[] all = [_first, _second, Third];
        movements.Register(all);
        AwaitBindings(all);
        foreach (var place in all)
        {
            Show(HomeAgent, place);
        }

        movements.Optimise(all);
        foreach (var place in all)
        {
            Show(Correspondent, place);
        }
    }

    private void ReturnHome()
    {
        movements.Move(Third, links.Home.Place);
        AwaitBindings([]);
        Show(HomeAgent, links.Home.Place);
    }

    /// <summary>A packet reaches the mobile node over a link, and it answers.</summary>
    private void Show(string from, PortId place)
    {
        traffic.Send(from, place, EditList.None);
        traffic.ExpectTaken(areTaken: true);
    }

    private void AwaitBindings(PortId[] places)
    {
        session.TryAwait(IsThere, session.Bed.Now + links.AttachWithin([.. links.Up.Select(router => router.Place)]));
        if (!IsThere())
        {
            throw new StepFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the home agent has {homeAgent.Bindings.Count} bindings, not {places.Length} as in the figure"
                )
            );
        }

        traffic.Settle();

        bool IsThere() =>
            homeAgent.Bindings.Count == places.Length && Array.TrueForAll(places, place => movements.IsBound(homeAgent, place));
    }
}
