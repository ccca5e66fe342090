namespace Conformance.Testing.Statements;

/// <summary>
/// One proof that the suite finds a fault: an implementation with the fault violates a statement of a scenario's purpose.
/// </summary>
public sealed record Proof(string Deviation, string Scenario, StatementId Statement);

/// <summary>
/// The record of the deviation tests: which scenario found which deviation. Everything that is tested is proved by one.
/// </summary>
public sealed class ProofRecord
{
    public const string File = "proof.tsv";

    private static readonly string _header = string.Join('\t', "deviation", "scenario", "statement");

    private readonly List<(Proof Proof, int Line)> _proofs = [];
    private readonly List<RegisterProblem> _problems = [];

    private ProofRecord() { }

    public IEnumerable<Proof> Proofs => _proofs.Select(entry => entry.Proof);

    /// <param name="directory">The directory of the features.</param>
    /// <returns>The record; null if the directory has none, as a suite without deviations.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ProofRecord? Load(string directory)
    {
        var proofs = Path.Combine(directory, File);
        if (!System.IO.File.Exists(proofs))
        {
            return null;
        }

        var record = new ProofRecord();
        foreach (var (cells, line) in record.Rows(proofs))
        {
            if (StatementId.IsWellFormed(cells[2]))
            {
                record._proofs.Add((new Proof(cells[0], cells[1], new StatementId(cells[2])), line));
            }
            else
            {
                record._problems.Add(new RegisterProblem(File, line, $"'{cells[2]}' is not the id of a statement."));
            }
        }

        return record;
    }

    /// <summary>The text of the file of proofs.</summary>
    public static string Write(IEnumerable<Proof> proofs) =>
        string.Concat([
            _header + "\n",
            .. proofs.Select(proof => $"{proof.Deviation}\t{proof.Scenario}\t{proof.Statement}\n").Distinct().Order(StringComparer.Ordinal),
        ]);

    /// <summary>
    /// The problems: a tested statement of the kind W or a scenario that no deviation proves, and a proof by a scenario that is gone.
    /// </summary>
    /// <param name="scenarios">The id, feature file, line and purpose of every scenario.</param>
    public IReadOnlyList<RegisterProblem> Check(
        StatementRegister register,
        IReadOnlyList<(string Id, string Path, int Line, IReadOnlyList<StatementId> Statements)> scenarios
    )
    {
        var tested = scenarios
            .SelectMany(scenario => scenario.Statements)
            .Distinct()
            .Select(register.Find)
            .OfType<Statement>()
            .Where(statement => statement.Testability == Testability.Wire);
        var provedStatements = Proofs.Select(proof => proof.Statement).ToHashSet();
        var provedScenarios = Proofs.Select(proof => proof.Scenario).ToHashSet(StringComparer.Ordinal);
        var known = scenarios.Select(scenario => scenario.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _problems,
            .. _proofs
                .Where(entry => !known.Contains(entry.Proof.Scenario))
                .Select(entry => new RegisterProblem(File, entry.Line, $"there is no scenario {entry.Proof.Scenario}.")),
            .. tested
                .Where(statement => !provedStatements.Contains(statement.Id))
                .OrderBy(statement => statement.Id)
                .Select(statement => new RegisterProblem(
                    statement.File,
                    statement.FileLine,
                    $"{statement.Id} is tested, but no deviation shows that its violation is found."
                )),
            .. scenarios
                .Where(scenario => !provedScenarios.Contains(scenario.Id))
                .Select(scenario => new RegisterProblem(scenario.Path, scenario.Line, $"no deviation fails {scenario.Id}.")),
        ];
    }

    private IEnumerable<(string[] Cells, int Line)> Rows(string path)
    {
        var lines = System.IO.File.ReadAllLines(path);
        if (lines.FirstOrDefault() != _header)
        {
            _problems.Add(new RegisterProblem(File, 1, $"the first line must name the columns: {_header.Replace('\t', ' ')}."));
        }

        foreach (var (index, line) in lines.Index().Skip(1))
        {
            var cells = line.Split('\t');
            if (cells.Length == _header.Count(c => c == '\t') + 1)
            {
                yield return (cells, index + 1);
            }
            else
            {
                _problems.Add(new RegisterProblem(File, index + 1, $"the row has {cells.Length} columns."));
            }
        }
    }
}
