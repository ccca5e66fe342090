using System.IO.Enumeration;

namespace Pmip.Protocol;

/// <summary>A pattern in which * stands for any characters and every other character for itself.</summary>
internal static class GlobPattern
{
    public static bool Matches(string pattern, string text)
    {
        // The matcher of file names takes ? and \ for special: here they stand for themselves.
        var escaped = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(escaped, text, ignoreCase: false);
    }
}
