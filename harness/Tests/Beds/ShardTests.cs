using System.Collections.Concurrent;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

public sealed class ShardTests
{
    private const int Seed = 1;

    [Theory]
    [InlineData("1/1")]
    [InlineData("2/3")]
    [InlineData("3/3")]
    public void Shard_IsReadAsItIsWritten(string text) => $"{Shard.Parse(text)}".Should().Be(text);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/3/3")]
    [InlineData("one/3")]
    public void OtherText_IsNoShard(string text) => Shard.Parse(text).Should().BeNull();

    [Fact]
    public void Shards_AreTheWholeRun_WithoutOverlap_InAboutTheSameTime()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, Seed);
        var runner = new SuiteRunner(ReferenceSuite.Suite);
        var planned = runner.Plan(beds, new RunPlan(scenario => scenario.Role is "HA" or "CN", Seed, Strict: false, Directory: null));
        var times = runner.ProtocolTimes(planned, Seed);

        var shards = Enumerable.Range(1, 3).Select(number => Selected(new Shard(number, 3).Of(planned, times))).ToList();

        shards
            .SelectMany(shard => shard)
            .Select(scenario => scenario.Key)
            .Should()
            .BeEquivalentTo(Selected(planned).Select(scenario => scenario.Key));
        var lengths = shards.Select(shard => shard.Sum(scenario => times[scenario.Key].TotalSeconds)).ToList();
        (lengths.Max() - lengths.Min()).Should().BeLessThan(times.Values.Max().TotalSeconds);
        foreach (var shard in shards)
        {
            shard.Select(scenario => scenario.Configuration).Should().Contain(["ha-mipv6", "ha-mcoa", "cn-mipv6", "cn-mcoa"]);
        }
    }

    [Fact]
    public void OtherShards_AreNamed()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, Seed);
        var runner = new SuiteRunner(ReferenceSuite.Suite);
        var planned = runner.Plan(beds, new RunPlan(scenario => scenario.Role == "CN", Seed, Strict: false, Directory: null));

        new Shard(1, 2)
            .Of(planned, runner.ProtocolTimes(planned, Seed))
            .Where(scenario => scenario.Reason?.Contains("shard", StringComparison.Ordinal) == true)
            .Select(scenario => $"{scenario.Selection}: {scenario.Reason}")
            .Distinct()
            .Should()
            .Equal("Deselected: runs in shard 2/2");
    }

    /// <summary>A scenario that the measure would put last runs first if the given times say that it is the longest.</summary>
    [Fact]
    public void TimesThatAreKnown_AreNotMeasuredAgain()
    {
        using var beds = new ClosedBeds();
        var runner = new SuiteRunner(ReferenceSuite.Suite);
        var plan = new RunPlan(scenario => scenario.Role == "CN", Seed, Strict: false, Directory: null);
        var planned = runner.Plan(beds, plan);
        var longest = Selected(planned)[^1].Key;
        var order = new ConcurrentQueue<ScenarioKey>();

        runner.Run(
            beds,
            plan with
            {
                ProtocolTimes = new Dictionary<ScenarioKey, TimeSpan> { [longest] = TimeSpan.FromHours(1) },
            },
            planned,
            done: result => order.Enqueue(result.Key),
            TestContext.Current.CancellationToken
        );

        order.Take(beds.Parallelism).Should().Contain(longest);
        order.Should().HaveCount(Selected(planned).Count);
    }

    /// <summary>Real-time beds of which none opens.</summary>
    private sealed class ClosedBeds : IBedProvider
    {
        private readonly SimulatedBeds _simulated = new(Implementation.Reference, Seed);

        public string Name => "closed";

        string IBedProvider.Implementation => "none";

        public bool IsShared => false;

        public int Parallelism => 2;

        public bool IsRealTime => true;

        public string? Lost => null;

        public IReadOnlyList<string>? Claims(string configuration) => _simulated.Claims(configuration);

        public ITestBed Open(string configuration, Edition edition) => throw new BedUnavailableException("closed");

        public void Dispose() => _simulated.Dispose();
    }

    private static List<PlannedScenario> Selected(IReadOnlyList<PlannedScenario> planned) =>
        [.. planned.Where(scenario => scenario.Selection == Selection.Selected)];
}
