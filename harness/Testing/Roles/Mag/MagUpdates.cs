using System.Globalization;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mag;

/// <summary>What a scenario requires of the Proxy Binding Updates of a MAG under test.</summary>
public sealed class MagUpdates(TestSession session, MagExchanges exchanges)
{
    private const int RepeatsAtSlowestRate = 2;

    public void Expect(MobileNode node, TimeSpan? within = null, IReadOnlyCollection<(string Field, string Expected)>? rows = null)
    {
        var limit = within ?? session.Clock.AnswerWithin;
        var came = session.Tester.TryExpect(
            packet => IsUpdateOf(node, packet) ? packet : null,
            exchanges.LastEvent + limit,
            exchanges.AttachmentCause,
            out var found
        );
        session.Require(
            [Observation.Status, Observation.Timing, Observation.Session, Observation.Malformed],
            came,
            $"a Proxy Binding Update for {node.Name}",
            came ? "it came" : session.NothingCame(limit),
            found?.Frame ?? session.LastStimulus
        );
        Took(node, found!, rows ?? [], exchanges.LastOf(node));
    }

    public void ExpectNone(MobileNode node, TimeSpan duration, bool registrationsOnly = false)
    {
        // A MAG notices with a delay that its link went down.
        var noticed =
            node.Link is null && exchanges.LastEvent == exchanges.AttachedAt
                ? exchanges.AttachedAt + session.Bed.Facts.Tolerance
                : DateTimeOffset.MinValue;
        var came = session.Tester.TryFindForbidden(
            packet =>
                IsUpdateOf(node, packet) && (!registrationsOnly || packet.Mobility!.LifetimeUnits > 0) && packet.Frame.At > noticed
                    ? packet
                    : null,
            exchanges.LastEvent + duration,
            session.LastStimulus,
            out var found
        );
        session.Require(
            [Observation.Silence, Observation.Status, Observation.Timing, Observation.Malformed, Observation.Session],
            !came,
            string.Create(CultureInfo.InvariantCulture, $"no Proxy Binding Update for {node.Name} for {duration.TotalSeconds:0.###} s"),
            came ? "one came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>Follows the retransmissions of the last update (RFC 5213, Section 6.9.4; RFC 6275, Section 11.8).</summary>
    /// <remarks>
    /// The first interval may also be the longer one of RFC 6275 for first registrations. Once the timeout has reached the maximum,
    /// a MAG may stop; if it continues, it retransmits at that rate.
    /// </remarks>
    public void ExpectRepeats(MobileNode node, TimeSpan first, TimeSpan last, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var longer = session.Ixit.Timer("InitialBindackTimeoutFirstReg");
        var interval = ExpectRepeat(node, [first, longer], rows) ?? throw new System.Diagnostics.UnreachableException();
        for (interval *= 2; interval < last; interval *= 2)
        {
            ExpectRepeat(node, [interval], rows);
        }

        var slow = 0;
        while (slow < RepeatsAtSlowestRate && ExpectRepeat(node, [last], rows, required: false) is not null)
        {
            slow++;
        }
    }

    /// <returns>The interval that matched; null if no retransmission came and none was required.</returns>
    private TimeSpan? ExpectRepeat(
        MobileNode node,
        IReadOnlyList<TimeSpan> intervals,
        IReadOnlyCollection<(string Field, string Expected)> rows,
        bool required = true
    )
    {
        var before = exchanges.Latest;
        var sent = before.Request.Frame;
        var longest = intervals.Max();

        // A retransmission that is not required but comes too late still shows a wrong rate.
        var patience = required ? longest + IntervalTolerance(longest) : longest * 2;
        var came = session.Tester.TryExpect(packet => IsUpdateOf(node, packet) ? packet : null, sent.At + patience, sent, out var found);
        if (!came && !required)
        {
            return null;
        }

        var gap = found is null ? TimeSpan.Zero : found.Frame.At - sent.At;
        var matched = intervals
            .Where(interval => came && (gap - interval).Duration() <= IntervalTolerance(interval))
            .Cast<TimeSpan?>()
            .FirstOrDefault();
        session.Require(
            [Observation.Timing],
            matched is not null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a retransmission {string.Join(" or ", intervals.Select(interval => interval.TotalSeconds))} s after the one before"
            ),
            came ? string.Create(CultureInfo.InvariantCulture, $"it came after {gap.TotalSeconds:0.###} s") : session.NothingCame(patience),
            found?.Frame ?? sent
        );
        Took(node, found!, rows, before);
        return matched;
    }

    /// <summary>Opens the exchange of an update that came, and compares its fields with a table.</summary>
    private void Took(MobileNode node, Packet update, IReadOnlyCollection<(string Field, string Expected)> rows, Exchange? earlier)
    {
        exchanges.Open(new Exchange(update, node, session.First(NodeRole.Lma), exchanges.AttachmentCause));
        var fields = new FieldExpectation(session, update.Mobility!, update.Frame.At, request: null, earlier?.Message);
        FieldTable.Require(session, rows.Select(row => fields.Judge(row.Field, row.Expected)), update.Frame, update.Mobility!.Offset);
    }

    /// <summary>
    /// The timers of a device have a limited resolution: the tolerance is a tenth of the interval plus the bed's tolerance.
    /// </summary>
    private TimeSpan IntervalTolerance(TimeSpan interval) => (interval / 10) + session.Bed.Facts.Tolerance;

    internal static bool IsUpdateOf(MobileNode node, Packet packet) =>
        packet.IsMobility(MobilityOctets.BindingUpdateType, out var message) && node.IsIdentifiedBy(message);
}
