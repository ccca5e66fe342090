namespace Conformance.Testing.Scenarios;

/// <summary>What a step is for. And, But and * go on with that of the step before.</summary>
public enum StepKeyword
{
    Given,
    When,
    Then,
}

/// <summary>One step of a scenario, placeholders replaced.</summary>
/// <param name="KeywordText">As written: Given, And, *, ...</param>
/// <param name="Text">Without the keyword.</param>
/// <param name="Line">In the feature file, counted from 1.</param>
public sealed record Step(StepKeyword Kind, string KeywordText, string Text, int Line, StepTable? Table = null, string? DocString = null)
{
    public override string ToString() => $"{KeywordText} {Text}";
}

/// <summary>The table under a step: at least one row, all of the same length.</summary>
public sealed record StepTable(IReadOnlyList<IReadOnlyList<string>> Rows);
