using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Faults of the tester or the network must never be attributed to the implementation.</summary>
public sealed class TesterFaultTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A registration whose Timestamp is too old when it is sent, and one that must leave just before a time limit.</summary>
    [Theory]
    [InlineData("TC-LMA-REG-BV-03", 320)]
    [InlineData("TC-LMA-ORD-BI-01-b", 5)]
    [InlineData("TC-LMA-DER-TI-01-a", 5)]
    public void AMessageThatTheTesterSendsTooLate_IsAnError(string scenario, int late)
    {
        var result = Run(scenario, bed => new BedInBetween(bed) { Late = TimeSpan.FromMilliseconds(late) });

        result.Verdict.Should().Be(Verdict.Error, result.Reason);
        result.Reason.Should().Contain("this machine is too busy");
    }

    /// <summary>A scenario that ended because the tester was late is repeated up to twice; the result records the late attempts.</summary>
    [Theory]
    [InlineData(0, Verdict.Pass, 0)]
    [InlineData(1, Verdict.Pass, 1)]
    [InlineData(2, Verdict.Pass, 2)]
    [InlineData(3, Verdict.Error, 2)]
    public void AScenarioInWhichTheTesterWasLate_IsRepeated(int lateAttempts, Verdict verdict, int told)
    {
        using var beds = new LateBeds(lateAttempts);

        var result = RunOn(beds, "TC-LMA-REG-BV-03");

        result.Verdict.Should().Be(verdict, result.Reason);
        result.LateAttempts.Should().HaveCount(told);
        result.LateAttempts.Where(late => !late.Contains("this machine is too busy", StringComparison.Ordinal)).Should().BeEmpty();
        beds.Opened.Should().Be(told + 1);
    }

    [Fact]
    public void AFailure_IsNotRepeated()
    {
        using var beds = new LateBeds(
            lateAttempts: 0,
            TestBeds.Deviations.Deviations.All.First(deviation => deviation.Name == "lma-no-timestamp-window").Implementation
        );

        var result = RunOn(beds, "TC-LMA-ORD-BI-01-b");

        result.Verdict.Should().Be(Verdict.Fail);
        beds.Opened.Should().Be(1);
    }

    [Fact]
    public void ADuplicatedAnswerToAnEarlierRequest_IsNotTakenAsAnAnswerToTheCurrentOne()
    {
        var result = Run("TC-LMA-REG-BI-01-b", bed => new BedInBetween(bed) { IsRepeated = IsAcknowledgement });

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
    }

    /// <summary>Scenarios with signalling, both ends of a tunnel, and an access link, for an LMA and for a MAG.</summary>
    [Theory]
    [InlineData("TC-LMA-REG-BI-03-a")]
    [InlineData("TC-LMA-FWD-BV-01")]
    [InlineData("TC-LMA-FWD-BV-05")]
    [InlineData("TC-MAG-FWD-BV-01")]
    [InlineData("TC-MAG-ACK-BI-02-b")]
    public void ANetworkThatDeliversEveryFrameTwice_IsNotAFault_AndIsReported(string scenario)
    {
        var result = Run(scenario, bed => new BedInBetween(bed) { IsDoubled = true });

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        result.Remarks.Should().ContainMatch("an identical * came again*; it counts as duplicated by the network");
        result.Incidental.Where(finding => !finding.Ok).Should().BeEmpty();
    }

    [Fact]
    public void AnIdentityInUse_IsTakenWhenItIsFree_AndNotBefore()
    {
        var noted = new List<(int, DateTimeOffset?)>();
        var pool = new IdentityPool(size: 3, [(1, _now.AddMinutes(1)), (9, _now)], (identity, until) => noted.Add((identity, until)));

        pool.TryTake(_now, out var first, out _).Should().BeTrue();
        pool.TryTake(_now, out var second, out _).Should().BeTrue();
        pool.TryTake(_now, out _, out var usableFrom).Should().BeFalse();
        pool.Return(first, _now.AddMinutes(2));
        pool.TryTake(_now.AddMinutes(1), out var third, out _).Should().BeTrue();

        (first, second, third).Should().Be((2, 3, 1));
        usableFrom.Should().Be(_now.AddMinutes(1));
        noted.Should().Equal((2, null), (3, null), (2, _now.AddMinutes(2)), (1, null));
    }

    private static bool IsAcknowledgement(ReceivedFrame frame) =>
        Packet
            .Of(new Frame(frame.Port, Direction.Received, 1, frame.At, frame.Bytes))
            .IsMobility((byte)MobilityHeaderType.BindingAcknowledgement, out _);

    private static ScenarioResult RunOn(IBedProvider beds, string id) =>
        SuiteRunner.RunOn(
            beds,
            new ScenarioEngine(ReferenceSuite.Suite.Bindings, ReferenceSuite.Suite.Register),
            ScenarioOf(id),
            new RunPlan(_ => true, Seed: 1, Strict: false, Directory: null)
        );

    private static Scenario ScenarioOf(string id) => ReferenceSuite.Suite.Library.Scenarios.First(scenario => scenario.Id.ToString() == id);

    private static ScenarioResult Run(string id, Func<ITestBed, ITestBed> between)
    {
        var scenario = ScenarioOf(id);
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = between(beds.Open(scenario.Configuration, scenario.Edition));
        return new ScenarioEngine(ReferenceSuite.Suite.Bindings, ReferenceSuite.Suite.Register).Run(scenario, bed).Result;
    }
}
