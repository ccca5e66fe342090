using System.IO.Enumeration;

namespace Pmip.Protocol;

/// <summary>A pattern in which * matches any characters and every other character matches itself.</summary>
internal static class GlobPattern
{
    private const char Any = '*';

    public static bool Matches(string pattern, string text)
    {
        // The file name matcher treats ? and \ as special characters; here they are literal.
        var escaped = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(escaped, text, ignoreCase: false);
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
