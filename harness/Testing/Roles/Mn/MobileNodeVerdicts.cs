using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// Turns what a mobile node under test does, or leaves out, into observations. Of most demands on it, a message that comes or does not come
/// is the only evidence: how it has read an answer, in which order it does things, what it has taken for wrong.
/// </summary>
internal static class MobileNodeVerdicts
{
    private static readonly Observation[] _reactions = [Observation.Session, Observation.Status, Observation.Order, Observation.Options];

    /// <summary>Requires that a message comes.</summary>
    /// <param name="isAfterFault">
    /// True if a wrong answer came before: then the message shows that the mobile node has not taken it.
    /// </param>
    public static void RequireReaction(
        this TestSession session,
        bool came,
        string expected,
        string actual,
        Frame? frame,
        bool isAfterFault = false
    )
    {
        Judge(
            session,
            isAfterFault ? [.. _reactions, Observation.Silence, Observation.Malformed] : _reactions,
            came,
            expected,
            actual,
            frame
        );
        session.Require(Observation.Timing, came, expected, actual, frame);
    }

    /// <summary>Requires that something has not come.</summary>
    public static void RequireNone(this TestSession session, bool isRight, string expected, string actual, Frame? frame)
    {
        Judge(session, _reactions, isRight, expected, actual, frame);
        session.Require(Observation.Silence, isRight, expected, actual, frame);
    }

    /// <summary>Requires a state of bindings.</summary>
    public static void RequireBindings(this TestSession session, bool isRight, string expected, string actual, Frame? frame)
    {
        Judge(session, [Observation.Status, Observation.Order, Observation.Options], isRight, expected, actual, frame);
        session.Require(Observation.Session, isRight, expected, actual, frame);
    }

    /// <summary>Requires that packets go as they should, which shows how the mobile node has read answers.</summary>
    /// <param name="isEvident">False if no packet came at all, so that nothing but their absence is seen.</param>
    public static void RequirePackets(this TestSession session, bool isEvident, bool isRight, string expected, string actual, Frame? frame)
    {
        if (isEvident)
        {
            Judge(session, [Observation.Status, Observation.Order, Observation.Options], isRight, expected, actual, frame);
        }

        session.Require(Observation.Forwarding, isRight, expected, actual, frame);
    }

    /// <summary>Requires the fields of a table.</summary>
    public static void RequireFields(this TestSession session, Packet found, IEnumerable<(string Field, FieldJudgement Judgement)> rows)
    {
        var all = rows.ToList();
        var edition = session.Scenario.Edition.Wire;
        foreach (var (field, judged) in all)
        {
            if (KindOf(field, edition) is { } kind && kind != judged.Observation)
            {
                session.Judge(kind, judged.Ok, judged.Expected, judged.Actual, found.Frame, found.Mobility!.Offset + judged.Octet);
            }
        }

        FieldTable.Require(session, all.Select(row => row.Judgement), found.Frame, found.Mobility!.Offset);
    }

    /// <summary>The kind of a field beside that of its comparison: a flag has a name of one letter.</summary>
    private static Observation? KindOf(string field, WireEdition edition) =>
        MobilityOptionKind.Named(field, edition) is not null ? Observation.Content
        : field == "Sequence Number" ? Observation.Order
        : field is "Source" or "Home Address option" ? Observation.Source
        : field.Split('.')[^1].Length == 1 ? Observation.Flags
        : null;

    private static void Judge(TestSession session, Observation[] kinds, bool ok, string expected, string actual, Frame? frame)
    {
        foreach (var kind in kinds)
        {
            session.Judge(kind, ok, expected, actual, frame);
        }
    }
}
