using System.Reflection;
using System.Text.RegularExpressions;

namespace Conformance.Testing.Scenarios;

/// <summary>Finds mistakes in the patterns of argument transformations.</summary>
internal static class TransformationPattern
{
    /// <summary>The reason why Reqnroll rejects or misinterprets the pattern of a transformation; null if it does neither.</summary>
    public static string? FaultOf(string? pattern)
    {
        try
        {
            _ = new Regex(pattern ?? "(");
        }
        catch (RegexParseException exception)
        {
            return exception.Message;
        }

        // Reqnroll replaces each '(' by '(?:' without parsing the pattern. If the result is not valid, it uses a pattern that matches any
        // text.
        return BindingLint.First(
            (Regex.IsMatch(pattern!, @"\(\?|\\\("), $@"'{pattern}' contains (? or \(; Reqnroll would then accept any text."),
            (
                OutsideOfGroups(pattern!).Contains('|', StringComparison.Ordinal),
                $"'{pattern}' has '|' outside a group; put the alternatives in parentheses."
            )
        );
    }

    public static string? FaultOfGroups(MethodInfo method, string pattern)
    {
        var (groups, parameters) = (new Regex(pattern).GetGroupNumbers().Length - 1, method.GetParameters().Length);
        return BindingLint.First(
            (
                groups == 0 || groups != parameters,
                $"'{pattern}' needs one capture group per parameter, and at least one; "
                    + $"it has {groups} capture group(s), the method {parameters} parameter(s)."
            ),
            (
                pattern.Count(character => character == '(') != groups,
                $"'{pattern}' contains a '(' that is not a capture group, which Reqnroll would misread."
            )
        );
    }

    private static string OutsideOfGroups(string pattern)
    {
        var rest = Regex.Replace(pattern, @"\\.|\[\^?\]?[^\]]*\]", string.Empty);
        var inner = Regex.Replace(rest, @"\([^()]*\)", string.Empty);
        return inner == rest ? rest : OutsideOfGroups(inner);
    }
}
