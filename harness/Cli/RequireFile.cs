using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Reports;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>A failure that somebody knows of and answers for until a date.</summary>
/// <param name="Edition">The edition in which the scenario fails; null for every edition.</param>
/// <param name="Owner">Who answers for it: a person, a team, or a ticket.</param>
/// <param name="Statements">The statements that it is known to violate; empty for any.</param>
/// <param name="Expires">The last day on which it excuses the scenario, in UTC.</param>
internal sealed record KnownFailure(
    string Scenario,
    Edition? Edition,
    string Owner,
    string Reason,
    IReadOnlyList<StatementId> Statements,
    DateOnly Expires
)
{
    public bool Concerns(ScenarioKey key) => key.Scenario == Scenario && (Edition is null || Edition == key.Edition);
}

/// <summary>What a run must show: the list that replaces the exit rule.</summary>
/// <param name="File">The file that it was read from.</param>
/// <param name="Pass">Ids of scenarios or outlines, and tags; <c>*</c> stands for every selected scenario.</param>
internal sealed record Requirements(string File, IReadOnlyList<string> Pass, IReadOnlyList<KnownFailure> KnownFailures);

/// <summary>Reads the file of <c>--require</c>; <c>harness/CiTemplates/require.schema.json</c> is its schema.</summary>
internal sealed class RequireFile
{
    public const string All = "*";

    private const string DateFormat = "yyyy-MM-dd";

    private static readonly JsonSerializerOptions _json = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private readonly List<string> _mistakes = [];
    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _names;

    private RequireFile(IReadOnlyList<Scenario> scenarios)
    {
        _ids = [.. scenarios.Select(scenario => scenario.Id.ToString())];
        _names = new HashSet<string>([All, .. _ids, .. scenarios.SelectMany(scenario => scenario.Tags)], StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="scenarios">All scenarios of the suite.</param>
    /// <exception cref="CannotRunException">The file cannot be read, or has mistakes; the message names each by its place.</exception>
    public static Requirements Load(string file, IReadOnlyList<Scenario> scenarios)
    {
        try
        {
            var written = JsonSerializer.Deserialize<Written>(File.ReadAllText(file), _json) ?? throw new JsonException("it is null.");
            var reader = new RequireFile(scenarios);
            var requirements = reader.Read(file, written);
            return reader._mistakes.Count == 0
                ? requirements
                : throw new CannotRunException(string.Join('\n', reader._mistakes.Select(mistake => $"{file}: {mistake}")));
        }
        catch (JsonException e)
        {
            var at = e.Path is { Length: > 2 } path ? $"{path[2..]}: " : string.Empty;
            throw new CannotRunException(
                string.Create(CultureInfo.InvariantCulture, $"{file}:{(e.LineNumber ?? 0) + 1}: {at}{e.Message.Split(" Path: ")[0]}")
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the requirements cannot be read: {e.Message}");
        }
    }

    private Requirements Read(string file, Written written)
    {
        Stray(string.Empty, written.Others, "pass, knownFailures");
        if (written.Pass is not { Count: > 0 })
        {
            _mistakes.Add($"pass: it is missing or empty; expected ids of scenarios, tags, or \"{All}\" for every selected scenario");
        }

        foreach (var (name, at) in (written.Pass ?? []).Select((name, at) => (name, at)))
        {
            if (name is null || !_names.Contains(name.TrimStart('@')))
            {
                _mistakes.Add($"pass[{at}]: no scenario of the suite has the id or tag '{name}'");
            }
        }

        var failures = (written.KnownFailures ?? []).Select(Read).OfType<KnownFailure>().ToList();
        foreach (
            var twice in failures
                .GroupBy(failure => failure.Scenario)
                .Where(same =>
                    same.Count() > 1 && (same.Any(one => one.Edition is null) || same.DistinctBy(one => one.Edition).Count() < same.Count())
                )
        )
        {
            _mistakes.Add($"knownFailures: {twice.Key} stands there twice for one edition");
        }

        return new Requirements(file, [.. (written.Pass ?? []).OfType<string>().Select(name => name.TrimStart('@'))], failures);
    }

    private KnownFailure? Read(WrittenFailure? failure, int at)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"knownFailures[{at}]");
        if (failure is null)
        {
            _mistakes.Add($"{place}: it is null");
            return null;
        }

        var before = _mistakes.Count;
        Stray($"{place}.", failure.Others, "scenario, edition, owner, reason, statements, expires");
        if (failure.Scenario is null || !_ids.Contains(failure.Scenario))
        {
            _mistakes.Add($"{place}.scenario: the suite has no scenario '{failure.Scenario}'");
        }

        var edition = Edition.All.FirstOrDefault(edition => edition.HasRuns && edition.Name == failure.Edition);
        if (failure.Edition is not null && edition is null)
        {
            _mistakes.Add(
                $"{place}.edition: there is no edition '{failure.Edition}'; known: "
                    + string.Join(", ", Edition.All.Where(known => known.HasRuns))
            );
        }

        if (string.IsNullOrWhiteSpace(failure.Owner))
        {
            _mistakes.Add($"{place}.owner: it is missing; expected who answers for the failure");
        }

        if (string.IsNullOrWhiteSpace(failure.Reason))
        {
            _mistakes.Add($"{place}.reason: it is missing; expected why the scenario fails");
        }

        foreach (var (statement, index) in (failure.Statements ?? []).Select((statement, index) => (statement, index)))
        {
            if (statement is null || !StatementId.IsWellFormed(statement))
            {
                _mistakes.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{place}.statements[{index}]: '{statement}' is not the id of a statement")
                );
            }
        }

        if (!DateOnly.TryParseExact(failure.Expires, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires))
        {
            _mistakes.Add($"{place}.expires: '{failure.Expires}' is no date; expected the last day that counts, as 2027-01-31");
        }

        return _mistakes.Count > before
            ? null
            : new KnownFailure(
                failure.Scenario!,
                edition,
                failure.Owner!,
                failure.Reason!,
                [.. (failure.Statements ?? []).OfType<string>().Select(statement => new StatementId(statement))],
                expires
            );
    }

    private void Stray(string place, Dictionary<string, JsonElement>? others, string known) =>
        _mistakes.AddRange(
            (others ?? []).Keys.Where(key => key != "$schema").Select(key => $"{place}{key}: there is no such key; known keys: {known}")
        );

    private sealed class Written
    {
        public IReadOnlyList<string?>? Pass { get; init; }

        public IReadOnlyList<WrittenFailure?>? KnownFailures { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }

    private sealed class WrittenFailure
    {
        public string? Scenario { get; init; }

        public string? Edition { get; init; }

        public string? Owner { get; init; }

        public string? Reason { get; init; }

        public IReadOnlyList<string?>? Statements { get; init; }

        public string? Expires { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }
}
