using Conformance.Reports.Ladder;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Writes what is violated, by root cause: a card with the finding of the first scenario, and links to the others.</summary>
internal static class CauseSection
{
    /// <summary>Writes the faults of every message, which are failures of the device whatever the scenarios test.</summary>
    public static void WriteOfEveryMessage(
        Markup html,
        Run run,
        IReadOnlyList<RootCause> causes,
        StatementRegister register,
        string directory
    ) =>
        Write(
            html,
            run,
            [.. causes.Where(cause => cause.Kind == CauseKind.EveryMessage)],
            register,
            directory,
            "every-message",
            faults => $"{RunSummary.Plural(faults.Count, "fault")} of nearly every message they concern",
            "Each is a failure of the device, even if no scenario is about it. Correct these first: they may hide other faults."
        );

    public static void WriteViolated(Markup html, Run run, IReadOnlyList<RootCause> causes, StatementRegister register, string directory) =>
        Write(
            html,
            run,
            [.. causes.Where(cause => cause.Kind == CauseKind.Binding)],
            register,
            directory,
            "failures",
            violated =>
                $"{RunSummary.Plural(violated.Count, "root cause")} behind "
                + RunSummary.Plural(violated.SelectMany(cause => cause.Failures).Distinct().Count(), "failure"),
            "For each cause: compare the expected with the actual behaviour, open the capture at the packet given as evidence, correct the "
                + "implementation, and repeat the scenario with the command shown. With the same seed, the tester makes the same choices."
        );

    public static void WriteRecommendations(
        Markup html,
        Run run,
        IReadOnlyList<RootCause> causes,
        StatementRegister register,
        string directory
    ) =>
        Write(
            html,
            run,
            [.. causes.Where(cause => cause.Kind == CauseKind.Recommendation)],
            register,
            directory,
            "recommendations",
            remarks => $"{RunSummary.Plural(remarks.Count, "recommendation")} not followed",
            "A violated recommendation is a remark. With --strict, it is a failure."
        );

    private static void Write(
        Markup html,
        Run run,
        IReadOnlyList<RootCause> causes,
        StatementRegister register,
        string directory,
        string id,
        Func<IReadOnlyList<RootCause>, string> heading,
        string explanation
    )
    {
        if (causes.Count == 0)
        {
            return;
        }

        html.Add($"<section id=\"{id}\">\n<h2>{heading(causes)}</h2>\n<p>{explanation}</p>");
        foreach (var cause in causes)
        {
            var name = run.NameOf(cause.First);
            var title = run.Planned.FirstOrDefault(scenario => scenario.Key == cause.First)?.Title;
            var tone = cause.Kind == CauseKind.Recommendation ? "remark" : "fail";
            html.Add(
                $"""
                <article class="card {tone}">
                <h3>First in <a href="#{name}">{name}</a> {title}</h3>
                """
            );
            Fragments.Violation(
                html,
                name,
                [.. cause.Statements.Select(statement => cause.Finding with { Statement = statement, Actual = cause.Actual })],
                register,
                cause.Capture is { } capture ? SentBefore.Of(Path.Combine(directory, capture), cause.Finding.Packet) : null
            );
            if (cause.Scenarios.Count > 1)
            {
                html.Add($"<details><summary>Behind it: {cause.Behind}</summary>");
                Fragments.Links(html, cause.Scenarios.Skip(1).Select(run.NameOf));
                html.AddLiteral("</details>");
            }

            Fragments.Replay(html, run, cause.First, cause.Capture);
            html.AddLiteral("</article>");
        }

        html.AddLiteral("</section>");
    }
}
