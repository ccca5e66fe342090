using System.Text.RegularExpressions;
using Gherkin;
using Ast = Gherkin.Ast;

namespace Conformance.Testing.Scenarios;

/// <summary>Reads one feature file with the Gherkin parser, and checks the additional rules of this suite.</summary>
internal sealed partial class FeatureReader(string path)
{
    private static readonly string[] _outlineKeywords = ["Scenario Outline", "Scenario Template"];

    private readonly List<Scenario> _scenarios = [];
    private readonly List<LibraryProblem> _problems = [];
    private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);

    public IReadOnlyList<Scenario> Scenarios => _scenarios;

    public IReadOnlyList<LibraryProblem> Problems => _problems;

    public void Read(string text)
    {
        switch (Parse(text))
        {
            case { } feature:
                ReadFeature(feature);
                break;
            case null when _problems.Count == 0:
                Report(1, "EmptyFile", "There is no feature in the file.");
                break;
        }
    }

    private Ast.Feature? Parse(string text)
    {
        try
        {
            return new Parser().Parse(new StringReader(text)).Feature;
        }
        catch (CompositeParserException exception)
        {
            foreach (var error in exception.Errors)
            {
                ReportParseError(error);
            }
        }
        catch (ParserException exception)
        {
            ReportParseError(exception);
        }
        return null;
    }

    private void ReportParseError(ParserException error) =>
        Report(error.Location?.Line ?? 0, "Parse", LeadingLocation().Replace(error.Message, ""));

    private void ReadFeature(Ast.Feature feature)
    {
        if (feature.Language != "en")
        {
            Report(feature.Location.Line, "Language", $"The feature is in '{feature.Language}': the keywords must be English.");
            return;
        }
        CheckTags(feature.Tags, inherited: []);
        var background = new List<Ast.Step>();
        foreach (var definition in feature.Children)
        {
            switch (definition)
            {
                case Ast.Background shared:
                    CheckDescription(shared.Location.Line, shared.Description);
                    background.AddRange(shared.Steps);
                    break;
                case Ast.Rule rule:
                    Report(rule.Location.Line, "RuleKeyword", "'Rule:' is not allowed: a file covers one clause.");
                    break;
                case Ast.Scenario outline when outline.Examples.Any() || _outlineKeywords.Contains(outline.Keyword):
                    ReadOutline(feature, background, outline);
                    break;
                case Ast.Scenario scenario:
                    ReadScenario(feature, background, scenario);
                    break;
            }
        }
    }

    private void ReadScenario(Ast.Feature feature, IReadOnlyList<Ast.Step> background, Ast.Scenario scenario)
    {
        CheckDefinition(scenario, "Scenario", background);
        CheckTags(scenario.Tags, feature.Tags);
        var tags = feature.Tags.Concat(scenario.Tags).ToArray();
        if (ReadId(tags, scenario.Location.Line) is { } id)
        {
            Add(feature, id, scenario.Name, scenario.Location.Line, tags, background.Concat(scenario.Steps), OutlineRow.None);
        }
    }

    private void ReadOutline(Ast.Feature feature, IReadOnlyList<Ast.Step> background, Ast.Scenario outline)
    {
        CheckDefinition(outline, "Scenario Outline", background);
        CheckTags(outline.Tags, feature.Tags);
        var id = ReadId([.. feature.Tags, .. outline.Tags], outline.Location.Line);
        if (id?.Suffix is not null)
        {
            Report(outline.Location.Line, "MalformedId", $"{id} has a suffix, but an outline takes suffixes from its column 'id'.");
            id = null;
        }

        var rows = new List<(Ast.Examples Examples, OutlineRow Row)>();
        foreach (var examples in outline.Examples)
        {
            CheckKeyword(examples.Keyword, "Examples", examples.Location.Line);
            CheckTags(examples.Tags, [.. feature.Tags, .. outline.Tags]);
            foreach (var tag in examples.Tags.Where(tag => ScenarioTags.IsId(NameOf(tag))))
            {
                Report(
                    tag.Location.Line,
                    "OneId",
                    $"{tag.Name} is a tag of examples: the id belongs to the outline, the suffix to the column 'id'."
                );
            }
            rows.AddRange(OutlineRow.Of(examples).Select(row => (examples, row)));
            if (examples.TableHeader is { } header && !header.Cells.Any(cell => cell.Value == OutlineRow.IdColumn))
            {
                Report(header.Location.Line, "NoIdColumn", "The examples have no column 'id'.");
            }
        }
        if (rows.Count == 0)
        {
            Report(outline.Location.Line, "NoExamples", "The outline has no row of examples.");
        }

        CheckPlaceholders(outline, rows.Select(row => row.Row));
        CheckExampleIds(rows.Select(row => row.Row));
        CheckRowTitles(outline, rows.Select(row => row.Row));
        foreach (var (examples, row) in rows.DistinctBy(row => row.Row.Id))
        {
            if (row.Id is { } suffix && id?.WithSuffix(suffix) is { } rowId)
            {
                Add(
                    feature,
                    rowId,
                    row.TitleOf(outline.Name),
                    row.Line,
                    [.. feature.Tags, .. outline.Tags, .. examples.Tags],
                    background.Concat(outline.Steps),
                    row
                );
            }
        }
    }

    private void Add(
        Ast.Feature feature,
        ScenarioId id,
        string title,
        int line,
        IEnumerable<Ast.Tag> tags,
        IEnumerable<Ast.Step> steps,
        OutlineRow row
    )
    {
        var converted = new List<Step>();
        foreach (var step in steps)
        {
            converted.Add(ToStep(step, converted.LastOrDefault()?.Kind ?? StepKeyword.Given, row));
        }
        var scenario = new Scenario(id, title, feature.Name, path, line, [.. tags.Select(NameOf).Distinct()], converted);
        foreach (var tag in tags.Where(tag => IsEdition(tag) && scenario.Editions.All(edition => $"@edition:{edition}" != tag.Name)))
        {
            Report(tag.Location.Line, "IdleEdition", $"{tag.Name} stands at {id}, which tests no statement of that edition.");
        }

        _scenarios.Add(scenario);
    }

    private static Step ToStep(Ast.Step step, StepKeyword previous, OutlineRow row) =>
        new(
            KindOf(step) ?? previous,
            step.Keyword.Trim(),
            row.Fill(step.Text),
            step.Location.Line,
            step.DataTable is { } table
                ? new StepTable([
                    .. table.Rows.Select(cells => (IReadOnlyList<string>)[.. cells.Cells.Select(cell => row.Fill(cell.Value))]),
                ])
                : null,
            step.DocString is { } text ? row.Fill(text.Content) : null
        );

    /// <summary>The kind of a step; null for And, But and *.</summary>
    private static StepKeyword? KindOf(Ast.Step step) =>
        step.Keyword.Trim() switch
        {
            "Given" => StepKeyword.Given,
            "When" => StepKeyword.When,
            "Then" => StepKeyword.Then,
            _ => null,
        };

    private void CheckDefinition(Ast.Scenario definition, string keyword, IReadOnlyList<Ast.Step> background)
    {
        CheckKeyword(definition.Keyword, keyword, definition.Location.Line);
        CheckTitle(definition);
        CheckDescription(definition.Location.Line, definition.Description);
        CheckSteps(definition, background);
    }

    private void CheckKeyword(string actual, string expected, int line)
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
    private void CheckDescription(int line, string? description)
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

    private void CheckTags(IEnumerable<Ast.Tag> tags, IEnumerable<Ast.Tag> inherited)
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

    private ScenarioId? ReadId(IReadOnlyList<Ast.Tag> tags, int line)
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

    private void CheckExampleIds(IEnumerable<OutlineRow> rows)
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

    private void CheckRowTitles(Ast.Scenario outline, IEnumerable<OutlineRow> rows)
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

    /// <summary>A placeholder without a column would reach a step unreplaced.</summary>
    private void CheckPlaceholders(Ast.Scenario outline, IEnumerable<OutlineRow> rows)
    {
        var columns = rows.SelectMany(row => row.Columns).ToHashSet(StringComparer.Ordinal);
        foreach (var step in outline.Steps)
        {
            var cells = step.DataTable is { } table ? table.Rows.SelectMany(row => row.Cells).Select(cell => cell.Value) : [];
            var unknown = cells
                .Prepend(step.Text)
                .SelectMany(text => OutlineRow.Placeholder().Matches(text))
                .Select(match => match.Groups["column"].Value)
                .Where(column => columns.Count > 0 && !columns.Contains(column));
            foreach (var column in unknown.Distinct())
            {
                Report(step.Location.Line, "UnknownPlaceholder", $"<{column}> is not a column of the examples.");
            }
        }
    }

    private void Report(int line, string rule, string message) => _problems.Add(new(path, line, rule, message));

    private static bool IsEdition(Ast.Tag tag) => ScenarioTags.IsEdition(NameOf(tag));

    private static string NameOf(Ast.Tag tag) => tag.Name.TrimStart('@');

    [GeneratedRegex(@"\A\([0-9]+:[0-9]+\): ")]
    private static partial Regex LeadingLocation();

    [GeneratedRegex(@"\A[a-z0-9]+\z")]
    private static partial Regex ExampleId();
}
