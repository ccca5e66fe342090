namespace Conformance.Testing.Scenarios;

/// <summary>A fault of the suite itself, found before anything runs.</summary>
/// <param name="Path">The feature file, relative to the features directory; for a binding, its class and method.</param>
/// <param name="Line">Counted from 1; 0 where the fault has no line.</param>
/// <param name="Rule">Short PascalCase name of the rule that is broken.</param>
/// <param name="Message">What is wrong, with the text that is.</param>
public sealed record LibraryProblem(string Path, int Line, string Rule, string Message)
{
    /// <summary>In the form that editors and CI turn into a link.</summary>
    public override string ToString() => $"{Path}{(Line > 0 ? $":{Line}" : "")}: {Rule}: {Message}";
}
