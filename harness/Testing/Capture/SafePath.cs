using System.Text.RegularExpressions;

namespace Conformance.Testing.Capture;

/// <summary>Names of files that others have written down, before a path is made of them.</summary>
public static partial class SafePath
{
    /// <summary>
    /// True for a relative path with forward slashes that stays below its directory and can be a file on every system, with at most 255
    /// characters.
    /// </summary>
    public static bool IsSafe(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length <= byte.MaxValue
            && path.Split('/').All(part => Part().IsMatch(part) && !part.EndsWith('.') && !Device().IsMatch(part));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    /// <summary>What Windows takes for a device, whatever extension it has.</summary>
    [GeneratedRegex(@"\A(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\.|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
