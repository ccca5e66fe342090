namespace Conformance.Testing.Statements;

/// <summary>
/// One proof that the suite finds a fault: an implementation with the fault violates a statement of a scenario's purpose.
/// </summary>
public sealed record Proof(string Deviation, string Scenario, StatementId Statement);

/// <summary>
/// The record of the deviation tests: which scenario found which deviation, and the statements and scenarios for which no deviation has
/// been written yet.
/// </summary>
public sealed class ProofRecord
{
    public const string File = "proof.tsv";
    public const string UnprovedFile = "unproved.tsv";

    private const string StatementKind = "statement";
    private const string ScenarioKind = "scenario";

    /// <summary>A deviation that violates more statements than one fault should, and does not say why.</summary>
    private const string BreadthKind = "breadth";

    private static readonly string _header = string.Join('\t', "deviation", "scenario", "statement");
    private static readonly string _unprovedHeader = string.Join('\t', "kind", "id");

    private readonly List<(Proof Proof, int Line)> _proofs = [];
    private readonly List<(string Kind, string Id, int Line)> _unproved = [];
    private readonly List<RegisterProblem> _problems = [];

    private ProofRecord() { }

    public IEnumerable<Proof> Proofs => _proofs.Select(entry => entry.Proof);

    /// <param name="directory">The directory of the features.</param>
    /// <returns>The record; null if the directory has none, as a suite without deviations.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ProofRecord? Load(string directory)
    {
        var (proofs, unproved) = (Path.Combine(directory, File), Path.Combine(directory, UnprovedFile));
        if (!System.IO.File.Exists(proofs) && !System.IO.File.Exists(unproved))
        {
            return null;
        }

        var record = new ProofRecord();
        foreach (var (cells, line) in record.Rows(proofs, File, _header))
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

        foreach (var (cells, line) in record.Rows(unproved, UnprovedFile, _unprovedHeader))
        {
            record._unproved.Add((cells[0], cells[1], line));
        }

        return record;
    }

    /// <summary>The text of the file of proofs.</summary>
    public static string Write(IEnumerable<Proof> proofs) =>
        Lines(_header, proofs.Select(proof => $"{proof.Deviation}\t{proof.Scenario}\t{proof.Statement}"));

    /// <summary>The deviations whose breadth is not explained yet.</summary>
    public IEnumerable<string> Broad => _unproved.Where(entry => entry.Kind == BreadthKind).Select(entry => entry.Id);

    /// <summary>The text of the file of what is not proved yet.</summary>
    public static string WriteUnproved(IEnumerable<StatementId> statements, IEnumerable<string> scenarios, IEnumerable<string> broad) =>
        Lines(
            _unprovedHeader,
            [
                .. statements.Select(id => $"{StatementKind}\t{id}"),
                .. scenarios.Select(id => $"{ScenarioKind}\t{id}"),
                .. broad.Select(name => $"{BreadthKind}\t{name}"),
            ]
        );

    /// <summary>
    /// The problems: a tested statement or a scenario that is neither proved nor in the list of those to be proved, and a row of that list
    /// that is proved or does not exist, so that the list only shrinks.
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
            .Where(statement => statement.Testability == Testability.Wire)
            .ToDictionary(statement => statement.Id.ToString(), StringComparer.Ordinal);
        var provedStatements = Proofs.Select(proof => proof.Statement.ToString()).ToHashSet(StringComparer.Ordinal);
        var provedScenarios = Proofs.Select(proof => proof.Scenario).ToHashSet(StringComparer.Ordinal);
        var known = scenarios.Select(scenario => scenario.Id).ToHashSet(StringComparer.Ordinal);
        var listed = _unproved.Select(entry => (entry.Kind, entry.Id)).ToHashSet();
        return
        [
            .. _problems,
            .. _proofs
                .Where(entry => !known.Contains(entry.Proof.Scenario))
                .Select(entry => new RegisterProblem(File, entry.Line, $"there is no scenario {entry.Proof.Scenario}.")),
            .. tested
                .Values.Where(statement =>
                    !provedStatements.Contains($"{statement.Id}") && !listed.Contains((StatementKind, $"{statement.Id}"))
                )
                .OrderBy(statement => statement.Id)
                .Select(statement => new RegisterProblem(
                    statement.File,
                    statement.FileLine,
                    $"{statement.Id} is tested, but no deviation shows that its violation is found."
                )),
            .. scenarios
                .Where(scenario => !provedScenarios.Contains(scenario.Id) && !listed.Contains((ScenarioKind, scenario.Id)))
                .Select(scenario => new RegisterProblem(scenario.Path, scenario.Line, $"no deviation fails {scenario.Id}.")),
            .. _unproved.Select(entry => Outdated(entry.Kind, entry.Id, entry.Line)).OfType<RegisterProblem>(),
        ];

        RegisterProblem? Outdated(string kind, string id, int line)
        {
            var (exists, proved) = kind switch
            {
                StatementKind => (tested.ContainsKey(id), provedStatements.Contains(id)),
                ScenarioKind => (known.Contains(id), provedScenarios.Contains(id)),
                BreadthKind => (Proofs.Any(proof => proof.Deviation == id), false),
                _ => (false, false),
            };
            return proved ? new RegisterProblem(UnprovedFile, line, $"{id} is proved: remove the row.")
                : exists ? null
                : new RegisterProblem(UnprovedFile, line, $"there is no {kind} {id} that could be proved: remove the row.");
        }
    }

    private IEnumerable<(string[] Cells, int Line)> Rows(string path, string name, string header)
    {
        var lines = System.IO.File.Exists(path) ? System.IO.File.ReadAllLines(path) : [];
        if (lines.FirstOrDefault() != header)
        {
            _problems.Add(new RegisterProblem(name, 1, $"the first line must name the columns: {header.Replace('\t', ' ')}."));
        }

        foreach (var (index, line) in lines.Index().Skip(1))
        {
            var cells = line.Split('\t');
            if (cells.Length == header.Count(c => c == '\t') + 1)
            {
                yield return (cells, index + 1);
            }
            else
            {
                _problems.Add(new RegisterProblem(name, index + 1, $"the row has {cells.Length} columns."));
            }
        }
    }

    private static string Lines(string header, IEnumerable<string> rows) =>
        string.Concat([header + "\n", .. rows.Distinct().Order(StringComparer.Ordinal).Select(row => row + "\n")]);
}
