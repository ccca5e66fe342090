using System.Text.RegularExpressions;
using Gherkin;
using Ast = Gherkin.Ast;

namespace Conformance.Testing.Scenarios;

/// <summary>Reads one feature file with the Gherkin parser, and checks the additional rules of this suite.</summary>
internal sealed partial class FeatureReader(string path)
{
    private static readonly string[] _outlineKeywords = ["Scenario Outline", "Scenario Template"];

    private readonly List<Scenario> _scenarios = [];
    private readonly FeatureRules _rules = new(path);

    public IReadOnlyList<Scenario> Scenarios => _scenarios;

    public IReadOnlyList<LibraryProblem> Problems => _rules.Problems;

    public void Read(string text)
    {
        switch (Parse(text))
        {
            case { } feature:
                ReadFeature(feature);
                break;
            case null when _rules.Problems.Count == 0:
                _rules.Report(1, "EmptyFile", "There is no feature in the file.");
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
            // Where the parser does not understand a line, it does not understand those that belong to it either.
            ReportParseError(exception.Errors.First());
        }
        catch (ParserException exception)
        {
            ReportParseError(exception);
        }
        return null;
    }

    private void ReportParseError(ParserException error) =>
        _rules.Report(error.Location?.Line ?? 0, "Parse", LeadingLocation().Replace(error.Message, ""));

    private void ReadFeature(Ast.Feature feature)
    {
        if (feature.Language != "en")
        {
            _rules.Report(feature.Location.Line, "Language", $"The feature is in '{feature.Language}': the keywords must be English.");
            return;
        }
        _rules.CheckTags(feature.Tags, inherited: []);
        var background = new List<Ast.Step>();
        foreach (var definition in feature.Children)
        {
            switch (definition)
            {
                case Ast.Background shared:
                    _rules.CheckDescription(shared.Location.Line, shared.Description);
                    background.AddRange(shared.Steps);
                    break;
                case Ast.Rule rule:
                    _rules.Report(rule.Location.Line, "RuleKeyword", "'Rule:' is not allowed: a file covers one clause.");
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
        _rules.CheckDefinition(scenario, "Scenario", background);
        _rules.CheckTags(scenario.Tags, feature.Tags);
        var tags = feature.Tags.Concat(scenario.Tags).ToArray();
        if (_rules.ReadId(tags, scenario.Location.Line) is { } id)
        {
            Add(feature, id, scenario.Name, scenario.Location.Line, tags, background.Concat(scenario.Steps), OutlineRow.None);
        }
    }

    private void ReadOutline(Ast.Feature feature, IReadOnlyList<Ast.Step> background, Ast.Scenario outline)
    {
        _rules.CheckDefinition(outline, "Scenario Outline", background);
        _rules.CheckTags(outline.Tags, feature.Tags);
        var id = _rules.ReadId([.. feature.Tags, .. outline.Tags], outline.Location.Line);
        if (id?.Suffix is not null)
        {
            _rules.Report(outline.Location.Line, "MalformedId", $"{id} has a suffix, but an outline takes suffixes from its column 'id'.");
            id = null;
        }

        var rows = new List<(Ast.Examples Examples, OutlineRow Row)>();
        foreach (var examples in outline.Examples)
        {
            _rules.CheckKeyword(examples.Keyword, "Examples", examples.Location.Line);
            _rules.CheckTags(examples.Tags, [.. feature.Tags, .. outline.Tags]);
            foreach (var tag in examples.Tags.Where(tag => ScenarioTags.IsId(FeatureRules.NameOf(tag))))
            {
                _rules.Report(
                    tag.Location.Line,
                    "OneId",
                    $"{tag.Name} is a tag of examples: the id belongs to the outline, the suffix to the column 'id'."
                );
            }
            rows.AddRange(OutlineRow.Of(examples).Select(row => (examples, row)));
            if (examples.TableHeader is { } header && !header.Cells.Any(cell => cell.Value == OutlineRow.IdColumn))
            {
                _rules.Report(header.Location.Line, "NoIdColumn", "The examples have no column 'id'.");
            }
        }
        if (rows.Count == 0)
        {
            _rules.Report(outline.Location.Line, "NoExamples", "The outline has no row of examples.");
        }

        _rules.CheckColumns(outline);
        _rules.CheckExampleIds(rows.Select(row => row.Row));
        _rules.CheckRowTitles(outline, rows.Select(row => row.Row));
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
        var scenario = new Scenario(id, title, feature.Name, path, line, [.. tags.Select(FeatureRules.NameOf).Distinct()], converted);
        foreach (
            var tag in tags.Where(tag => FeatureRules.IsEdition(tag) && scenario.Editions.All(edition => $"@edition:{edition}" != tag.Name))
        )
        {
            _rules.Report(tag.Location.Line, "IdleEdition", $"{tag.Name} stands at {id}, which tests no statement of that edition.");
        }

        _scenarios.Add(scenario);
    }

    private static Step ToStep(Ast.Step step, StepKeyword previous, OutlineRow row) =>
        new(
            FeatureRules.KindOf(step) ?? previous,
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

    [GeneratedRegex(@"\A\([0-9]+:[0-9]+\): ")]
    private static partial Regex LeadingLocation();
}
