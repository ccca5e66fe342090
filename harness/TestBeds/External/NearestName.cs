namespace Conformance.TestBeds.External;

/// <summary>Finds the known name that the writer of an unknown name may have meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name with the fewest changed characters; null if no name begins with the text or agrees in at least half of the
    /// characters.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known) =>
        known
            .Select(name => (Name: name, Distance: Between(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate =>
                candidate.Distance * 2 <= Math.Max(written.Length, candidate.Name.Length)
                || candidate.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            .Name;

    /// <summary>The Levenshtein distance.</summary>
    private static int Between(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var substitution = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
