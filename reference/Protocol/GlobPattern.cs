namespace Pmip.Protocol;

/// <summary>A pattern in which * matches any characters and every other character matches itself. An empty text matches none.</summary>
internal static class GlobPattern
{
    /// <summary>Matches any characters.</summary>
    public const char Any = '*';

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, next) = (0, 0);
        var (star, taken) = (-1, 0); // the last * and the end of what it has taken so far
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == Any)
            {
                (star, taken) = (next++, at);
            }
            else if (next < pattern.Length && pattern[next] == text[at])
            {
                (next, at) = (next + 1, at + 1);
            }
            else if (star >= 0)
            {
                (next, at) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }
        return !text.IsEmpty && !pattern[next..].ContainsAnyExcept(Any);
    }

    /// <summary>The format with what the only * of the pattern stands for in a text that matches, in place of every *.</summary>
    public static string Fill(string format, string pattern, string text)
    {
        if (!format.Contains(Any))
        {
            return format;
        }

        var start = pattern.IndexOf(Any, StringComparison.Ordinal);
        return format.Replace(Any.ToString(), text[start..^(pattern.Length - start - 1)], StringComparison.Ordinal);
    }

    /// <summary>True if the format needs a pattern with one *, and the pattern has none or several.</summary>
    public static bool CannotFill(string format, string pattern) => format.Contains(Any) && pattern.Count(known => known == Any) != 1;
}
