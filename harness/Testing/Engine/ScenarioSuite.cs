using System.Reflection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Engine;

/// <summary>The scenarios, the phrases they are made of and the statements they test, loaded once.</summary>
public sealed class ScenarioSuite
{
    private const string RegistersFolder = "registers";

    private ScenarioSuite(FeatureLibrary library, StepBindings bindings, StatementRegister register)
    {
        Library = library;
        Bindings = bindings;
        Register = register;
    }

    public FeatureLibrary Library { get; }

    public StepBindings Bindings { get; }

    public StatementRegister Register { get; }

    /// <param name="features">The directory with the features, and the registers below it.</param>
    /// <param name="steps">The assemblies with step bindings.</param>
    public static ScenarioSuite Load(string features, params Assembly[] steps)
    {
        var registers = Path.Combine(features, RegistersFolder);
        return new ScenarioSuite(
            FeatureLibrary.Load(features),
            new StepBindings(steps),
            Directory.Exists(registers) ? StatementRegister.Load(registers) : StatementRegister.Empty);
    }

    public AuditResult Audit() => RegisterAudit.Check(Register, Library.Scenarios.Select(scenario => (scenario.Id.ToString(), scenario.Path, scenario.Line, scenario.Statements)));

    /// <summary>Everything that is wrong with the suite itself, each with its file and line; nothing runs while there is any.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Library.Problems.Select(problem => problem.ToString()),
        .. Bindings.Mistakes.Select(problem => problem.ToString()),
        .. Bindings.Check(Library).Select(problem => problem.ToString()).Distinct(),
        .. Register.Problems.Select(problem => problem.ToString()),
        .. Audit().Problems.Select(problem => problem.ToString()),
    ];
}
