using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>
/// Compares the text of a specification with the register of its edition: the keywords, their positions and their sentences.
/// </summary>
/// <remarks>Rows for behaviour without a keyword are left out, because they cannot be found in the text.</remarks>
internal static class SpecificationComparison
{
    /// <summary>Every difference as one line of text, with the file and the line of the difference.</summary>
    /// <param name="name">The name of the specification in the differences.</param>
    public static IReadOnlyList<string> Differences(string name, string text, string edition, StatementRegister register)
    {
        var rows = register
            .Statements.Where(statement => statement.Id.Edition.Name == edition && IsOfKeyword(statement))
            .ToLookup(KeywordOf);
        var sentences = SpecificationExtractor
            .Extract(text)
            .ToDictionary(sentence => $"{edition}-{sentence.Section}-k{sentence.Ordinal}", StringComparer.Ordinal);
        return
        [
            .. sentences
                .Where(sentence => !rows.Contains(sentence.Key))
                .Select(sentence => $"{name}:{sentence.Value.Line}: {sentence.Key} ({sentence.Value.Keyword}) is not in the register."),
            .. rows.SelectMany(
                    group => group,
                    (group, row) => (Row: row, Difference: Difference(row, sentences.GetValueOrDefault(group.Key), [.. group]))
                )
                .Where(compared => compared.Difference is not null)
                .Select(compared => $"{compared.Row.File}:{compared.Row.FileLine}: {compared.Row.Id} {compared.Difference}"),
        ];
    }

    /// <remarks>
    /// At least one facet must have the level of the keyword. Other facets may have a weaker level: a MUST can refer to rules that
    /// include a recommendation.
    /// </remarks>
    private static string? Difference(Statement row, NormativeSentence? sentence, IReadOnlyList<Statement> facets) =>
        sentence switch
        {
            null => "has no keyword in the specification.",
            _ when sentence.Hash != row.Hash =>
                $"has a different sentence: its hash is {sentence.Hash}, the register has {row.Hash} (line {sentence.Line}).",
            _ when facets.All(facet => facet.Level.Word != sentence.Keyword) => $"says {sentence.Keyword}, the register has {row.Level}.",
            _ when sentence.Line != row.Line => $"is in line {sentence.Line}, the register has {row.Line}.",
            _ => null,
        };

    /// <summary>False for a row of behaviour without a keyword, and for the bullets of slides.</summary>
    public static bool IsOfKeyword(Statement statement) => statement.Id.Value[(statement.Id.Value.LastIndexOf('-') + 1)..].StartsWith('k');

    /// <summary>The id without the letter of a facet: k2a and k2b both belong to k2.</summary>
    public static string KeywordOf(Statement statement) =>
        statement.Id.Value.TrimEnd([.. Enumerable.Range('a', 26).Select(letter => (char)letter)]);
}
