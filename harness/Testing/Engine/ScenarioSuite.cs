using System.Reflection;
using Conformance.Testing.Ics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Engine;

/// <summary>The scenarios, their step phrases and the statements they test, loaded once.</summary>
public sealed class ScenarioSuite
{
    private const string RegistersFolder = "registers";
    private const string IcsFolder = "ics";
    private const string InterpretationsFolder = "interpretations";

    private ScenarioSuite(
        FeatureLibrary library,
        StepBindings bindings,
        StatementRegister register,
        IcsCatalogue ics,
        InterpretationRegister interpretations,
        ClassCatalogue classes,
        ProofRecord? proof
    )
    {
        Library = library;
        Bindings = bindings;
        Register = register;
        Ics = ics;
        Interpretations = interpretations;
        Classes = classes;
        Proof = proof;
    }

    public FeatureLibrary Library { get; }

    public StepBindings Bindings { get; }

    public StatementRegister Register { get; }

    public IcsCatalogue Ics { get; }

    public InterpretationRegister Interpretations { get; }

    public ClassCatalogue Classes { get; }

    /// <summary>The record of the deviation tests; null if the suite has none.</summary>
    public ProofRecord? Proof { get; }

    /// <param name="features">The directory of the features, which also contains the registers.</param>
    /// <param name="steps">The assemblies with step bindings.</param>
    public static ScenarioSuite Load(string features, params Assembly[] steps)
    {
        var registers = Path.Combine(features, RegistersFolder);
        var register = Directory.Exists(registers) ? StatementRegister.Load(registers) : StatementRegister.Empty;
        var ics = IcsCatalogue.Load(Path.Combine(features, IcsFolder), register);
        var interpretations = InterpretationRegister.Load(Path.Combine(features, InterpretationsFolder), register, ics);
        return new ScenarioSuite(
            FeatureLibrary.Load(features),
            new StepBindings(steps),
            register,
            ics,
            interpretations,
            ClassCatalogue.Load(features, ics),
            ProofRecord.Load(features)
        );
    }

    public AuditResult Audit() => RegisterAudit.Check(Register, Tested());

    /// <summary>
    /// What no deviation proves, and what is wrong with the record of proofs. A scenario runs all the same: it is written before its
    /// deviation.
    /// </summary>
    public IReadOnlyList<string> Unproved() => [.. Proof?.Check(Register, Tested()).Select(problem => problem.ToString()) ?? []];

    private IReadOnlyList<(string Id, string Path, int Line, IReadOnlyList<StatementId> Statements)> Tested() =>
        [.. Library.Scenarios.Select(scenario => (scenario.Id.ToString(), scenario.Path, scenario.Line, scenario.Statements))];

    /// <summary>
    /// All faults of the suite itself, each with its file and line. Nothing runs unless the list is empty. Faults in the form of a feature
    /// hide those that follow from them, for example the statements of a scenario that cannot be read.
    /// </summary>
    /// <param name="configurations">The named configurations that scenarios may ask for.</param>
    public IReadOnlyList<string> Problems(IEnumerable<string> configurations) =>
        [
            .. Library.Problems.Select(problem => problem.ToString()),
            .. Bindings.Mistakes.Select(problem => problem.ToString()),
            .. Library.Problems.Count > 0
                ? Register.Problems.Select(problem => problem.ToString())
                :
                [
                    .. TagLint.Check(Library, [.. configurations]).Select(problem => problem.ToString()),
                    .. Bindings.Check(Library).Select(problem => problem.ToString()).Distinct(),
                    .. Audit().Problems.Select(problem => problem.ToString()),
                    .. Classes.Check(Library.Scenarios).Select(problem => problem.ToString()),
                ],
            .. Ics.Problems.Select(problem => problem.ToString()),
            .. Ics.Check(
                    Library.Scenarios.SelectMany(scenario => scenario.IcsConditions.Select(item => (scenario.Path, scenario.Line, item)))
                )
                .Select(problem => problem.ToString()),
            .. Interpretations.Problems.Select(problem => problem.ToString()),
            .. Classes.Problems.Select(problem => problem.ToString()),
        ];
}
