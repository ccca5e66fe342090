using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

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
public sealed partial class StatementRegister
{
    private static readonly string[] _columns =
    [
        "id",
        "item",
        "line",
        "hash",
        "level",
        "roles",
        "test",
        "observed",
        "relation",
        "disposal",
        "paraphrase",
    ];

    /// <summary>The keywords of RFC 2119, the MAY NOT of a draft, and the word for behaviour described without a keyword.</summary>
    public static readonly FrozenSet<string> Levels = FrozenSet.Create(
        StringComparer.Ordinal,
        "MUST",
        "MUST NOT",
        "REQUIRED",
        "SHALL",
        "SHALL NOT",
        "SHOULD",
        "SHOULD NOT",
        "RECOMMENDED",
        "NOT RECOMMENDED",
        "MAY",
        "MAY NOT",
        "OPTIONAL",
        "declarative"
    );

    /// <summary>The kinds of observation.</summary>
    public static readonly FrozenSet<string> Observations = FrozenSet.Create(
        StringComparer.Ordinal,
        "status",
        "silence",
        "source",
        "flags",
        "options",
        "prefixes",
        "session",
        "forwarding",
        "advertisement",
        "timing",
        "order",
        "malformed",
        "clock"
    );

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
                .Relation.OfType<Relation.AbsentIn>()
                .Select(absent => absent.Edition)
                .Where(edition => !editions.Contains(edition))
                .Select(edition => $"{edition}, for which there is no register");
            foreach (var unknown in unknownIds.Concat(unknownEditions))
            {
                problems.Add(new RegisterProblem(statement.File, statement.FileLine, $"{statement.Id} refers to {unknown}."));
            }
        }

        return new StatementRegister(statements, problems);
    }

    private static void ReadFile(string file, string[] lines, Dictionary<StatementId, Statement> statements, List<RegisterProblem> problems)
    {
        if (lines.Length == 0 || !lines[0].Split('\t').SequenceEqual(_columns))
        {
            problems.Add(new RegisterProblem(file, 1, $"the first line must name the columns: {string.Join(' ', _columns)}."));
            return;
        }

        for (var i = 1; i < lines.Length; i++)
        {
            try
            {
                var statement = ReadRow(file, i + 1, lines[i].Split('\t'));
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

    private static Statement ReadRow(string file, int line, string[] cells)
    {
        if (cells.Length != _columns.Length)
        {
            throw new FormatException($"the row has {cells.Length} columns, not {_columns.Length}.");
        }

        var statement = new Statement
        {
            Id = ReadId(file, cells[0]),
            Item = cells[1],
            Line =
                int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw new FormatException($"'{cells[2]}' is not a line number of the specification."),
            Hash = Hash().IsMatch(cells[3]) ? cells[3] : throw new FormatException($"'{cells[3]}' is not a hash of 12 hexadecimal digits."),
            Level = OneOf(Levels, cells[4], "level"),
            Roles = [.. List(cells[5])],
            Testability = cells[6] switch
            {
                "W" => Testability.Wire,
                "C" => Testability.Configuration,
                "N" => Testability.None,
                _ => throw new FormatException($"'{cells[6]}' is not a value of the column 'test'; it must be W, C or N."),
            },
            Observed = [.. List(cells[7]).Select(kind => OneOf(Observations, kind, "kind of observation"))],
            Relation = [.. List(cells[8]).Select(ReadRelation)],
            Disposal = ReadDisposal(cells[9]),
            Paraphrase = cells[10].Trim(),
            File = file,
            FileLine = line,
        };
        return statement.Paraphrase.Length > 0 ? statement : throw new FormatException($"{statement.Id} has no paraphrase.");
    }

    private static StatementId ReadId(string file, string text)
    {
        var id = new StatementId(text);
        var edition = Path.GetDirectoryName(file);
        var section = Path.GetFileNameWithoutExtension(file);

        // The bullets of a slide document have no section.
        return id.Edition.Name == edition && (id.Section == section || id.Section.Length == 0)
            ? id
            : throw new FormatException($"{id} does not belong to section {section} of {edition}.");
    }

    private static Relation ReadRelation(string text)
    {
        var (kind, target) = Cut(text, ':');
        return (kind, target) switch
        {
            (_, "") => throw NotARelation(text),
            ("pointer", _) => new Relation.Pointer(target),
            ("same", _) => new Relation.Same(new StatementId(target)),
            ("replaced-by", _) => new Relation.ReplacedBy(new StatementId(target)),
            ("opposite", _) => new Relation.Opposite(new StatementId(target)),
            ("absent-in", _) => new Relation.AbsentIn(target),
            _ => throw NotARelation(text),
        };
    }

    private static FormatException NotARelation(string text) =>
        new($"'{text}' is not a relation; it is pointer:<section>, same:<id>, replaced-by:<id>, opposite:<id> or absent-in:<edition>.");

    private static Disposal? ReadDisposal(string text)
    {
        const string coveredBy = "covered by ";
        var (kind, rest) = Cut(text, ':');
        return kind switch
        {
            "" when text.Length == 0 => null,
            "pending" when text == kind => new Disposal.Pending(),
            "pointer" when rest.StartsWith(coveredBy, StringComparison.Ordinal) => new Disposal.Pointer([
                .. rest[coveredBy.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new StatementId(id)),
            ]),
            "not testable" when rest.Length > 0 => new Disposal.NotTestable(rest),
            _ => throw new FormatException(
                $"'{text}' is not a value of the column 'disposal'; it must be empty, pending, pointer: covered by <ids>, "
                    + "or not testable: <reason>."
            ),
        };
    }

    private static IEnumerable<StatementId> References(Statement statement) =>
        statement
            .Relation.Select(Target)
            .OfType<StatementId>()
            .Concat(statement.Disposal is Disposal.Pointer pointer ? pointer.CoveredBy : []);

    private static StatementId? Target(Relation relation) =>
        relation switch
        {
            Relation.Same same => same.Statement,
            Relation.ReplacedBy replaced => replaced.Statement,
            Relation.Opposite opposite => opposite.Statement,
            _ => null,
        };

    private static string OneOf(FrozenSet<string> words, string word, string what) =>
        words.Contains(word)
            ? word
            : throw new FormatException(
                $"'{word}' is not a {what}; it is one of {string.Join(", ", words.Order(StringComparer.Ordinal))}."
            );

    private static string[] List(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, string.Empty) : (text[..index], text[(index + 1)..].Trim());
    }

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Hash();
}
