using Conformance.Reports.Html;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;

namespace Conformance.Reports.Certification;

/// <summary>
/// The test suite structure and the test purposes (ISO/IEC 9646-2) of a role, made from the features: what each scenario tests, where it
/// applies, and how it is decided.
/// </summary>
public static class TestPurposes
{
    public static string Create(ScenarioSuite suite, string role)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var scenarios = suite.Library.Scenarios.Where(scenario => scenario.Role == role).ToList();
        var html = new Markup();
        Paper.Begin(html, $"Test suite structure and test purposes, {role}");
        html.AddLiteral("<main>");
        html.Add(
            $"""
            <p class="kind">ISO/IEC 9646-2</p>
            <h1>Test suite structure and test purposes: {role}</h1>
            <p>{RunSummary.Plural(scenarios.Count, "scenario")} in {RunSummary.Plural(Groups(scenarios).Count(), "group")}. The third part
            of an identifier is the kind of stimulus: BV valid, BI invalid, BO inopportune, TI timer.</p>
            <h2>Structure</h2>
            """
        );
        html.AddLiteral("<ul>");
        foreach (var group in Groups(scenarios))
        {
            html.Add($"""<li><a href="#{AnchorOf(group.Key)}">{group.First().Feature}</a>: {group.Count()}</li>""");
        }

        html.AddLiteral("</ul>");
        foreach (var group in Groups(scenarios))
        {
            html.Add($"""<h2 id="{AnchorOf(group.Key)}">{group.First().Feature}</h2>""");
            html.AddLiteral(
                """
                <div class="wide"><table>
                <thead><tr>
                <th>Identifier</th><th>Purpose</th><th>Level</th><th>Configuration, conditions</th><th>Statements</th>
                </tr></thead>
                <tbody>
                """
            );
            foreach (var scenario in group)
            {
                html.Add(
                    $"""
                    <tr><td><code>{scenario.Id.ToString()}</code></td><td>{scenario.Title}</td><td>{scenario.Level?.Word}</td>
                    <td>{string.Join(", ", scenario.IcsConditions.Prepend(scenario.Configuration))}</td>
                    <td>{string.Join(", ", scenario.Statements.Select(statement => statement.Value))}</td></tr>
                    """
                );
            }

            html.AddLiteral("</tbody></table></div>");
        }

        html.AddLiteral("</main>");
        return Paper.End(html);
    }

    private static IEnumerable<IGrouping<string, Scenario>> Groups(IEnumerable<Scenario> scenarios) =>
        scenarios.GroupBy(scenario => scenario.Path);

    private static string AnchorOf(string path) => Path.GetFileNameWithoutExtension(path);
}
