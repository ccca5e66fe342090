using System.IO.Enumeration;

namespace Pmip.Protocol;

/// <summary>A pattern in which * matches any characters and every other character matches itself.</summary>
internal static class GlobPattern
{
    public static bool Matches(string pattern, string text)
    {
        // The file name matcher treats ? and \ as special characters; here they are literal.
        var escaped = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(escaped, text, ignoreCase: false);
    }
}
