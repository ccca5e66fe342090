using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of the Binding Updates of a mobile node under test.</summary>
internal sealed class MobileNodeUpdates(
    TestSession session,
    MobileNodeEvents events,
    MobileNodeWanted wanting,
    MobileNodeFieldWords words,
    Func<MobilityPeer, RegistrationPeer> peers
)
{
    /// <inheritdoc cref="IMobileNodeUnderTest.ExpectUpdate"/>
    public Packet Expect(WantedUpdate wanted, TimeSpan limit, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        session.Tester.TryExpect(
            packet => wanting.UpdateTo(wanted.Peer, packet) is { } update && wanting.Has(wanted, update) ? packet : null,
            events.LastAt + limit,
            events.Cause,
            out var found
        );
        var expected = MobileNodeWanted.Words(wanted);
        var actual = found is null ? Others(wanted.Peer, limit) : "it came";
        session.Judge(Observation.Session, found is not null, expected, actual, found?.Frame ?? session.LastStimulus);
        session.Require(Observation.Timing, found is not null, expected, actual, found?.Frame ?? session.LastStimulus);
        events.Take(found!.Frame);
        var fields = new FieldExpectation(session, found, request: null, Before(wanted.Peer, found));
        FieldTable.Require(
            session,
            rows.Select(row => fields.Judge(row.Field, words.Replaced(row.Expected))),
            found.Frame,
            found.Mobility!.Offset
        );
        return found;
    }

    /// <inheritdoc cref="IMobileNodeUnderTest.ExpectNoUpdate"/>
    public void ExpectNone(WantedUpdate wanted, TimeSpan period)
    {
        var came = session.Tester.TryFindForbidden(
            packet =>
                wanting.UpdateTo(wanted.Peer, packet) is { } update
                && wanting.Touches(wanted, update)
                && !peers(wanted.Peer).WasRefresh(packet)
                    ? packet
                    : null,
            events.LastAt + period,
            events.Settled,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no {MobileNodeWanted.Words(wanted)["a ".Length..]} for {period.TotalSeconds:0.###} s"
            ),
            came ? $"{wanting.Words(wanting.UpdateTo(wanted.Peer, found!)!)} came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
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
