using System.Globalization;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>
/// One of several shares of a run, each for a machine of its own. The shares take about the same time, and every configuration is spread
/// over all of them. The same selection and seed give the same shares everywhere.
/// </summary>
/// <param name="Number">From 1 to <paramref name="Count"/>.</param>
/// <param name="Count">At least 1.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>Reads <c>2/3</c>, the second of three shares; null if the text is none.</summary>
    public static Shard? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var number, var count] && Read(number) is { } read && Read(count) is { } all && read <= all
            ? new Shard(read, all)
            : null;
    }

    /// <summary>Why a scenario of this share does not run in the others.</summary>
    public string RunsThere => $"runs in shard {this}";

    /// <summary>Deselects the selected scenarios of the other shares.</summary>
    /// <param name="times">How long each selected scenario takes; one that is not known takes no time.</param>
    public IReadOnlyList<PlannedScenario> Of(IReadOnlyList<PlannedScenario> planned, IReadOnlyDictionary<ScenarioKey, TimeSpan> times)
    {
        var shares = Enumerable.Range(1, Count).ToDictionary(number => number, _ => TimeSpan.Zero);
        var shareOf = new Dictionary<ScenarioKey, int>();
        foreach (
            var scenario in planned
                .Where(scenario => scenario.Selection == Selection.Selected)
                .OrderBy(scenario => scenario.Configuration, StringComparer.Ordinal)
                .ThenByDescending(scenario => times.GetValueOrDefault(scenario.Key))
                .ThenBy(scenario => scenario.Id, StringComparer.Ordinal)
                .ThenBy(scenario => scenario.Edition.Name, StringComparer.Ordinal)
        )
        {
            var least = shares.MinBy(share => (share.Value, share.Key)).Key;
            shares[least] += times.GetValueOrDefault(scenario.Key);
            shareOf[scenario.Key] = least;
        }

        return
        [
            .. planned.Select(scenario =>
                shareOf.TryGetValue(scenario.Key, out var share) && share != Number
                    ? scenario with
                    {
                        Selection = Selection.Deselected,
                        Reason = new Shard(share, Count).RunsThere,
                    }
                    : scenario
            ),
        ];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
