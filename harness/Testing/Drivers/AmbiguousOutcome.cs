using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Drivers;

/// <summary>One legal reading of an ambiguous text.</summary>
/// <param name="Condition"><c>always</c>, or <c>ics:item</c>: legal only for who declares it.</param>
public sealed record Reading(string Outcome, string Meaning, string Condition);

/// <summary>
/// Ambiguous spots. Who declares a reading must show that one; who declares none must show one that is open
/// to all. Which one was seen is a remark in either case.
/// </summary>
public static class AmbiguousOutcome
{
    public static void Require(
        TestSession session,
        IReadOnlyList<string> outcomes,
        string text,
        Frame? frame,
        IReadOnlyList<Reading> readings
    )
    {
        var declared = readings
            .Where(reading => reading.Condition.StartsWith("ics:", StringComparison.Ordinal) && session.Claims(reading.Condition[4..]))
            .ToList();
        var allowed = declared.Count > 0 ? declared : [.. readings.Where(reading => reading.Condition == "always")];
        var shown = readings.FirstOrDefault(reading => outcomes.Contains(reading.Outcome));
        var ok = shown is not null && allowed.Contains(shown);
        var expected = string.Join(", or ", allowed.Select(reading => $"{reading.Outcome} ({reading.Meaning})"));
        var undeclared =
            shown is not null && !ok
                ? $": the reading '{shown.Meaning}' is legal when {shown.Condition} is {(declared.Count > 0 ? "what was declared" : "declared")}"
                : string.Empty;
        session.Remark($"ambiguous text: {text}{(shown is null ? string.Empty : $" ({shown.Meaning})")}");
        session.Require(Enum.GetValues<Observation>(), ok, expected, $"{text}{undeclared}", frame);
    }
}
