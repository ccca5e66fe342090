using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mag;

/// <summary>What a scenario requires of the Proxy Binding Updates of a MAG under test.</summary>
public sealed class MagUpdates(TestSession session, MagExchanges exchanges)
{
    private const int FollowedRepeats = 12;

    /// <summary>RFC 3775, Section 12: MAX_UPDATE_RATE, in a second.</summary>
    private const int MaxUpdateRate = 3;

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    public void Expect(
        MobileNode node,
        TimeSpan? within = null,
        IReadOnlyCollection<(string Field, string Expected)>? rows = null,
        UpdateKind kind = UpdateKind.Any
    )
    {
        var limit = within ?? session.Clock.AnswerWithin;
        var came = session.Tester.TryExpect(
            packet => IsUpdateOf(node, packet, kind) ? packet : null,
            exchanges.LastEvent + limit,
            exchanges.AttachmentCause,
            out var found
        );
        session.Require(
            Observation.Timing,
            came,
            $"a Proxy Binding Update for {node.Name}{kind.Words()}",
            came ? "it came" : session.NothingCame(limit),
            found?.Frame ?? session.LastStimulus
        );
        Took(node, found!, rows ?? [], exchanges.LastOf(node));
    }

    /// <summary>Waits for an update of a bookend's node, which the emulated LMA accepts by itself.</summary>
    internal bool Came(MobileNode node, Func<MobilityOctets, bool> isWanted) =>
        session.Tester.TryExpect(
            packet => IsUpdateOf(node, packet) && isWanted(packet.Mobility!) ? packet : null,
            session.Bed.Now + session.Clock.AnswerWithin,
            exchanges.AttachmentCause,
            out _
        );

    /// <summary>
    /// True if the MAG has registered a bookend's node as a new one although its registration was accepted: it no longer knew the prefix.
    /// A copy of the registration, or a retransmission that crossed the answer, does not count.
    /// </summary>
    /// <param name="registered">The last frame of the registration.</param>
    internal bool BeganAnew(MobileNode node, Frame registered) =>
        session
            .Bed.Frames.Skip(registered.Number)
            .Where(frame => frame.Direction == Direction.Received && frame.At > registered.At + session.Clock.AnswerWithin)
            .Select(Packet.Of)
            .Any(packet =>
                IsUpdateOf(node, packet)
                && packet.Mobility is { LifetimeUnits: > 0 } message
                && message.All(HomeNetworkPrefixKind.Type).All(option => option.Prefix.Equals(IPAddress.IPv6Any))
            );

    /// <summary>
    /// Requires that no update of a kind comes for a time after the last event. A de-registration may not have come since the node
    /// attached or left, either: a step that waits for a registration passes over it.
    /// </summary>
    public void ExpectNone(MobileNode node, TimeSpan duration, UpdateKind kind = UpdateKind.Any)
    {
        var after = kind == UpdateKind.Deregistration ? exchanges.AttachmentCause : session.LastStimulus;

        // A MAG notices with a delay that its link went down.
        var noticed =
            node.Link is null && exchanges.LastEvent == exchanges.AttachedAt
                ? exchanges.AttachedAt + session.Bed.Facts.Tolerance
                : DateTimeOffset.MinValue;
        var refused = kind == UpdateKind.RefusedIpv4 ? RefusedIpv4.Of(session, exchanges.LastOf(node)) : null;
        var came = session.Tester.TryFindForbidden(
            packet =>
                IsUpdateAbout(node, packet, kind) && packet.Frame.At > noticed && refused?.IsAskedForIn(packet) != false ? packet : null,
            exchanges.LastEvent + duration,
            after,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no Proxy Binding Update for {node.Name}{kind.Words()} for {duration.TotalSeconds:0.###} s"
            ),
            came ? "one came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>
    /// Requires that the intervals between the repetitions of the last update double until the longest one (RFC 5213, Section 6.9.4).
    /// </summary>
    /// <remarks>The text only recommends the first interval, without a keyword: any is right, and the result says which it was.</remarks>
    public void ExpectDoubling(MobileNode node, TimeSpan first, TimeSpan longest)
    {
        var interval = Repeat(node, longest) ?? throw NoRepeat(node, longest);
        if (interval < first - IntervalTolerance(first) || interval > first + IntervalTolerance(first))
        {
            session.Remark($"the first repetition came after {Seconds(interval)}, not after INITIAL_BINDACK_TIMEOUT, {Seconds(first)}");
        }

        for (var expected = interval * 2; expected + IntervalTolerance(expected) < longest; expected = interval * 2)
        {
            interval = Repeat(node, longest) ?? throw NoRepeat(node, longest);
            session.Require(
                Observation.Timing,
                (interval - expected).Duration() <= IntervalTolerance(expected),
                $"a repetition {Seconds(expected)} after the one before",
                $"it came after {Seconds(interval)}",
                exchanges.Latest.Request.Frame
            );
        }
    }

    /// <summary>
    /// Requires that no interval between repetitions of the last update exceeds the longest one; the MAG may stop after that.
    /// </summary>
    public void ExpectIntervalsUpTo(MobileNode node, TimeSpan longest)
    {
        if (Repeat(node, longest) is null)
        {
            throw NoRepeat(node, longest);
        }

        // A repetition that comes too late shows a wrong rate, and none at all that the MAG has stopped.
        for (var (i, slow) = (1, 0); i < FollowedRepeats && slow < 2 && Repeat(node, longest * 2) is { } interval; i++)
        {
            session.Require(
                Observation.Timing,
                interval <= longest + IntervalTolerance(longest),
                $"repetitions at most {Seconds(longest)} apart",
                $"one came after {Seconds(interval)}",
                exchanges.Latest.Request.Frame
            );
            slow += interval >= longest - IntervalTolerance(longest) ? 1 : 0;
        }
    }

    /// <summary>Requires repetitions of the last update with these fields.</summary>
    public void ExpectRepeats(MobileNode node, TimeSpan longest, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        const int Judged = 2;
        for (var i = 0; i < Judged; i++)
        {
            _ = Repeat(node, longest, rows) ?? throw NoRepeat(node, longest);
        }
    }

    /// <summary>
    /// Requires that in no second of the scenario more than MAX_UPDATE_RATE updates for the node have come (RFC 3775, Section 11.8).
    /// </summary>
    public void ExpectRate(MobileNode node)
    {
        session.Tester.WaitUntil(exchanges.LastEvent + session.Clock.Guard + _second);
        var updates = new List<Frame>();
        foreach (var frame in session.Bed.Frames.Where(frame => frame.Direction == Direction.Received))
        {
            var isDuplicated = updates.Exists(known => frame.IsCopyOf(known) && frame.At - known.At < LowerTester.CopyWithin);
            if (!isDuplicated && IsUpdateOf(node, Packet.Of(frame)))
            {
                updates.Add(frame);
            }
        }

        if (updates.Count == 0)
        {
            throw new StepFailedException($"no Proxy Binding Update for {node.Name} came whose rate could be judged");
        }

        // Two updates may be delayed by different times on their way to the tester.
        var least = _second - session.Bed.Facts.Tolerance;
        var burst = updates.Skip(MaxUpdateRate).Zip(updates).FirstOrDefault(pair => pair.First.At - pair.Second.At < least);
        session.Require(
            Observation.Timing,
            burst.First is null,
            $"at most {MaxUpdateRate} Proxy Binding Updates for {node.Name} in any second",
            burst.First is null ? "not more came" : $"{MaxUpdateRate + 1} came within {Seconds(burst.First.At - burst.Second.At)}",
            burst.First ?? updates[^1]
        );
    }

    /// <returns>The time from the last update to its repetition; null if none came within the given time and its tolerance.</returns>
    private TimeSpan? Repeat(MobileNode node, TimeSpan within, IReadOnlyCollection<(string Field, string Expected)>? rows = null)
    {
        var before = exchanges.Latest;
        var sent = before.Request.Frame;
        var until = sent.At + within + IntervalTolerance(within);
        if (!session.Tester.TryExpect(packet => IsUpdateOf(node, packet) ? packet : null, until, sent, out var found))
        {
            return null;
        }

        Took(node, found, rows ?? [], before);
        return found.Frame.At - sent.At;
    }

    private static StepFailedException NoRepeat(MobileNode node, TimeSpan within) =>
        new($"the Proxy Binding Update for {node.Name} is not repeated within {Seconds(within)}");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    /// <summary>Opens the exchange of an update that came, and compares its fields with a table.</summary>
    private void Took(MobileNode node, Packet update, IReadOnlyCollection<(string Field, string Expected)> rows, Exchange? earlier)
    {
        var lma = session.Ixit.Domain.OwnerOf(update.Ip!.Destination) is { Role: NodeRole.Lma } named ? named.Name : session.AnchorOf(node);
        exchanges.Open(new Exchange(update, node, lma));
        var fields = new FieldExpectation(session, update, request: null, earlier?.Request);
        FieldTable.Require(session, rows.Select(row => fields.Judge(row.Field, row.Expected)), update.Frame, update.Mobility!.Offset);
    }

    /// <summary>
    /// The timers of a device have a limited resolution: the tolerance is a tenth of the interval plus the bed's tolerance.
    /// </summary>
    private TimeSpan IntervalTolerance(TimeSpan interval) => (interval / 10) + session.Bed.Facts.Tolerance;

    /// <summary>
    /// An update with the link-layer address of the node is about the node, too, whatever identifier it has: a MAG may register it under
    /// the wrong one.
    /// </summary>
    private static bool IsUpdateAbout(MobileNode node, Packet packet, UpdateKind kind) =>
        IsUpdateOf(node, packet, kind)
        || (
            packet.IsMobility(MobilityOctets.BindingUpdateType, out var message)
            && kind.Has(message)
            && node.IsBound
            && message.First(MobileNodeLinkLayerIdentifierKind.Type) is { } linkLayer
            && linkLayer.LinkLayerIdentifier.Span.SequenceEqual(node.Identity.LinkLayer.ToArray())
        );

    internal static bool IsUpdateOf(MobileNode node, Packet packet, UpdateKind kind = UpdateKind.Any) =>
        packet.IsMobility(MobilityOctets.BindingUpdateType, out var message) && node.IsIdentifiedBy(message) && kind.Has(message);
}
