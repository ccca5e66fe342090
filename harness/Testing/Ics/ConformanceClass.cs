using System.IO.Enumeration;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>A class of conformance: what a certificate speaks of, one role and edition at a time.</summary>
/// <param name="Roles">The roles that it exists for.</param>
/// <param name="Claims">
/// The editions of the class, each with ICS items. An implementation of a role claims the class if it claims one of those that the role is
/// asked about.
/// </param>
/// <param name="Patterns">
/// Which scenarios it has: patterns for the path of the feature without its ending, or for a tag behind an at sign. An asterisk stands for
/// any characters.
/// </param>
public sealed record ConformanceClass(
    string Id,
    string Title,
    IReadOnlyList<string> Roles,
    IReadOnlyDictionary<Edition, IReadOnlyList<string>> Claims,
    IReadOnlyList<string> Patterns
)
{
    private const char TagSign = '@';

    /// <summary>True if the class may have the run of a scenario in its edition; another class may come before it.</summary>
    public bool Fits(Scenario run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Roles.Contains(run.Role) && Claims.ContainsKey(run.Edition) && Patterns.Any(pattern => Fits(pattern, run));
    }

    /// <summary>True if a pattern is about a scenario, whatever its role and edition.</summary>
    public static bool Fits(string pattern, Scenario scenario)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ArgumentNullException.ThrowIfNull(scenario);
        return pattern[0] == TagSign
            ? scenario.Tags.Any(tag => FileSystemName.MatchesSimpleExpression(pattern.AsSpan(1), tag, ignoreCase: false))
            : FileSystemName.MatchesSimpleExpression(pattern, Path.ChangeExtension(scenario.Path, null), ignoreCase: false);
    }
}
