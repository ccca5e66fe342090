using System.Diagnostics;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>Shows what a certification concludes.</summary>
internal static class ConclusionsView
{
    public static void Write(Terminal terminal, Conclusions conclusions)
    {
        var table = Terminal.Table(
            "Role",
            "Class",
            "Edition",
            "Conclusion",
            "#pass",
            "#fail",
            "#inconclusive",
            "#error",
            "#not tested",
            "#violated in passing"
        );
        foreach (var known in conclusions.Classes.Where(known => known.Status is ClassStatus.Conformant or ClassStatus.NotConformant))
        {
            table.AddRow(
                new Text(known.Role),
                new Text(known.Title),
                new Text(known.Edition.Name),
                new Text(CertificationText.Of(known.Status), new Style(ColorOf(known.Status))),
                Terminal.Count(known.Pass, Color.Green),
                Terminal.Count(known.Fail, Color.Red),
                Terminal.Count(known.Inconclusive, Color.Yellow),
                Terminal.Count(known.Error, Color.Yellow),
                Terminal.Count(known.NotTested, Color.Yellow),
                Terminal.Count(known.Violated.Count, Color.Red)
            );
        }

        terminal.Console.Write(table);
        foreach (var status in new[] { ClassStatus.NotClaimed, ClassStatus.NotExamined, ClassStatus.NotExaminable })
        {
            var others = conclusions.Classes.Where(known => known.Status == status).ToList();
            if (others.Count > 0)
            {
                terminal.Line(
                    $"{CertificationText.Of(status)}: "
                        + string.Join(", ", others.Select(known => $"{known.Class} ({known.Role}, {known.Edition})").Distinct())
                );
            }
        }

        terminal.Line(CertificationText.Of(conclusions));
        terminal.Line();
    }

    /// <summary>The scenarios that did not pass, each with its reason; the report in the bundle has the evidence.</summary>
    public static void WriteUnsettled(Terminal terminal, Run run)
    {
        foreach (var result in run.Results.Where(result => result.Verdict != Verdict.Pass))
        {
            terminal.Line($"{ReportText.Of(result.Verdict).PadRight(12)} {run.NameOf(result.Key)}: {result.Reason}");
        }
    }

    private static Color ColorOf(ClassStatus status) =>
        status switch
        {
            ClassStatus.Conformant => Color.Green,
            ClassStatus.NotConformant => Color.Red,
            ClassStatus.NotClaimed or ClassStatus.NotExamined or ClassStatus.NotExaminable => Color.Grey,
            _ => throw new UnreachableException(),
        };
}
