using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.SelfTests;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>A device that does nothing, or always does the same, must not pass as an implementation.</summary>
public sealed class NullDeviceTests
{
    public static TheoryData<string> Names() => [.. NullDevices.All.Select(device => device.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void NullDevice_PassesNothingThatItMustNot(string name) =>
        Problems(Named(name), [.. SuiteRuns.Of(Named(name).Implementation).Values]).Should().BeEmpty();

    [Fact]
    public void DeviceThatDies_IsReportedInBothRoles() =>
        new[] { NullDevices.DiesInMidRun, NullDevices.FallsSilent }
            .SelectMany(device => SuiteRuns.RunShared(device.Implementation))
            .Where(result => result.Verdict == Verdict.Fail)
            .Select(result => $"{result.Scenario.Split('-')[1]} {DeviceJudge.BreakdownIn(result)}")
            .Distinct()
            .Should()
            .Contain(["LMA crashed", "MAG crashed", "LMA has stopped answering", "MAG has stopped answering"]);

    public static TheoryData<string> ThatBreakDown() => [.. NullDevices.ThatBreakDown.Select(device => device.Name)];

    /// <summary>The device is one for all scenarios of a role, as on a real bed; the bed replaces it when it is dead.</summary>
    [Theory]
    [MemberData(nameof(ThatBreakDown))]
    public void DeviceThatBreaksDownInMidRun_IsReportedForEachBreakdown_AndNoClauseIsBlamed(string name)
    {
        var device = NullDevices.ThatBreakDown.First(device => device.Name == name);

        Problems(device, SuiteRuns.RunShared(device.Implementation)).Should().BeEmpty();
    }

    /// <summary>A restart at a moment at which there is no session is only a request without an answer.</summary>
    [Fact]
    public void DeviceThatRestarts_IsSeenToHaveLostItsState() =>
        NullDevices
            .RestartingThemselves.SelectMany(device => SuiteRuns.RunShared(device.Implementation))
            .Where(result => result.Verdict == Verdict.Fail && result.Reason.Contains("has lost its state", StringComparison.Ordinal))
            .Select(result => result.Scenario.Split('-')[1])
            .Distinct()
            .Should()
            .BeEquivalentTo("LMA", "MAG");

    private static IEnumerable<string> Problems(NullDevice device, IReadOnlyCollection<ScenarioResult> results) =>
        SuiteRuns.Judge.Judge(device, results, isWhole: true).Select(problem => $"{problem}");

    private static NullDevice Named(string name) => NullDevices.All.First(device => device.Name == name);
}
