using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Drivers;

/// <summary>A legal reading of an ambiguous text.</summary>
/// <param name="Condition"><c>always</c>, or <c>ics:item</c> for a reading that is legal only if the item is declared.</param>
public sealed record Reading(string Outcome, string Meaning, string Condition);

/// <summary>
/// Judges ambiguous requirements on the status of an answer. An implementation that declares a reading must show that reading; otherwise
/// it must show a
/// reading that is always legal. The observed reading is a remark in either case.
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
        var readable = readings.Where(reading => outcomes.Contains(reading.Outcome)).ToList();
        var shown = readable.Find(allowed.Contains) ?? readable.FirstOrDefault();
        var ok = shown is not null && allowed.Contains(shown);
        var expected = string.Join(", or ", allowed.Select(reading => $"{reading.Outcome} ({reading.Meaning})"));
        var undeclared =
            shown is not null && !ok
                ? $": the reading '{shown.Meaning}' is "
                    + (declared.Count > 0 ? "not the declared reading" : $"legal only if {shown.Condition} is declared")
                : string.Empty;
        session.Remark($"ambiguous text: {text}{(shown is null ? string.Empty : $" ({shown.Meaning})")}");
        session.Require(Observation.Status, ok, expected, $"{text}{undeclared}", frame);
    }
}
