using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Statements;

/// <summary>Reads one row of a register.</summary>
internal static partial class StatementRow
{
    public static readonly IReadOnlyList<string> Columns =
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

    /// <exception cref="FormatException">The row is malformed; the message says how.</exception>
    public static Statement Read(string file, int line, string[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new FormatException($"the row has {cells.Length} columns, not {Columns.Count}.");
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
            Level = OneOf(RequirementLevel.OfStatements, cells[4], "level"),
            Roles = [.. List(cells[5]).Select(role => OneOf(Enum.GetValues<BoundRole>(), role, "role"))],
            Testability = cells[6] switch
            {
                "W" => Testability.Wire,
                "C" => Testability.Configuration,
                "N" => Testability.None,
                _ => throw new FormatException($"'{cells[6]}' is not a value of the column 'test'; it must be W, C or N."),
            },
            Observed = [.. List(cells[7]).Select(kind => OneOf(Enum.GetValues<Observation>(), kind, "kind of observation"))],
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
        var (word, target) = Cut(text, ':');
        return Array.IndexOf(Relation.Words, word) is >= 0 and var kind && target.Length > 0
            ? new Relation((RelationKind)kind, target)
            : throw new FormatException(
                $"'{text}' is not a relation; it is pointer:<section>, same:<id>, replaced-by:<id>, opposite:<id> or absent-in:<edition>."
            );
    }

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

    private static T OneOf<T>(IReadOnlyList<T> values, string word, string what)
        where T : notnull
    {
        var words = values.Select(WordOf).ToList();
        return words.IndexOf(word) is >= 0 and var index
            ? values[index]
            : throw new FormatException(
                $"'{word}' is not a {what}; it is one of {string.Join(", ", words.Order(StringComparer.Ordinal))}."
            );

        // A register writes the kinds of observation in lower case.
        static string WordOf(T value) => value is Observation ? $"{value}".ToLowerInvariant() : $"{value}";
    }

    private static string[] List(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, string.Empty) : (text[..index], text[(index + 1)..].Trim());
    }

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Hash();
}
