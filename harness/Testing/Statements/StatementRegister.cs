namespace Conformance.Testing.Statements;

/// <summary>A fault in a register or a tag.</summary>
/// <param name="File">A file of the register, relative to the register's directory, or a feature file.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record RegisterProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>
/// All statements of all editions, read from tab-separated files: one folder per edition, one file per section. A malformed row
/// becomes a problem and is left out; the other rows can be used.
/// </summary>
public sealed class StatementRegister
{
    private readonly Dictionary<StatementId, Statement> _byId;

    private StatementRegister(Dictionary<StatementId, Statement> byId, IReadOnlyList<RegisterProblem> problems)
    {
        _byId = byId;
        Statements = [.. byId.Values.OrderBy(statement => statement.Id)];
        Problems = problems;
    }

    /// <summary>A register without statements: ids keep their meaning, but paraphrases are missing.</summary>
    public static StatementRegister Empty { get; } = new([], []);

    /// <summary>Every well-formed row, ordered by id.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    public IReadOnlyList<RegisterProblem> Problems { get; }

    /// <summary>The statement with an id; null if the register does not have it.</summary>
    public Statement? Find(StatementId id) => _byId.GetValueOrDefault(id);

    /// <param name="directory">The directory that contains a folder per edition.</param>
    /// <exception cref="IOException">The directory or a file in it cannot be read.</exception>
    public static StatementRegister Load(string directory)
    {
        var statements = new Dictionary<StatementId, Statement>();
        var problems = new List<RegisterProblem>();
        foreach (var edition in Directory.GetDirectories(directory).Order(NaturalOrder.Instance))
        {
            foreach (var path in Directory.GetFiles(edition, "*.tsv").Order(NaturalOrder.Instance))
            {
                var file = Path.GetRelativePath(directory, path).Replace('\\', '/');
                ReadFile(file, File.ReadAllLines(path), statements, problems);
            }
        }

        var editions = statements.Keys.Select(id => id.Edition.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in statements.Values)
        {
            var unknownIds = References(statement).Where(id => !statements.ContainsKey(id)).Select(id => $"{id}, which is in no register");
            var unknownEditions = statement
                .Relation.Where(relation => relation.Kind == RelationKind.AbsentIn && !editions.Contains(relation.Target))
                .Select(absent => $"{absent.Target}, for which there is no register");
            foreach (var unknown in unknownIds.Concat(unknownEditions))
            {
                problems.Add(new RegisterProblem(statement.File, statement.FileLine, $"{statement.Id} refers to {unknown}."));
            }
        }

        return new StatementRegister(statements, problems);
    }

    private static void ReadFile(string file, string[] lines, Dictionary<StatementId, Statement> statements, List<RegisterProblem> problems)
    {
        if (lines.Length == 0 || !lines[0].Split('\t').SequenceEqual(StatementRow.Columns))
        {
            problems.Add(new RegisterProblem(file, 1, $"the first line must name the columns: {string.Join(' ', StatementRow.Columns)}."));
            return;
        }

        for (var i = 1; i < lines.Length; i++)
        {
            try
            {
                var statement = StatementRow.Read(file, i + 1, lines[i].Split('\t'));
                if (!statements.TryAdd(statement.Id, statement))
                {
                    var first = statements[statement.Id];
                    throw new FormatException($"{statement.Id} is already at {first.File}:{first.FileLine}.");
                }
            }
            catch (FormatException e)
            {
                problems.Add(new RegisterProblem(file, i + 1, e.Message));
            }
        }
    }

    private static IEnumerable<StatementId> References(Statement statement) =>
        statement
            .Relation.Select(relation => relation.Statement)
            .OfType<StatementId>()
            .Concat(statement.Disposal is Disposal.Pointer pointer ? pointer.CoveredBy : []);
}
