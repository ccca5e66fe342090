namespace Conformance.Testing.Scenarios;

/// <summary>The purpose of a step. And, But and * repeat the purpose of the previous step.</summary>
public enum StepKeyword
{
    Given,
    When,
    Then,
}

/// <summary>One step of a scenario, with its placeholders replaced.</summary>
/// <param name="KeywordText">The keyword as written: Given, And, *, ...</param>
/// <param name="Text">The text without the keyword.</param>
/// <param name="Line">The line in the feature file, from 1.</param>
public sealed record Step(StepKeyword Kind, string KeywordText, string Text, int Line, StepTable? Table = null, string? DocString = null)
{
    public override string ToString() => $"{KeywordText} {Text}";
}

/// <summary>The table under a step: at least one row; all rows have the same length.</summary>
public sealed record StepTable(IReadOnlyList<IReadOnlyList<string>> Rows);
