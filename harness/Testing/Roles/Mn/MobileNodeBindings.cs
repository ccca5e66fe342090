using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of the bindings of a mobile node under test at its peers.</summary>
public sealed class MobileNodeBindings(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    MobileNodeMovements movements,
    Func<MobilityPeer, RegistrationPeer> peers
)
{
    /// <summary>Requires a binding for each of these links, in the time that a mobile node has after a link came up.</summary>
    public void Expect(MobilityPeer peer, IReadOnlyList<PortId> places)
    {
        Await(() => Missing().Count == 0, places);
        var missing = Missing();
        session.RequireBindings(
            missing.Count == 0,
            $"a binding for {MobileNodeWanted.Words(places)}",
            missing.Count == 0 ? "as expected" : $"none for {MobileNodeWanted.Words(missing)}",
            session.LastStimulus
        );

        List<PortId> Missing() => [.. places.Where(place => !movements.IsBound(peers(peer), place))];
    }

    /// <summary>Requires a number of bindings, in the same time.</summary>
    public void Expect(MobilityPeer peer, int count)
    {
        Await(() => peers(peer).Bindings.Count == count, [.. links.Up.Select(router => router.Place)]);
        var bindings = peers(peer).Bindings;
        session.RequireBindings(
            bindings.Count == count,
            string.Create(CultureInfo.InvariantCulture, $"{count} bindings"),
            bindings.Count == 0 ? "none" : $"bindings for {string.Join(", ", bindings.Select(Words))}",
            session.LastStimulus
        );
    }

    private string Words(PeerBinding binding) =>
        bids.LinkOf(binding) is { } place ? MobileNodeWanted.Words(place) : binding.CareOf.ToString();

    private void Await(Func<bool> isTrue, IReadOnlyList<PortId> places) =>
        session.TryAwait(isTrue, events.SettledAt + links.AttachWithin(places));
}
