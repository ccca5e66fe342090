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
    /// <summary>The statements that the scenario tests, of all editions.</summary>
    public IReadOnlyList<StatementId> Statements { get; } = [.. StatementsOf(Tags)];

    /// <summary>The role under test, from its tag; empty without such a tag.</summary>
    public string Role { get; } = Tags.FirstOrDefault(ScenarioTags.Roles.Contains, "");

    /// <summary>MUST, SHOULD, MAY or ambiguous; null without such a tag.</summary>
    public RequirementLevel? Level => Tags.Select(ScenarioTags.LevelOf).FirstOrDefault(level => level is not null);

    /// <summary>The named configuration of the implementation under test, without prefix; empty without such a tag.</summary>
    public string Configuration { get; } = ValuesOf(Tags, ScenarioTags.ConfigurationPrefix).FirstOrDefault("");

    /// <summary>The ICS conditions under which the scenario applies, without prefix.</summary>
    public IReadOnlyList<string> IcsConditions { get; } = [.. ValuesOf(Tags, ScenarioTags.IcsPrefix)];

    public ScenarioKind Kind => Id.Kind;

    /// <summary>
    /// The editions in which the scenario can run, in the order of <see cref="Edition.All"/>: those of its statements, restricted by
    /// its edition tags. A scenario without statements runs in the editions of its tags, or else in RFC 5213.
    /// </summary>
    public IReadOnlyList<Edition> Editions { get; } = [.. EditionsOf(Tags)];

    /// <summary>The edition of this run of the scenario: the first, unless <see cref="In"/> chose another.</summary>
    public Edition Edition
    {
        get => field ?? Editions[0];
        private init;
    }

    /// <summary>The purpose of this run: the statements of its edition and of those that it extends, which decide the verdict.</summary>
    public IReadOnlyList<StatementId> Purpose =>
        [.. Statements.Where(statement => Edition.Includes(statement.Edition) || !statement.Edition.HasRuns)];

    public ScenarioKey Key => new(Id.ToString(), Edition);

    /// <summary>
    /// The name of this run in captures and seeds: the id alone in the first edition of the scenario, so that an additional edition
    /// leaves that run as it was; with the edition in every other.
    /// </summary>
    public string RunName => Edition == Editions[0] ? Id.ToString() : Key.ToString();

    /// <summary>The run of this scenario in an edition.</summary>
    public Scenario In(Edition edition) => this with { Edition = edition };

    public override string ToString() => $"{Id} {Title}";

    private static IEnumerable<StatementId> StatementsOf(IEnumerable<string> tags) =>
        tags.Where(ScenarioTags.IsStatement).Select(tag => new StatementId(tag));

    private static IEnumerable<Edition> EditionsOf(IReadOnlyList<string> tags)
    {
        var named = StatementsOf(tags).Select(statement => statement.Edition).Where(edition => edition.HasRuns).ToHashSet();
        var tagged = ValuesOf(tags, ScenarioTags.EditionPrefix).ToList();
        var editions = Edition.All.Where(edition =>
            (named.Count == 0 ? tagged.Count > 0 : named.Contains(edition)) && (tagged.Count == 0 || tagged.Contains(edition.Name))
        );
        return editions.DefaultIfEmpty(Edition.Rfc5213);
    }

    private static IEnumerable<string> ValuesOf(IEnumerable<string> tags, string prefix) =>
        tags.Select(tag => ScenarioTags.ValueOf(tag, prefix)).OfType<string>();
}
