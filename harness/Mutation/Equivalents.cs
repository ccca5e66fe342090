using Conformance.Reports;

namespace Conformance.Mutation;

/// <summary>
/// The mutants that were judged equivalent: their devices do nothing that the specification forbids. A row also holds the mutation, so that
/// it cannot pass to another mutant after an edit of the source.
/// </summary>
public sealed class Equivalents
{
    public const string File = "harness/Mutation/equivalents.tsv";

    private const string Header = "id\tmutation\treason";

    private readonly Dictionary<string, (string Mutation, string Reason)> _rows;

    private Equivalents(Dictionary<string, (string Mutation, string Reason)> rows) => _rows = rows;

    public bool Contains(Mutant mutant) => _rows.ContainsKey(mutant.Id);

    public string ReasonOf(Mutant mutant) => _rows[mutant.Id].Reason;

    /// <param name="mutants">All mutants that the sources have.</param>
    /// <exception cref="CannotRunException">A row has a mistake, or its mutant does not exist any more.</exception>
    public static Equivalents Read(string text, IEnumerable<Mutant> mutants)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[0] != Header)
        {
            throw new CannotRunException($"{File}:1: the columns must be {Header.Replace("\t", ", ", StringComparison.Ordinal)}.");
        }

        var known = mutants.ToDictionary(mutant => mutant.Id, StringComparer.Ordinal);
        var rows = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (index, line) in lines.Index().Skip(1).Where(row => row.Item.Length > 0))
        {
            var place = $"{File}:{index + 1}:";
            if (line.Split('\t') is not [var id, var mutation, var reason] || string.IsNullOrWhiteSpace(reason))
            {
                throw new CannotRunException($"{place} a row has three columns: id, mutation and reason.");
            }
            if (!known.TryGetValue(id, out var mutant))
            {
                throw new CannotRunException($"{place} there is no mutant {id}.");
            }
            if (mutant.Mutation != mutation)
            {
                throw new CannotRunException($"{place} the mutant {id} is now another: {mutant.Mutation}");
            }
            if (!rows.TryAdd(id, (mutation, reason)))
            {
                throw new CannotRunException($"{place} the mutant {id} is listed twice.");
            }
        }

        return new Equivalents(rows);
    }
}
