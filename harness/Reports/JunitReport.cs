using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Reports;

/// <summary>
/// Writes a run as JUnit XML, for CI systems that show test results. The format has fewer outcomes than there are verdicts:
/// inconclusive, errors of the tester and selected scenarios that did not run all become <c>error</c>, so that none of
/// them counts as passed; not applicable and not tested become <c>skipped</c>; deselected scenarios are left out. The format has no
/// standard; the file is valid by the schema of Jenkins, which other consumers read, too.
/// </summary>
public static class JunitReport
{
    public const string FileName = "junit.xml";

    public static string Create(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        var results = run.Results.GroupBy(result => result.Key).ToDictionary(group => group.Key, group => group.Last());
        var causes = RootCause.Of(run, register);
        var suites = run
            .Planned.Where(scenario => scenario.Selection != Selection.Deselected)
            .GroupBy(scenario => (scenario.Feature, scenario.Path))
            .Select(feature =>
                Suite(
                    feature.Key.Feature,
                    feature.Select(scenario => Case(run, scenario, results.GetValueOrDefault(scenario.Key), register, causes))
                )
            );
        var incomplete = new RunSummary(run).IsIncomplete ? "Incomplete: " : string.Empty;
        var root = new XElement(
            "testsuites",
            new XAttribute("name", Clean($"{incomplete}{run.Header.Product}: {run.Header.Implementation}")),
            causes.Count == 0 ? null : Suite("Root causes", causes.Select(cause => Case(run, cause, register))),
            suites
        );
        AddCounts(root);

        var text = new StringBuilder();
        using (
            var writer = XmlWriter.Create(
                text,
                new XmlWriterSettings
                {
                    Indent = true,
                    NewLineChars = "\n",
                    OmitXmlDeclaration = true,
                }
            )
        )
        {
            root.Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    /// <summary>The root causes of a failure, one line each.</summary>
    private static string CausesOf(Run run, ScenarioResult result, IReadOnlyList<RootCause> causes) =>
        string.Concat(
            causes
                .Where(cause => cause.Failures.Contains(result.Key))
                .Select(cause =>
                    $"Root cause   {string.Join(", ", cause.Statements)}: first in {run.NameOf(cause.First)}, {cause.Behind}\n"
                )
        );

    /// <summary>
    /// A test case for a root cause, so that a requirement that is violated in passing is red, too. It fails unless it is a
    /// recommendation, or only the purposes of scenarios count.
    /// </summary>
    private static XElement Case(Run run, RootCause cause, StatementRegister register)
    {
        var every = cause.Kind == CauseKind.EveryMessage ? "In nearly every message: " : string.Empty;
        var text =
            string.Join('\n', cause.Statements.Select(statement => FailureText.Clause(statement, register)))
            + $"\nExpected {cause.Finding.Expected}\nActual {cause.Actual}\n"
            + $"First in {run.NameOf(cause.First)}, {FailureText.Evidence(cause.Finding, cause.Capture)}\nBehind it: {cause.Behind}\n";
        var fails = cause.Kind != CauseKind.Recommendation && (!run.Header.PurposeOnly || cause.Failures.Count > 0);
        return new XElement(
            "testcase",
            new XAttribute("name", Clean($"{string.Join(", ", cause.Statements)}: {cause.Actual}")),
            new XAttribute("classname", "Root causes"),
            fails
                ? Outcome("failure", "root cause", $"{every}expected {cause.Finding.Expected}; {cause.Actual}", text)
                : new XElement("system-out", Clean(text))
        );
    }

    private static XElement Suite(string name, IEnumerable<XElement> cases)
    {
        var suite = new XElement("testsuite", new XAttribute("name", Clean(name)), cases);
        AddCounts(suite);
        suite.Add(new XAttribute("skipped", suite.Descendants("skipped").Count()));
        return suite;
    }

    private static void AddCounts(XElement element)
    {
        var cases = element.Descendants("testcase").ToList();
        element.Add(
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Elements("failure").Count()),
            new XAttribute("errors", cases.Elements("error").Count()),
            new XAttribute("time", Seconds(cases.Sum(test => (decimal?)test.Attribute("time") ?? 0)))
        );
    }

    private static XElement Case(
        Run run,
        PlannedScenario scenario,
        ScenarioResult? result,
        StatementRegister register,
        IReadOnlyList<RootCause> causes
    )
    {
        var test = new XElement(
            "testcase",
            new XAttribute("name", Clean($"{run.NameOf(scenario.Key)} {scenario.Title}")),
            new XAttribute("classname", Clean(scenario.Path))
        );
        if (result is null)
        {
            test.Add(
                scenario.Selection == Selection.Selected
                    ? Outcome("error", "not run", "the run ended before this scenario", string.Empty)
                    : new XElement("skipped", Clean($"{ReportText.Of(scenario.Selection)}: {scenario.Reason}"))
            );
            return test;
        }

        test.Add(new XAttribute("time", Seconds((decimal)result.ProtocolTime.TotalSeconds)));
        if (result.Verdict != Verdict.Pass)
        {
            test.Add(
                Outcome(
                    result.Verdict == Verdict.Fail ? "failure" : "error",
                    ReportText.Of(result.Verdict),
                    result.Reason,
                    FailureText.Of(run, scenario, result, register) + CausesOf(run, result, causes)
                )
            );
        }

        IReadOnlyList<string> remarks = [.. result.Remarks, .. result.LateAttempts.Select(late => $"earlier attempt: {late}")];
        if (remarks.Count > 0)
        {
            test.Add(new XElement("system-out", Clean(string.Join('\n', remarks))));
        }

        return test;
    }

    private static XElement Outcome(string element, string type, string message, string text) =>
        new(element, new XAttribute("type", type), new XAttribute("message", Clean(message)), Clean(text));

    private static string Seconds(decimal seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Text from the device may contain characters that XML 1.0 cannot represent, or that are invisible.</summary>
    private static string Clean(string text) => PrintableText.OfLines(text);
}
