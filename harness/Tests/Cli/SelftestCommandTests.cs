using System.Text.Json;
using Conformance.Harness.Tests.Deviations;
using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.SelfTests;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

/// <summary>The self-test is right about known devices, and says which of them a suite is wrong about, where, by which statement.</summary>
public sealed class SelftestCommandTests
{
    private const string Deviation = "lma-no-proxy-flag";
    private const string Variant = "options-reversed";
    private const string Useless = "silent";

    [Fact]
    public void KnownDevices_OfEachKind_AreJudgedRightly()
    {
        var outcome = Shell.Run("selftest", "--sample", "6", "--device", Deviation, Variant, Useless, "dies-in-mid-run");

        outcome.ExitCode.Should().Be(0, outcome.Output + outcome.Error);
        outcome
            .Output.Should()
            .MatchRegex(@"deviation +1 +[1-9]")
            .And.MatchRegex(@"legal variant +1 +6 ")
            .And.MatchRegex(@"null device +2 +12 ")
            .And.Contain("The suite is right about every device.");
    }

    [Fact]
    public void Json_NamesTheScenarioThatFindsTheFault_AndItsStatement()
    {
        var outcome = Shell.Run("selftest", "--json", "--device", Deviation);

        outcome.ExitCode.Should().Be(0, outcome.Output + outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("isRight").GetBoolean().Should().BeTrue();
        var device = json.RootElement.GetProperty("devices").EnumerateArray().Single();
        device.GetProperty("kind").GetString().Should().Be("deviation");
        device.GetProperty("statement").GetString().Should().Be("rfc5213-5.3.6-d1");
        device.GetProperty("where").GetString().Should().MatchRegex(@"rfc5213/5\.3\.6\.tsv:\d+$");
        device.GetProperty("killedBy").GetString().Should().StartWith("TC-LMA-");
    }

    /// <summary>The small suite has no scenario about the statement of the fault, and one that no correct LMA passes.</summary>
    [Fact]
    public void SuiteThatIsWrong_Is1_AndTheTableSaysWhichDeviceWhereAndByWhichStatement()
    {
        using var suite = new SmallSuite();

        var outcome = Shell.Run("selftest", "--features", suite.Features, "--device", Deviation, Variant);

        outcome.ExitCode.Should().Be(1, outcome.Output + outcome.Error);
        outcome
            .Output.Should()
            .Contain($"{Deviation} (survives)")
            .And.Contain("no scenario about the statement ran")
            .And.Contain($"{Variant} (blamed)")
            .And.Contain(SmallSuite.Failing)
            .And.Contain("rfc5213-5.3.1-k12")
            .And.Contain("The suite is wrong about 2 devices");
    }

    [Fact]
    public void UselessDeviceThatPasses_IsMisjudged()
    {
        var pretender = new NullDevice("pretender", "is the reference", Implementation.Reference);

        var outcome = new SelfTest(SuiteRuns.Suite, sample: 3, seed: 1)
            .Run(new TestedDevices([], [], [pretender]), done: null, TestContext.Current.CancellationToken)
            .Single();

        outcome.Runs.Should().Be(3);
        outcome.Problems.Should().HaveCount(3).And.OnlyContain(problem => problem.What == "passes");
    }

    [Fact]
    public void Sample_IsThatOfTheSeed()
    {
        var variant = LegalVariants.All.First(variant => variant.Name == Variant);
        var blamed = variant with { Implementation = NullDevices.Silent.Implementation };

        var drawn = new[] { 1, 1, 2 }.Select(seed => Problems(seed)).ToList();

        drawn[0].Should().Equal(drawn[1]).And.NotEqual(drawn[2]);

        IEnumerable<string?> Problems(int seed) =>
            new SelfTest(SuiteRuns.Suite, sample: 4, seed)
                .Run(new TestedDevices([], [blamed], []), done: null, TestContext.Current.CancellationToken)
                .Single()
                .Problems.Select(problem => problem.Scenario);
    }

    [Theory]
    [InlineData("there is no device 'nobody'.", "--device", "nobody")]
    [InlineData("--sample must be at least 1.", "--sample", "0")]
    [InlineData("--role has no effect without --foreign.", "--role", "LMA")]
    [InlineData("--sample has no effect with --foreign.", "--foreign", "--sample", "3")]
    [InlineData("there is no foreign device of the role 'router'; roles: LMA, MAG, HA, CN, MN.", "--foreign", "--role", "router")]
    public void Mistake_Is2(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["selftest", .. arguments]);

        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain(message);
    }
}
