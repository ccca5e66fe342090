using System.IO.Enumeration;

namespace Pmip.Protocol;

/// <summary>A pattern in which * matches any characters and every other character matches itself.</summary>
internal sealed class GlobPattern(string pattern)
{
    /// <summary>Matches any characters.</summary>
    public const char Any = '*';

    // The file name matcher treats ? and \ as special characters; here they are literal.
    private readonly string _escaped = pattern
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("?", "\\?", StringComparison.Ordinal);

    public bool Matches(ReadOnlySpan<char> text) => FileSystemName.MatchesSimpleExpression(_escaped, text, ignoreCase: false);

    public static bool Matches(string pattern, string text) => new GlobPattern(pattern).Matches(text);

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
