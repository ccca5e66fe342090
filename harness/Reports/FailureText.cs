using System.Globalization;
using System.Text;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>Formats a verdict as plain text: the expectation, the observation, the evidence, and the command to repeat it.</summary>
public static class FailureText
{
    /// <summary>
    /// The text of one result: its violated findings and the step at which it failed. Lines end in a line feed.
    /// </summary>
    public static string Of(Run run, PlannedScenario scenario, ScenarioResult result, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(register);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{run.NameOf(scenario.Key)}  {scenario.Title}\n{scenario.Path}:{scenario.Line}\n\n");
        Line("Verdict", $"{ReportText.Of(result.Verdict)}: {result.Reason}");
        foreach (var (number, attempt) in run.AttemptsAt(scenario.Key).Index())
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"Attempt {number + 1}"), Attempt(attempt));
        }

        foreach (var alike in Violations(result))
        {
            text.Append('\n');
            foreach (var finding in alike)
            {
                Line("Clause", Clause(finding.Statement, register));
            }

            Line("Expected", alike[0].Expected);
            Line("Actual", alike[0].Actual);
            Line("Evidence", Evidence(alike[0], result.Capture));
        }

        if (result.Verdict == Verdict.Fail && result.Purpose.All(finding => finding.Ok))
        {
            text.Append('\n');
            Line("Clause", ReportText.NoClause);
        }

        text.Append('\n');
        if (result.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Failed) is { } failed)
        {
            Line("At step", string.Create(CultureInfo.InvariantCulture, $"{failed.Keyword.Trim()} {failed.Text} (line {failed.Line})"));
            if (
                failed.Message is not null
                && !result.Purpose.Any(finding => failed.Message == $"expected {finding.Expected}; {finding.Actual}")
            )
            {
                Line("Message", failed.Message);
            }
        }

        if (result.NotReached.Count > 0)
        {
            Line("Not reached", string.Join(", ", result.NotReached));
        }

        foreach (var late in result.LateAttempts)
        {
            Line("Late before", late);
        }

        Line("Replay", ReportText.Replay(run, scenario.Key));
        return text.ToString();

        void Line(string label, string value) =>
            text.Append(label.PadRight(13)).Append(value.ReplaceLineEndings("\n" + new string(' ', 13))).Append('\n');
    }

    /// <summary>What one attempt at a repeated scenario found: its verdict with the reason, and its capture.</summary>
    private static string Attempt(ScenarioResult attempt)
    {
        var violated = attempt
            .Purpose.Where(finding => !finding.Ok)
            .Select(finding => finding.Statement.Value)
            .Distinct()
            .Where(id => !attempt.Reason.Split(' ', ',', ':', ';').Contains(id))
            .ToList();
        var reason = attempt.Verdict == Verdict.Pass ? string.Empty : $": {attempt.Reason}";
        var statements = violated.Count == 0 ? string.Empty : $" ({string.Join(", ", violated)})";
        return $"{ReportText.Of(attempt.Verdict)}{reason}{statements}{(attempt.Capture is null ? string.Empty : $", {attempt.Capture}")}";
    }

    /// <summary>
    /// The violated findings of the purpose. Findings that one observation made for several clauses share their evidence and form one
    /// group.
    /// </summary>
    internal static IEnumerable<IReadOnlyList<Finding>> Violations(ScenarioResult result) =>
        result
            .Purpose.Where(finding => !finding.Ok)
            .GroupBy(finding => (finding.Expected, finding.Actual, finding.Packet, finding.Octet), (_, alike) => alike.ToList());

    /// <summary>A statement with its level and paraphrase if the register contains it.</summary>
    public static string Clause(StatementId id, StatementRegister register) =>
        register.Find(id) is { } statement ? $"{id} ({statement.Level}): {statement.Paraphrase}" : id.Value;

    /// <summary>The position of the deciding octet: <c>packet 6, octet 60 of captures/TC-LMA-REG-BI-07.pcapng</c>.</summary>
    public static string Evidence(Finding finding, string? capture)
    {
        if (finding.Packet is not { } packet)
        {
            return "no packet: nothing was sent";
        }

        var octet = finding.Octet is { } offset ? string.Create(CultureInfo.InvariantCulture, $", octet {offset}") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"packet {packet}{octet}") + (capture is null ? string.Empty : $" of {capture}");
    }
}
