using Conformance.Testing.Statements;

namespace Conformance.TestBeds.SelfTests;

/// <summary>Something that the suite should not have said of a device whose behaviour is known, or has left unsaid.</summary>
/// <param name="Scenario">The run that says it, with its edition; null if no scenario does.</param>
/// <param name="Statement">The statement that it is about; null if there is none.</param>
/// <param name="What">In one line.</param>
public sealed record DeviceProblem(string? Scenario, StatementId? Statement, string What)
{
    public override string ToString() => string.Join(": ", new[] { Scenario, Statement?.ToString(), What }.OfType<string>());
}
