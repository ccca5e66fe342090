using System.Text.Json.Serialization;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Verdicts;

public enum StepOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>One step of a scenario that ran.</summary>
/// <param name="Message">The reason for the failure; null if the step did not fail.</param>
/// <param name="FirstPacket">The first packet of the capture that belongs to the step; null if there is none.</param>
/// <param name="LastPacket">The last packet of the capture that belongs to the step; null if there is none.</param>
/// <param name="At">Protocol time from the start of the scenario to the start of the step.</param>
public sealed record StepResult(
    string Keyword,
    string Text,
    int Line,
    IReadOnlyList<string> Table,
    StepOutcome Outcome,
    string? Message,
    int? FirstPacket,
    int? LastPacket,
    TimeSpan At
);

/// <summary>The facts about one planned scenario in one edition before it runs: one of the first lines of a run's journal.</summary>
/// <param name="Path">The feature file, relative to the features directory.</param>
/// <param name="Statements">The statements that are the scenario's purpose in this edition.</param>
/// <param name="Reason">The reason why the scenario is not selected; null if it is selected.</param>
public sealed record PlannedScenario(
    string Id,
    string Title,
    string Feature,
    string Path,
    int Line,
    string Role,
    RequirementLevel? Level,
    string Configuration,
    IReadOnlyList<string> Tags,
    IReadOnlyList<StatementId> Statements,
    Selection Selection,
    string? Reason
)
{
    /// <summary>The edition of the run; journals from before there were several do not have it.</summary>
    public Edition Edition { get; init; } = Edition.Rfc5213;

    [JsonIgnore]
    public ScenarioKey Key => new(Id, Edition);
}

/// <summary>The outcome of one scenario: all data of its report except the packets.</summary>
public sealed record ScenarioResult
{
    /// <summary>The scenario's id without the at sign: <c>TC-LMA-REG-BI-07</c>.</summary>
    public required string Scenario { get; init; }

    /// <inheritdoc cref="PlannedScenario.Edition"/>
    public Edition Edition { get; init; } = Edition.Rfc5213;

    [JsonIgnore]
    public ScenarioKey Key => new(Scenario, Edition);

    public required Verdict Verdict { get; init; }

    /// <summary>The reason for the verdict, in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>How the scenario found the implementation under test broken; null if it did not.</summary>
    public Breakdown? Breakdown { get; init; }

    /// <summary>True if no violated statement of the purpose is the reason why the scenario did not pass.</summary>
    [JsonIgnore]
    public bool IsUnsettled =>
        Verdict is Verdict.Error or Verdict.Inconclusive
        || (Verdict == Verdict.Fail && (Breakdown is not null || Purpose.All(finding => finding.Ok)));

    /// <summary>Findings about the statements that are the scenario's purpose; they decide the verdict.</summary>
    public required IReadOnlyList<Finding> Purpose { get; init; }

    /// <summary>Findings about other statements.</summary>
    public required IReadOnlyList<Finding> Incidental { get; init; }

    /// <summary>The statements of the purpose that were not judged because the scenario ended early.</summary>
    public required IReadOnlyList<StatementId> NotReached { get; init; }

    /// <summary>Recommendations that were not followed, and rulings that were applied.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The reasons why earlier attempts do not count: each time, the tester was late because its machine was busy.</summary>
    public IReadOnlyList<string> LateAttempts { get; init; } = [];

    public required IReadOnlyList<StepResult> Steps { get; init; }

    /// <summary>
    /// The scenario's capture, relative to the run's directory: <c>captures/TC-LMA-REG-BI-07.pcapng</c>, or with an edition that is
    /// not the first of the scenario, <c>captures/TC-LMA-REG-BI-07.rfc5844.pcapng</c>; null if none was written.
    /// </summary>
    public string? Capture { get; init; }

    /// <summary>
    /// The SHA-256 of the capture and of the trace events beside it; null if none were written, and in journals from before this was.
    /// </summary>
    public string? CaptureHash { get; init; }

    /// <summary>The seed of the scenario's bed; with the scenario's id, it reproduces the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The protocol time from the first to the last event, not the computing time.</summary>
    public required TimeSpan ProtocolTime { get; init; }

    public required int Packets { get; init; }
}
