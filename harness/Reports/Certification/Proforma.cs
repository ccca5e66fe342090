using Conformance.Reports.Html;
using Conformance.Testing.Ics;
using Conformance.Testing.Statements;

namespace Conformance.Reports.Certification;

/// <summary>One question of an IXIT proforma: a key of the profile of a device.</summary>
/// <param name="Key">The key, with a point before each inner one.</param>
/// <param name="Question">What the value says.</param>
public sealed record IxitQuestion(string Key, string Question);

/// <summary>
/// The proformas of ISO/IEC 9646-7 for a role, as HTML to fill and to print. A script keeps the answers as JSON in a file of the user.
/// </summary>
public static class Proforma
{
    private const string Script = "proforma.js";

    /// <summary>The ICS proforma: the capabilities that a supplier claims, with their status, by edition.</summary>
    /// <param name="editions">The editions to ask about.</param>
    public static string Ics(IcsCatalogue ics, string role, IReadOnlyList<Edition> editions)
    {
        ArgumentNullException.ThrowIfNull(ics);
        ArgumentNullException.ThrowIfNull(editions);
        var html = Begin("ics", "Implementation conformance statement (ICS) proforma", role);
        Identification(html);
        foreach (var edition in editions)
        {
            var items = ics.Items.Where(item => item.Roles.Contains(role) && EditionOf(item) == edition).ToList();
            if (items.Count == 0)
            {
                continue;
            }

            html.Add($"<h2>{edition.Document}: {edition.Title}</h2>");
            html.AddLiteral(
                """
                <div class="wide"><table>
                <thead><tr><th>Item</th><th>Question</th><th>Status</th><th>Sections</th><th>Support</th></tr></thead>
                <tbody>
                """
            );
            foreach (var item in items)
            {
                html.Add(
                    $"""
                    <tr><td><code>{item.Id}</code></td><td id="q-{item.Id}">{item.Question}</td><td>{item.Status.ToString()}</td>
                    <td>{SectionsOf(item)}</td>
                    <td><select name="{item.Id}" aria-describedby="q-{item.Id}">
                    <option value="">not answered</option><option>yes</option><option>no</option></select></td></tr>
                    """
                );
            }

            html.AddLiteral("</tbody></table></div>");
        }

        html.AddLiteral(
            """
            <footer>Status: m mandatory; o optional; o.n at least one of the group n; c:item:s the status s if the item is claimed.
            An item that is mandatory and not claimed is a static conformance failure. An item without an answer is not claimed.</footer>
            """
        );
        return End(html);
    }

    /// <summary>The IXIT proforma: what a test laboratory has to know to run the tests, by the keys of a profile.</summary>
    public static string Ixit(string role, IReadOnlyList<IxitQuestion> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var html = Begin("ixit", "Implementation extra information for testing (IXIT) proforma", role);
        html.AddLiteral(
            """
            <p>The keys are those of the profile, which profile.schema.json explains to an editor. Keys of security associations are in
            files of their own, and no part of this paper.</p>
            <div class="wide"><table class="fixed ixit">
            <thead><tr><th>Key</th><th>Question</th><th>Value</th></tr></thead>
            <tbody>
            """
        );
        foreach (var question in questions)
        {
            html.Add(
                $"""
                <tr><td><code>{question.Key}</code></td><td>{question.Question}</td>
                <td><input type="text" name="{question.Key}" aria-label="{question.Key}"></td></tr>
                """
            );
        }

        html.AddLiteral("</tbody></table></div>");
        return End(html);
    }

    private static Markup Begin(string proforma, string title, string role)
    {
        var html = new Markup();
        Paper.Begin(html, $"{title}, {role}", Resources.Read(Script), $"data-proforma=\"{proforma}\" data-role=\"{role}\"");
        html.AddLiteral("<main>");
        html.Add($"""<p class="kind">ISO/IEC 9646-7</p><h1>{title}: {role}</h1>""");
        html.AddLiteral(
            """
            <div class="bar screen"><button type="button" id="save">Save as JSON</button>
            <label>Read JSON <input type="file" id="load" accept=".json"></label><span id="status" role="status"></span></div>
            """
        );
        return html;
    }

    private static string End(Markup html)
    {
        html.AddLiteral("</main>");
        return Paper.End(html, Resources.Read(Script));
    }

    private static void Identification(Markup html)
    {
        html.AddLiteral("<h2>Identification</h2>\n<dl>");
        foreach (var field in new[] { "Supplier", "Model", "Serial number", "Firmware", "Date", "Contact" })
        {
            html.Add($"""<dt>{field}</dt><dd><input type="text" name="{field}" aria-label="{field}"></dd>""");
        }

        html.AddLiteral("</dl>");
    }

    /// <summary>The edition of the first statement of an item, which all items have.</summary>
    private static Edition? EditionOf(IcsItem item) => item.Statements.Count > 0 ? item.Statements[0].Edition : null;

    private static string SectionsOf(IcsItem item) =>
        string.Join(", ", item.Statements.Select(statement => statement.Section).Distinct().Order(NaturalOrder.Instance));
}
