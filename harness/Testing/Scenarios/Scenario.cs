using Conformance.Testing.Statements;

namespace Conformance.Testing.Scenarios;

/// <summary>One scenario, or one row of a scenario outline, that is ready to run.</summary>
/// <param name="Title">The title, unique in its feature; the title of an outline row shows the values of the row.</param>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Path">The path of the file, relative to the features directory, with forward slashes.</param>
/// <param name="Line">The line of the keyword or of the row, from 1.</param>
/// <param name="Tags">The tags without @, beginning with those of the feature.</param>
/// <param name="Steps">The steps, beginning with those of the background.</param>
public sealed record Scenario(
    ScenarioId Id,
    string Title,
    string Feature,
    string Path,
    int Line,
    IReadOnlyList<string> Tags,
    IReadOnlyList<Step> Steps
)
{
    /// <summary>The purpose of the scenario: the statements that decide its verdict.</summary>
    public IReadOnlyList<StatementId> Statements => [.. Tags.Where(ScenarioTags.IsStatement).Select(tag => new StatementId(tag))];

    /// <summary>The role under test, from its tag; empty without such a tag.</summary>
    public string Role => Tags.FirstOrDefault(ScenarioTags.Roles.Contains, "");

    /// <summary>MUST, SHOULD, MAY or ambiguous; empty without such a tag.</summary>
    public string Level => Tags.FirstOrDefault(ScenarioTags.Levels.Contains, "");

    /// <summary>The named configuration of the implementation under test, without prefix; empty without such a tag.</summary>
    public string Configuration => ValuesOf(ScenarioTags.ConfigurationPrefix).FirstOrDefault("");

    /// <summary>The ICS conditions under which the scenario applies, without prefix.</summary>
    public IReadOnlyList<string> IcsConditions => [.. ValuesOf(ScenarioTags.IcsPrefix)];

    public ScenarioKind Kind => Id.Kind;

    public override string ToString() => $"{Id} {Title}";

    private IEnumerable<string> ValuesOf(string prefix) => Tags.Select(tag => ScenarioTags.ValueOf(tag, prefix)).OfType<string>();
}
