using Conformance.Testing.Bed;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Verdicts;

/// <summary>The description of a run: the first line of its journal.</summary>
/// <param name="Bed">simulated, namespaces, containers, external or recorded.</param>
/// <param name="Implementation">A short description of the tested implementation.</param>
/// <param name="Seed">The run's seed; every scenario's seed follows from it and the scenario's id.</param>
/// <param name="Options">The options chosen by the user, in the words of the command line.</param>
/// <param name="Shared">True if the scenarios ran one after the other on an implementation that was never reset.</param>
/// <param name="Features">The source of the features, if they are not the ones beside the program.</param>
/// <param name="BedOptions">The options that choose the bed; null for the default bed.</param>
/// <param name="StaticFailures">
/// The mandatory capabilities that the implementation does not claim; each is a failure before any scenario runs.
/// </param>
public sealed record RunHeader(
    string Product,
    string Version,
    DateTimeOffset Started,
    string Bed,
    string Implementation,
    int Seed,
    bool Strict,
    string Options,
    bool Shared = false,
    string? Features = null,
    IReadOnlyList<string>? StaticFailures = null,
    string? BedOptions = null
)
{
    /// <summary>The device and its tester; null if the bed does not test a device, and in journals from before this was written.</summary>
    public DeviceIdentity? Device { get; init; }

    /// <summary>True if only the purposes of the scenarios decide the exit code of the run.</summary>
    public bool PurposeOnly { get; init; }

    /// <summary>The machine of the tester; null in journals from before this was written, as are the members that follow.</summary>
    public TesterHost? Host { get; init; }

    /// <summary>The source of the times in captures and results.</summary>
    public string? TimeSource { get; init; }

    public SuiteIdentity? Suite { get; init; }

    /// <summary>The configurations of the scenarios that were planned to run; in a certification, all that the bed has.</summary>
    public IReadOnlyList<ConfigurationRecord>? Configurations { get; init; }

    /// <summary>Which share of a run this is, as <c>2/3</c>; null for a whole run.</summary>
    public string? Shard { get; init; }

    /// <summary>The shards that this run was merged from, by number; null for a run that was not merged.</summary>
    public IReadOnlyList<ShardRecord>? Shards { get; init; }

    /// <summary>The classes of conformance that a certification was asked for; null for all, and if the run is no certification.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The certificate that a certification is signed with; null if the run is none.</summary>
    public SignerIdentity? Signer { get; init; }
}

/// <summary>One shard of a merged run.</summary>
/// <param name="Shard">Which share it was, as <c>2/3</c>.</param>
/// <param name="Host">The machine of its tester.</param>
/// <param name="Ended">Null if the shard was cut off.</param>
public sealed record ShardRecord(string Shard, TesterHost? Host, DateTimeOffset Started, DateTimeOffset? Ended);

/// <summary>The last line of a complete journal.</summary>
/// <param name="Complete">False if the run ended before every planned scenario had run.</param>
public sealed record RunEnd(DateTimeOffset Ended, bool Complete, string? Reason)
{
    /// <summary>The last reading of the device's clock, against that of the tester; null if it was not read.</summary>
    public DeviceClock? DeviceClock { get; init; }
}

/// <summary>A run as read from its journal; <see cref="End"/> is null if the run was cut off.</summary>
public sealed record Run(RunHeader Header, IReadOnlyList<PlannedScenario> Planned, IReadOnlyList<ScenarioResult> Results, RunEnd? End)
{
    private readonly ILookup<string, Edition> _editions = EditionsById(Planned);

    public IReadOnlyList<PlannedScenario> Planned
    {
        get;
        init => (field, _editions) = (value, EditionsById(value));
    } = Planned;

    /// <summary>
    /// The attempts at scenarios that were repeated, in the order in which they were made; a result follows from all attempts at its
    /// scenario. Only a certification repeats scenarios.
    /// </summary>
    public IReadOnlyList<ScenarioResult> Attempts { get; init; } = [];

    /// <summary>The attempts at a scenario in their order; none if it was not repeated.</summary>
    public IEnumerable<ScenarioResult> AttemptsAt(ScenarioKey key) => Attempts.Where(attempt => attempt.Key == key);

    /// <summary>Everything that was judged: the attempts at each repeated scenario, and the result of every other scenario.</summary>
    public IEnumerable<ScenarioResult> Judgements
    {
        get
        {
            var repeated = Attempts.Select(attempt => attempt.Key).ToHashSet();
            return Results.Where(result => !repeated.Contains(result.Key)).Concat(Attempts);
        }
    }

    /// <summary>The name of a scenario in reports: its id, with the edition only if this run plans the scenario in several.</summary>
    public string NameOf(ScenarioKey key) => IsInSeveralEditions(key) ? key.ToString() : key.Scenario;

    public bool IsInSeveralEditions(ScenarioKey key) => _editions[key.Scenario].Any(edition => edition != key.Edition);

    private static ILookup<string, Edition> EditionsById(IEnumerable<PlannedScenario> planned) =>
        planned.ToLookup(scenario => scenario.Id, scenario => scenario.Edition, StringComparer.Ordinal);
}
