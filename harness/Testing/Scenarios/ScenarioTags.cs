using System.Collections.Frozen;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Scenarios;

/// <summary>The vocabulary of tags, without @. The audit, which knows the registers, checks whether a statement exists.</summary>
public static class ScenarioTags
{
    public const string IdPrefix = "TC-";
    public const string ConfigurationPrefix = "config:";
    public const string IcsPrefix = "ics:";
    public const string EditionPrefix = "edition:";

    /// <summary>The role of scenarios about a whole domain, and not about one device.</summary>
    public const string EndToEnd = "E2E";

    /// <summary>The roles of an implementation under test; E2E has real nodes in all roles.</summary>
    public static FrozenSet<string> Roles { get; } = FrozenSet.Create(StringComparer.Ordinal, "LMA", "MAG", "MN", "HA", "CN", EndToEnd);

    /// <summary>The level that a tag names; null if it names none.</summary>
    public static RequirementLevel? LevelOf(string tag) => RequirementLevel.OfScenarios.FirstOrDefault(level => level.Word == tag);

    /// <summary>True for a statement of an edition that this suite covers.</summary>
    public static bool IsStatement(string tag) => StatementId.IsWellFormed(tag);

    public static bool IsId(string tag) => tag.StartsWith(IdPrefix, StringComparison.Ordinal);

    public static bool IsKnown(string tag) =>
        IsId(tag)
        || IsStatement(tag)
        || Roles.Contains(tag)
        || LevelOf(tag) is not null
        || IsEdition(tag)
        || new[] { ConfigurationPrefix, IcsPrefix }.Any(prefix => ValueOf(tag, prefix) is not null);

    /// <summary>True for <c>edition:</c> and an edition in which scenarios run.</summary>
    internal static bool IsEdition(string tag) => ValueOf(tag, EditionPrefix) is { } name && Edition.Find(name) is { HasRuns: true };

    /// <summary>The part after the prefix; null if the tag has another prefix, or nothing after the prefix.</summary>
    internal static string? ValueOf(string tag, string prefix) =>
        tag.Length > prefix.Length && tag.StartsWith(prefix, StringComparison.Ordinal) ? tag[prefix.Length..] : null;
}
