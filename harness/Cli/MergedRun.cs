using System.Text.RegularExpressions;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>One shard as read from its directory.</summary>
internal sealed record ShardRun(string Directory, Shard Shard, Run Run)
{
    public override string ToString() => $"shard {Shard} in {Directory}";
}

/// <summary>Puts the shards of a run together, after it has made sure that they are the shards of one run, and all of them.</summary>
internal static partial class MergedRun
{
    /// <param name="runs">The runs with their directories, in any order.</param>
    /// <exception cref="CannotRunException">
    /// A run is no shard, a shard is missing or there twice, or two shards are not of one run. The message names the directories.
    /// </exception>
    public static Run Of(IReadOnlyList<(string Directory, Run Run)> runs)
    {
        var shards = runs.Select(Read).OrderBy(shard => shard.Shard.Number).ToList();
        RequireEach(shards);
        foreach (var shard in shards.Skip(1))
        {
            RequireSameRun(shards[0], shard);
        }

        RequireSameConfigurations(shards);
        var planned = shards[0].Run.Planned.Select((_, at) => Planned(shards, at)).ToList();
        var results = shards.SelectMany(shard => shard.Run.Results).ToDictionary(result => result.Key);
        return new Run(
            HeaderOf(shards),
            planned,
            [.. planned.Select(scenario => results.GetValueOrDefault(scenario.Key)).OfType<ScenarioResult>()],
            EndOf(shards)
        );
    }

    /// <summary>Says of shards that were not made on the same day that they may be of two runs; null if all were.</summary>
    /// <param name="run">A merged run.</param>
    public static string? DoubtOf(Run run)
    {
        var shards = run.Header.Shards ?? [];
        var (first, last) = (shards.MinBy(EndOf), shards.MaxBy(shard => shard.Started));
        var days = first is null || last is null ? 0 : (int)(last.Started - EndOf(first)).TotalDays;
        return days < 1
            ? null
            : $"shard {first!.Shard} had ended {RunSummary.Plural(days, "day")} before shard {last!.Shard} began: is it of an earlier run?";

        static DateTimeOffset EndOf(ShardRecord shard) => shard.Ended ?? shard.Started;
    }

    private static ShardRun Read((string Directory, Run Run) read) =>
        read.Run.Header.Shard is { } text && Shard.Parse(text) is { } shard
            ? new ShardRun(read.Directory, shard, read.Run)
            : throw new CannotRunException($"{read.Directory} holds no shard of a run: it was not made with --shard.");

    private static void RequireEach(List<ShardRun> shards)
    {
        if (shards.FirstOrDefault(shard => shard.Shard.Count != shards[0].Shard.Count) is { } other)
        {
            throw new CannotRunException($"{shards[0]} and {other} are of runs with different numbers of shards.");
        }

        if (shards.GroupBy(shard => shard.Shard).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CannotRunException(
                $"shard {twice.Key} is given twice: {string.Join(" and ", twice.Select(shard => shard.Directory))}."
            );
        }

        var missing = Enumerable
            .Range(1, shards[0].Shard.Count)
            .Except(shards.Select(shard => shard.Shard.Number))
            .Select(number => $"{shards[0].Shard with { Number = number }}")
            .ToList();
        if (missing.Count > 0)
        {
            throw new CannotRunException(
                $"{(missing.Count == 1 ? "shard" : "shards")} {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing: "
                    + $"given are {string.Join(", ", shards)}."
            );
        }
    }

    private static void RequireSameRun(ShardRun one, ShardRun other)
    {
        var (a, b) = (one.Run.Header, other.Run.Header);
        Same("suites", a.Suite?.Hash, b.Suite?.Hash);
        Same("versions", a.Version, b.Version);
        Same("beds", a.Bed, b.Bed);
        Same("implementations", a.Implementation, b.Implementation);
        Same("devices", a.Device?.ToString(), b.Device?.ToString());
        Same("seeds", $"{a.Seed}", $"{b.Seed}");
        Same("rules (--strict)", $"{a.Strict}", $"{b.Strict}");
        Same("rules (--purpose-only)", $"{a.PurposeOnly}", $"{b.PurposeOnly}");
        Same("rules (--shared-iut)", $"{a.Shared}", $"{b.Shared}");
        var (keys, others) = (one.Run.Planned.Select(scenario => scenario.Key), other.Run.Planned.Select(scenario => scenario.Key));
        if (!keys.SequenceEqual(others))
        {
            throw new CannotRunException(
                $"{one} and {other} plan different scenarios or editions: {StrayOf(keys, others, one)}{StrayOf(others, keys, other)}."
            );
        }

        void Same(string what, string? left, string? right) => MergedRun.Same(one, other, what, left, right);
    }

    /// <summary>Each shard has the configurations of its own scenarios, so that any two of them may have one in common.</summary>
    private static void RequireSameConfigurations(List<ShardRun> shards)
    {
        var first = new Dictionary<string, (ShardRun Shard, ConfigurationRecord Known)>(StringComparer.Ordinal);
        foreach (var shard in shards)
        {
            foreach (var known in shard.Run.Header.Configurations ?? [])
            {
                if (first.TryAdd(known.Name, (shard, known)))
                {
                    continue;
                }

                var (one, before) = first[known.Name];
                Same(one, shard, $"claims in the configuration {known.Name}", Text(before.Claims), Text(known.Claims));
                Same(one, shard, $"editions in the configuration {known.Name}", Text(before.Editions), Text(known.Editions));
                Same(one, shard, $"IXIT in the configuration {known.Name}", before.Ixit?.GetRawText(), known.Ixit?.GetRawText());
            }
        }

        static string Text<T>(IEnumerable<T> values) => string.Join(' ', values);
    }

    private static void Same(ShardRun one, ShardRun other, string what, string? left, string? right)
    {
        if (left != right)
        {
            throw new CannotRunException($"{one} and {other} are of different {what}: {left ?? "none"} and {right ?? "none"}.");
        }
    }

    private static string StrayOf(IEnumerable<ScenarioKey> keys, IEnumerable<ScenarioKey> others, ShardRun shard) =>
        keys.Except(others).ToList() is [var first, ..] stray
            ? $"{first.Scenario} in edition {first.Edition}{(stray.Count > 1 ? $" and {stray.Count - 1} more" : "")} "
                + $"only in {shard.Directory} "
            : string.Empty;

    /// <summary>A scenario as the shard plans it in which it is selected; as all plan it if it is selected in none.</summary>
    private static PlannedScenario Planned(List<ShardRun> shards, int at)
    {
        var selecting = shards.Where(shard => shard.Run.Planned[at].Selection == Selection.Selected).ToList();
        var planned = shards[0].Run.Planned[at];
        if (selecting.Count > 1)
        {
            throw new CannotRunException($"{selecting[0]} and {selecting[1]} both run {planned.Id} in edition {planned.Edition}.");
        }

        if (selecting.Count == 1)
        {
            // Another reason is that of another selection.
            var running = selecting[0];
            return shards.Find(shard => shard != running && shard.Run.Planned[at].Reason != running.Shard.RunsThere) is { } stray
                ? throw new CannotRunException(
                    $"{stray} does not leave {planned.Id} in edition {planned.Edition} to {running}: {stray.Run.Planned[at].Reason}."
                )
                : running.Run.Planned[at];
        }

        var other = shards.Find(shard =>
            (shard.Run.Planned[at].Selection, shard.Run.Planned[at].Reason) != (planned.Selection, planned.Reason)
        );
        return other is null
            ? planned
            : throw new CannotRunException(
                $"{shards[0]} and {other} do not agree why {planned.Id} in edition {planned.Edition} does not run: "
                    + $"{planned.Reason}, and {other.Run.Planned[at].Reason}."
            );
    }

    private static RunHeader HeaderOf(List<ShardRun> shards)
    {
        var headers = shards.Select(shard => shard.Run.Header).ToList();
        var hosts = headers.Select(header => header.Host).Distinct().ToList();
        return headers[0] with
        {
            Started = headers.Min(header => header.Started),
            Options = ShardOption().Replace(headers[0].Options, string.Empty).Trim(),
            StaticFailures = headers.Any(header => header.StaticFailures is not null)
                ? [.. headers.SelectMany(header => header.StaticFailures ?? []).Distinct()]
                : null,
            Configurations = [.. headers.SelectMany(header => header.Configurations ?? []).DistinctBy(configuration => configuration.Name)],
            Host = hosts.Count == 1 ? hosts[0] : null,
            Shard = null,
            Shards =
            [
                .. shards.Select(shard => new ShardRecord(
                    shard.Shard.ToString(),
                    shard.Run.Header.Host,
                    shard.Run.Header.Started,
                    shard.Run.End?.Ended
                )),
            ],
        };
    }

    private static RunEnd EndOf(List<ShardRun> shards)
    {
        var cut = shards.Find(shard => shard.Run.End is not { Complete: true });
        var ends = shards.Select(shard => shard.Run.End).OfType<RunEnd>().ToList();
        return new RunEnd(
            ends.Count > 0 ? ends.Max(end => end.Ended) : shards.Max(shard => shard.Run.Header.Started),
            cut is null,
            cut is null
                ? null
                : $"{cut} was {(cut.Run.End is null ? "cut off" : $"ended early: {cut.Run.End.Reason ?? "no reason given"}")}"
        )
        {
            DeviceClock = ends.MaxBy(end => end.Ended)?.DeviceClock,
        };
    }

    [GeneratedRegex(@"(?<=^|\s)--shard[\s=:]\S+\s?")]
    private static partial Regex ShardOption();
}
