namespace Conformance.Testing.Scenarios;

/// <summary>Finds the phrases that the author of an unknown step may have meant.</summary>
internal static class PhraseDistance
{
    private static readonly char[] _whiteSpace = [' ', '\t'];

    /// <summary>
    /// The nearest phrases; at equal distance, those of the step's keyword come first. Phrases are left out if less than half of
    /// the words agree.
    /// </summary>
    public static IReadOnlyList<string> Nearest(Step step, IEnumerable<Phrase> phrases, int count)
    {
        var words = WordsOf(step.Text);
        return
        [
            .. phrases
                .Select(phrase => (Phrase: phrase, Distance: Between(words, WordsOf(phrase.Expression))))
                .Where(candidate => candidate.Distance * 2 <= words.Length)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Phrase.Kind != step.Kind)
                .ThenBy(candidate => candidate.Phrase.Expression, StringComparer.Ordinal)
                .Take(count)
                .Select(candidate => candidate.Phrase.ToString()),
        ];
    }

    /// <summary>The Levenshtein distance in words; a parameter equals any word.</summary>
    private static int Between(string[] text, string[] expression)
    {
        var row = Enumerable.Range(0, expression.Length + 1).ToArray();
        for (var i = 1; i <= text.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= expression.Length; j++)
            {
                var substitution = diagonal + (IsSame(text[i - 1], expression[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }

    private static bool IsSame(string word, string pattern) =>
        pattern.Contains('{', StringComparison.Ordinal) || word.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static string[] WordsOf(string text) => text.Split(_whiteSpace, StringSplitOptions.RemoveEmptyEntries);
}
