using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>
/// Writes a run as JUnit XML, for CI systems that show test results. The format has fewer outcomes than there are verdicts:
/// inconclusive, errors of the tester and selected scenarios that did not run all become <c>error</c>, so that none of
/// them counts as passed; not applicable and not tested become <c>skipped</c>; deselected scenarios are left out.
/// </summary>
public static class JunitReport
{
    public const string FileName = "junit.xml";

    public static string Create(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        var results = run.Results.GroupBy(result => result.Key).ToDictionary(group => group.Key, group => group.Last());
        var suites = run
            .Planned.Where(scenario => scenario.Selection != Selection.Deselected)
            .GroupBy(scenario => (scenario.Feature, scenario.Path))
            .Select(feature =>
                Suite(
                    feature.Key.Feature,
                    feature.Select(scenario => Case(run, scenario, results.GetValueOrDefault(scenario.Key), register))
                )
            );
        var root = new XElement("testsuites", new XAttribute("name", Clean($"{run.Header.Product}: {run.Header.Implementation}")), suites);
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

    private static XElement Suite(string name, IEnumerable<XElement> cases)
    {
        var suite = new XElement("testsuite", new XAttribute("name", Clean(name)), cases);
        AddCounts(suite);
        return suite;
    }

    private static void AddCounts(XElement element)
    {
        var cases = element.Descendants("testcase").ToList();
        element.Add(
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Elements("failure").Count()),
            new XAttribute("errors", cases.Elements("error").Count()),
            new XAttribute("skipped", cases.Elements("skipped").Count()),
            new XAttribute("time", Seconds(cases.Sum(test => (decimal?)test.Attribute("time") ?? 0)))
        );
    }

    private static XElement Case(Run run, PlannedScenario scenario, ScenarioResult? result, StatementRegister register)
    {
        var test = new XElement(
            "testcase",
            new XAttribute("name", Clean($"{run.NameOf(scenario.Key)} {scenario.Title}")),
            new XAttribute("classname", Clean(scenario.Path)),
            new XAttribute("file", Clean(scenario.Path)),
            new XAttribute("line", scenario.Line)
        );
        if (result is null)
        {
            test.Add(
                scenario.Selection == Selection.Selected
                    ? Outcome("error", "not run", "the run ended before this scenario", null)
                    : Outcome("skipped", null, $"{ReportText.Of(scenario.Selection)}: {scenario.Reason}", null)
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
                    FailureText.Of(run, scenario, result, register)
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

    private static XElement Outcome(string element, string? type, string message, string? text) =>
        new(
            element,
            type is null ? null : new XAttribute("type", type),
            new XAttribute("message", Clean(message)),
            text is null ? null : Clean(text)
        );

    private static string Seconds(decimal seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Replaces the control characters that XML 1.0 cannot represent. Text from the device may contain them.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(
                rune.Value is '\n' or '\t' || rune.Value >= 0x20 && rune.Value is not (0xFFFE or 0xFFFF) ? rune.ToString() : "\uFFFD"
            );
        }

        return clean.ToString();
    }
}
