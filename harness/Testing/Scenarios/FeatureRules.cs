using System.Text.RegularExpressions;
using Ast = Gherkin.Ast;

namespace Conformance.Testing.Scenarios;

/// <summary>Checks the additional rules of this suite on one feature file, and collects its problems.</summary>
internal sealed partial class FeatureRules(string path)
{
    private readonly List<LibraryProblem> _problems = [];
    private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);

    public IReadOnlyList<LibraryProblem> Problems => _problems;

    public void Report(int line, string rule, string message) => _problems.Add(new(path, line, rule, message));

    public void CheckDefinition(Ast.Scenario definition, string keyword, IReadOnlyList<Ast.Step> background)
    {
        CheckKeyword(definition.Keyword, keyword, definition.Location.Line);
        CheckTitle(definition);
        CheckDescription(definition.Location.Line, definition.Description);
        CheckSteps(definition, background);
    }

    public void CheckKeyword(string actual, string expected, int line)
    {
        if (actual != expected)
        {
            Report(line, "Keyword", $"'{actual}:' is not allowed: write '{expected}:'.");
        }
    }

    private void CheckTitle(Ast.Scenario definition)
    {
        if (definition.Name.Length == 0)
        {
            Report(definition.Location.Line, "NoTitle", "The scenario has no title.");
        }
        else if (!_titles.TryAdd(definition.Name, definition.Location.Line))
        {
            Report(
                definition.Location.Line,
                "DuplicateTitle",
                $"'{definition.Name}' is the title of another scenario, in line {_titles[definition.Name]}."
            );
        }
    }

    /// <summary>The parser takes a first step with a mistyped keyword for a description, so that the step would never run.</summary>
    public void CheckDescription(int line, string? description)
    {
        if (!string.IsNullOrWhiteSpace(description))
        {
            Report(
                line,
                "Description",
                $"'{description.Trim().Split('\n')[0].Trim()}' stands before the first step: make it a step or a comment."
            );
        }
    }

    private void CheckSteps(Ast.Scenario definition, IReadOnlyList<Ast.Step> background)
    {
        if (!definition.Steps.Any())
        {
            Report(definition.Location.Line, "EmptyScenario", $"'{definition.Name}' has no steps.");
            return;
        }
        // Here, a leading 'And' would continue the background's last step; under Reqnroll, it would mean Given.
        if (KindOf(definition.Steps.First()) is null)
        {
            Report(
                definition.Steps.First().Location.Line,
                "LeadingAnd",
                $"The first step says '{definition.Steps.First().Keyword.Trim()}': say Given, When or Then."
            );
        }
        if (
            background.Concat(definition.Steps).Select(KindOf).FirstOrDefault(kind => kind is StepKeyword.When or StepKeyword.Then)
            != StepKeyword.When
        )
        {
            Report(
                definition.Location.Line,
                "NoWhen",
                $"'{definition.Name}' has no When before its first Then: one state, one action, one result."
            );
        }
    }

    public void CheckTags(IEnumerable<Ast.Tag> tags, IEnumerable<Ast.Tag> inherited)
    {
        if (inherited.Any(IsEdition) && tags.FirstOrDefault(IsEdition) is { } second)
        {
            Report(
                second.Location.Line,
                "EditionTwice",
                $"{second.Name} adds to an edition tag above it: write edition tags in one place."
            );
        }

        var seen = inherited.Select(tag => tag.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (!seen.Add(tag.Name))
            {
                Report(tag.Location.Line, "DuplicateTag", $"{tag.Name} is repeated.");
            }
            if (!ScenarioTags.IsKnown(NameOf(tag)))
            {
                Report(tag.Location.Line, "UnknownTag", $"{tag.Name} is not an id, statement, role, level, config:, ics: or edition: tag.");
            }
        }
    }

    public ScenarioId? ReadId(IReadOnlyList<Ast.Tag> tags, int line)
    {
        var ids = tags.Where(tag => ScenarioTags.IsId(NameOf(tag))).ToArray();
        if (ids.Length != 1)
        {
            Report(
                line,
                "OneId",
                ids.Length == 0
                    ? "The scenario has no id tag (@TC-...)."
                    : $"The scenario has {ids.Length} id tags: {string.Join(", ", ids.Select(tag => tag.Name))}."
            );
            return null;
        }
        if (!ScenarioId.TryParse(NameOf(ids[0]), out var id))
        {
            Report(
                ids[0].Location.Line,
                "MalformedId",
                $"{ids[0].Name} is not of the form @TC-ROLE-GROUP-KIND-NN with a role of "
                    + $"{string.Join(", ", ScenarioTags.Roles.Order(StringComparer.Ordinal))} and a kind of BV, BI, BO, TI."
            );
        }
        return id;
    }

    public void CheckExampleIds(IEnumerable<OutlineRow> rows)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Id is not { } id)
            {
                continue; // reported once, at the header
            }
            if (!ExampleId().IsMatch(id))
            {
                Report(row.Line, "MalformedId", $"'{id}' in the column 'id' is not lower-case letters and digits.");
            }
            else if (!seen.TryAdd(id, row.Line))
            {
                Report(row.Line, "DuplicateExampleId", $"'{id}' is the id of another row, in line {seen[id]}.");
            }
        }
    }

    public void CheckRowTitles(Ast.Scenario outline, IEnumerable<OutlineRow> rows)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var title = row.TitleOf(outline.Name);
            if (!seen.TryAdd(title, row.Line))
            {
                Report(row.Line, "DuplicateTitle", $"'{title}' is the title of another row, in line {seen[title]}.");
            }
        }
    }

    /// <summary>
    /// A placeholder without a column would reach a step unreplaced; most often a column was renamed in one of the tables.
    /// </summary>
    public void CheckColumns(Ast.Scenario outline)
    {
        var headers = outline.Examples.Select(examples => examples.TableHeader).OfType<Ast.TableRow>().ToList();
        var used = outline
            .Steps.SelectMany(step => PlaceholdersOf(step).Select(name => (Name: name, step.Location.Line)))
            .Concat(PlaceholdersIn(outline.Name).Select(name => (Name: name, outline.Location.Line)))
            .DistinctBy(placeholder => placeholder.Name)
            .ToList();
        foreach (
            var (name, line) in used.Where(placeholder => headers.Count > 0 && !headers.Exists(header => Has(header, placeholder.Name)))
        )
        {
            Report(line, "UnknownPlaceholder", $"<{name}> is not a column of the examples.{Unused(headers[0])}");
        }

        foreach (var header in headers)
        {
            foreach (
                var (name, _) in used.Where(placeholder =>
                    !Has(header, placeholder.Name) && headers.Exists(other => Has(other, placeholder.Name))
                )
            )
            {
                Report(header.Location.Line, "MissingColumn", $"These examples have no column '{name}'.{Unused(header)}");
            }
        }

        string Unused(Ast.TableRow header) =>
            header
                .Cells.Select(cell => cell.Value)
                .Where(column => column != OutlineRow.IdColumn && used.TrueForAll(placeholder => placeholder.Name != column))
                .Select(column => $" Nothing in the outline uses the column '{column}'.")
                .FirstOrDefault("");

        static bool Has(Ast.TableRow header, string column) => header.Cells.Any(cell => cell.Value == column);
    }

    private static IEnumerable<string> PlaceholdersOf(Ast.Step step) =>
        (step.DataTable is { } table ? table.Rows.SelectMany(row => row.Cells).Select(cell => cell.Value) : [])
            .Prepend(step.Text)
            .Append(step.DocString?.Content ?? string.Empty)
            .SelectMany(PlaceholdersIn);

    private static IEnumerable<string> PlaceholdersIn(string text) =>
        OutlineRow.Placeholder().Matches(text).Select(match => match.Groups["column"].Value);

    /// <summary>The kind of a step; null for And, But and *.</summary>
    public static StepKeyword? KindOf(Ast.Step step) =>
        step.Keyword.Trim() switch
        {
            "Given" => StepKeyword.Given,
            "When" => StepKeyword.When,
            "Then" => StepKeyword.Then,
            _ => null,
        };

    public static bool IsEdition(Ast.Tag tag) => ScenarioTags.IsEdition(NameOf(tag));

    public static string NameOf(Ast.Tag tag) => tag.Name.TrimStart('@');

    [GeneratedRegex(@"\A[a-z0-9]+\z")]
    private static partial Regex ExampleId();
}
