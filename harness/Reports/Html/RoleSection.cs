using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Writes how many scenarios of each role and level passed, each a link to these scenarios.</summary>
internal static class RoleSection
{
    public static void Write(Markup html, Run run)
    {
        var selected = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).ToList();
        var levels = RequirementLevel
            .OfScenarios.Where(level => selected.Any(scenario => scenario.Level?.Word == level.Word))
            .Select(level => level.Word)
            .ToList();
        if (levels.Count == 0)
        {
            return;
        }

        var results = run.Results.GroupBy(result => result.Key).ToDictionary(group => group.Key, group => group.Last().Verdict);
        html.AddLiteral(
            """
            <section id="roles">
            <h2>Roles and levels</h2>
            <p>The scenarios of each role, by the level of what they test. Each number leads to its scenarios.</p>
            <div class="wide"><table class="roles">
            """
        );
        html.AddTag("<thead><tr><th>Role</th>");
        foreach (var level in levels)
        {
            html.Add($"<th>{level}</th>");
        }

        html.AddLiteral("</tr></thead>\n<tbody>");
        foreach (var role in selected.GroupBy(scenario => scenario.Role).OrderBy(role => role.Key, StringComparer.Ordinal))
        {
            html.Add($"<tr><td>{role.Key}</td>");
            foreach (var level in levels)
            {
                html.AddTag("<td>");
                Cell(html, role.Key, level, [.. role.Where(scenario => scenario.Level?.Word == level)]);
                html.AddLiteral("</td>");
            }

            html.AddLiteral("</tr>");
        }

        html.AddLiteral("</tbody></table></div>\n</section>");

        void Cell(Markup html, string role, string level, IReadOnlyList<PlannedScenario> scenarios)
        {
            foreach (
                var state in scenarios
                    .GroupBy(scenario => results.TryGetValue(scenario.Key, out var verdict) ? verdict : (Verdict?)null)
                    .OrderBy(state => state.Key ?? (Verdict)int.MaxValue)
            )
            {
                var word = state.Key is { } verdict ? ReportText.Of(verdict) : ReportText.Of(StatementState.NotRun);
                html.Add(
                    $"""<a class="pill {Fragments.Tone(state.Key)}" href="#?{FilterForm.Word(word)}&{role}&{level}">"""
                        + $"""{state.Count()} {word}</a> """
                );
            }
        }
    }
}
