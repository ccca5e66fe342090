namespace Conformance.Testing.Scenarios;

/// <summary>A fault of the suite itself, found before any scenario runs.</summary>
/// <param name="Path">The feature file, relative to the features directory; for a binding, its class and method.</param>
/// <param name="Line">The line, from 1; 0 if the fault has no line.</param>
/// <param name="Rule">The short PascalCase name of the violated rule.</param>
/// <param name="Message">A description of the fault that quotes the faulty text.</param>
public sealed record LibraryProblem(string Path, int Line, string Rule, string Message)
{
    /// <summary>The problem in the format that editors and CI turn into a link.</summary>
    public override string ToString() => $"{Path}{(Line > 0 ? $":{Line}" : "")}: {Rule}: {Message}";
}
