using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Conformance.Testing.Scenarios;

/// <summary>The kind of stimulus of a scenario, in the terms of ETSI: the third part of its id.</summary>
public enum ScenarioKind
{
    /// <summary>Valid behaviour.</summary>
    BV,

    /// <summary>Invalid behaviour: a syntactically or semantically wrong stimulus.</summary>
    BI,

    /// <summary>Inopportune behaviour: a valid stimulus at the wrong time.</summary>
    BO,

    /// <summary>Timers.</summary>
    TI,
}

/// <summary>
/// The stable name of a scenario, <c>TC-ROLE-GROUP-KIND-NN</c>, with a suffix for each row of an outline:
/// <c>TC-LMA-DER-TI-01-a</c>. An id is never reused for another scenario.
/// </summary>
public sealed partial record ScenarioId
{
    private ScenarioId(string role, string group, ScenarioKind kind, int number, string? suffix)
    {
        Role = role;
        Group = group;
        Kind = kind;
        Number = number;
        Suffix = suffix;
    }

    public string Role { get; }

    /// <summary>The subject, in capital letters and digits: REG, DER, FWD, ...</summary>
    public string Group { get; }

    public ScenarioKind Kind { get; }

    /// <summary>The number, 0-99.</summary>
    public int Number { get; }

    /// <summary>Lower-case letters and digits; null for a scenario that is not a row of an outline.</summary>
    public string? Suffix { get; init; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ScenarioId? id)
    {
        var match = Pattern().Match(text ?? "");
        id =
            match.Success && ScenarioTags.Roles.Contains(match.Groups["role"].Value)
                ? new(
                    match.Groups["role"].Value,
                    match.Groups["group"].Value,
                    Enum.Parse<ScenarioKind>(match.Groups["kind"].Value),
                    int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture),
                    match.Groups["suffix"] is { Success: true, Value: var suffix } ? suffix : null
                )
                : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text is not an id.</exception>
    public static ScenarioId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not of the form TC-ROLE-GROUP-KIND-NN.");

    /// <summary>The id of a row of the outline with this id; null if the suffix is not lower-case letters and digits.</summary>
    public ScenarioId? WithSuffix(string suffix) => Suffix is null && TryParse($"{this}-{suffix}", out var id) ? id : null;

    public override string ToString() => $"TC-{Role}-{Group}-{Kind}-{Number:00}{(Suffix is null ? "" : $"-{Suffix}")}";

    [GeneratedRegex(@"\ATC-(?<role>[A-Z0-9]+)-(?<group>[A-Z0-9]+)-(?<kind>BV|BI|BO|TI)-(?<number>[0-9]{2})(?:-(?<suffix>[a-z0-9]+))?\z")]
    private static partial Regex Pattern();
}
