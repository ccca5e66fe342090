using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>Compares the text of a specification with the register of its edition: the keywords, where they stand, the sentences they stand in.</summary>
/// <remarks>Rows of behaviour without a keyword have no counterpart that could be found in the text, and are left out.</remarks>
internal static class SpecificationComparison
{
    /// <summary>Every difference, as a line with the file and line it was found at.</summary>
    /// <param name="name">What to call the specification in the lines.</param>
    public static IReadOnlyList<string> Differences(string name, string text, string edition, StatementRegister register)
    {
        var rows = register.Statements.Where(statement => statement.Id.Edition == edition && IsOfKeyword(statement)).ToLookup(KeywordOf);
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
    /// One facet must have the level of the keyword. Another may have a weaker one: a MUST that points to rules of which one
    /// is a recommendation.
    /// </remarks>
    private static string? Difference(Statement row, NormativeSentence? sentence, IReadOnlyList<Statement> facets) =>
        sentence switch
        {
            null => "has no keyword in the specification.",
            _ when sentence.Hash != row.Hash =>
                $"is of another sentence: its hash is {sentence.Hash}, the register has {row.Hash} (line {sentence.Line}).",
            _ when facets.All(facet => facet.Level != sentence.Keyword) => $"says {sentence.Keyword}, the register has {row.Level}.",
            _ when sentence.Line != row.Line => $"stands in line {sentence.Line}, the register has {row.Line}.",
            _ => null,
        };

    private static bool IsOfKeyword(Statement statement) => statement.Id.Value[(statement.Id.Value.LastIndexOf('-') + 1)..].StartsWith('k');

    /// <summary>The id without the letter of a facet: k2a and k2b are both of k2.</summary>
    private static string KeywordOf(Statement statement) =>
        statement.Id.Value.TrimEnd([.. Enumerable.Range('a', 26).Select(letter => (char)letter)]);
}
