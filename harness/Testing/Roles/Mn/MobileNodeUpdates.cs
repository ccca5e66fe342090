using System.Globalization;
using Conformance.Testing.Checks;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of the Binding Updates of a mobile node under test.</summary>
public sealed class MobileNodeUpdates(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeWanted wanting,
    MobileNodeFieldWords words,
    Func<MobilityPeer, RegistrationPeer> peers
)
{
    /// <summary>Requires an update with these fields.</summary>
    /// <param name="within">Null for the time that a mobile node has after a link came up.</param>
    /// <exception cref="StepFailedException">None comes, or a field is another.</exception>
    public void Expect(WantedUpdate wanted, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var limit = within ?? links.AttachWithin(wanted.Links);
        session.Tester.TryExpect(
            packet => wanting.UpdateTo(wanted.Peer, packet) is { } came && wanting.Has(wanted, came) ? packet : null,
            events.SettledAt + limit,
            events.Cause,
            out var found
        );
        var expected = MobileNodeWanted.Words(wanted);
        var actual = found is null ? Others(wanted.Peer, limit) : "it came";
        session.RequireReaction(
            found is not null,
            expected,
            actual,
            found?.Frame ?? session.LastStimulus,
            isAfterFault: events.LastFault is { } fault && (found is null || found.Frame.Number > fault.Number)
        );
        events.Take(found!.Frame);
        var update = wanting.UpdateTo(wanted.Peer, found)!;
        var fields = new FieldExpectation(session, found, request: null, Before(wanted.Peer, found));
        session.RequireFields(
            found,
            rows.Select(row => (row.Field, fields.Judge(wanting.FieldIn(wanted, update, row.Field), words.Replaced(row.Expected))))
        );
    }

    /// <summary>Requires that no update comes but those that refresh a binding before its end.</summary>
    /// <param name="within">Null for the time after which the tester concludes that nothing came.</param>
    public void ExpectNone(WantedUpdate wanted, TimeSpan? within)
    {
        var period = within ?? session.Clock.Guard;
        var came = session.Tester.TryFindForbidden(
            packet =>
                wanting.UpdateTo(wanted.Peer, packet) is { } update
                && wanting.Touches(wanted, update)
                && !peers(wanted.Peer).WasRefresh(packet)
                    ? packet
                    : null,
            events.SettledAt + period,
            events.Settled,
            out var found
        );
        session.RequireNone(
            !came,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no {MobileNodeWanted.Words(wanted)["a ".Length..]} for {period.TotalSeconds:0.###} s"
            ),
            came ? $"{wanting.Words(wanting.UpdateTo(wanted.Peer, found!)!)} came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>Requires at most a number of updates.</summary>
    public void ExpectAtMost(int most, WantedUpdate wanted, TimeSpan? within)
    {
        var came = During(wanted.Peer, within).Where(update => wanting.Has(wanted, update)).ToList();
        session.RequireNone(
            came.Count <= most,
            string.Create(CultureInfo.InvariantCulture, $"at most {most} times {MobileNodeWanted.Words(wanted)}"),
            string.Create(CultureInfo.InvariantCulture, $"{came.Count} came"),
            (came.Count > most ? came[most].Packet.Frame : null) ?? session.LastStimulus
        );
    }

    /// <summary>Requires that updates register one care-of address at most.</summary>
    public void ExpectOneCareOf(MobilityPeer peer, TimeSpan? within)
    {
        var came = During(peer, within).Where(update => !update.IsDeregistration).ToList();
        var all = came.SelectMany(update => update.Entries.Select(entry => entry.CareOf ?? update.PlainCareOf)).Distinct().ToList();
        session.RequireNone(
            all.Count <= 1,
            "updates for one care-of address at most",
            all.Count == 0 ? "none came" : $"they are for {string.Join(", ", all)}",
            came.LastOrDefault()?.Packet.Frame ?? session.LastStimulus
        );
    }

    /// <summary>The updates from the last stimulus, or the last one that a step has taken, to the end of a time.</summary>
    private List<RequestedUpdate> During(MobilityPeer peer, TimeSpan? within)
    {
        session.Tester.WaitUntil(events.SettledAt + (within ?? session.Clock.Guard));
        return [.. peers(peer).Updates.Where(update => update.Packet.Frame.Number > (events.Settled?.Number ?? 0))];
    }

    /// <summary>What came instead, for the reader.</summary>
    private string Others(MobilityPeer peer, TimeSpan limit)
    {
        var others = peers(peer)
            .Updates.Where(update => update.Packet.Frame.Number > (events.Cause?.Number ?? 0))
            .Select(wanting.Words)
            .Distinct()
            .ToList();
        return others.Count == 0 ? session.NothingCame(limit) : $"there came {string.Join(", ", others)}";
    }

    /// <summary>The update to the same peer before another one; null if there was none.</summary>
    private Packet? Before(MobilityPeer peer, Packet packet) =>
        peers(peer).Updates.LastOrDefault(update => update.Packet.Frame.Number < packet.Frame.Number)?.Packet;
}
