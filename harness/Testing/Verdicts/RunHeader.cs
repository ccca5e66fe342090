namespace Conformance.Testing.Verdicts;

/// <summary>What a run was: the first line of its journal.</summary>
/// <param name="Bed">simulated, namespaces, containers, external or recorded.</param>
/// <param name="Implementation">What was tested, in a few words.</param>
/// <param name="Seed">The run's seed; every scenario's seed follows from it and the scenario's id.</param>
/// <param name="Options">The options the user chose, in the words of the command line.</param>
/// <param name="Shared">The scenarios ran one after the other on an implementation that was never reset.</param>
/// <param name="Features">Where the features came from, if not from beside the program.</param>
/// <param name="BedOptions">The options that choose the bed; null if it is the one that is chosen by default.</param>
/// <param name="StaticFailures">Mandatory capabilities that the implementation does not claim: it fails by them before any scenario runs.</param>
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
);

/// <summary>The last line of a complete journal.</summary>
/// <param name="Complete">False if the run was ended before every planned scenario had run.</param>
public sealed record RunEnd(DateTimeOffset Ended, bool Complete, string? Reason);

/// <summary>A run as read back from its journal; <see cref="End"/> is null if the run was cut off.</summary>
public sealed record Run(RunHeader Header, IReadOnlyList<PlannedScenario> Planned, IReadOnlyList<ScenarioResult> Results, RunEnd? End);
