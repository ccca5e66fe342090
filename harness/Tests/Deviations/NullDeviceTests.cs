using Conformance.TestBeds.Deviations;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>A device that does nothing, or always does the same, must not pass as an implementation.</summary>
public sealed class NullDeviceTests
{
    private static readonly string[] _refusals =
    [
        "rejects it with",
        "does not answer",
        "does not accept",
        "finds no mobility session",
        "nowhere",
        "advertises no",
        "sends no",
        "no ICMPv6 error",
    ];

    private const string NumbersRise = "rfc5213-6.9.1.1-k17";

    /// <summary>A message that the IP stack, ESP and the parser below the device discard, so that the device never sees it.</summary>
    private static readonly string[] _discardedBelow = ["TC-LMA-REG-BI-05", "TC-LMA-REG-BI-08", "TC-LMA-REG-BI-11", "TC-LMA-SEC-B"];
    private static readonly string[] _breakdowns = ["crashed", "has stopped answering", "has lost its state", "no longer served"];

    public static TheoryData<string> PassNothing() =>
        [NullDevices.Silent.Name, NullDevices.Router.Name, NullDevices.CrashAtStart.Name, NullDevices.AlwaysReject.Name];

    public static TheoryData<string> Names() => [.. NullDevices.All.Select(device => device.Name)];

    [Theory]
    [MemberData(nameof(PassNothing))]
    public void DeviceThatServesNobody_PassesNothing(string name) =>
        SuiteRuns
            .Of(Named(name).Implementation)
            .Values.Where(result => result.Verdict == Verdict.Pass)
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void NullDevice_IsNotAFaultOfTheTester(string name) =>
        SuiteRuns
            .Of(Named(name).Implementation)
            .Values.Where(result => result.Verdict == Verdict.Error)
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    [Fact]
    public void DeviceThatCrashes_IsReportedAsCrashed() =>
        SuiteRuns
            .Of(NullDevices.CrashAtStart.Implementation)
            .Values.Where(result => !result.Reason.Contains("crashed", StringComparison.Ordinal))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    [Fact]
    public void DeviceThatDies_IsReportedInBothRoles() =>
        new[] { NullDevices.DiesInMidRun, NullDevices.FallsSilent }
            .SelectMany(device => SuiteRuns.RunShared(device.Implementation))
            .Where(result => result.Verdict == Verdict.Fail)
            .Select(result =>
                $"{result.Scenario.Split('-')[1]} {_breakdowns.First(words => result.Reason.Contains(words, StringComparison.Ordinal))}"
            )
            .Distinct()
            .Should()
            .Contain(["LMA crashed", "MAG crashed", "LMA has stopped answering", "MAG has stopped answering"]);

    [Fact]
    public void DeviceThatAlwaysAccepts_PassesNothingThatDemandsARefusal() =>
        SuiteRuns
            .Of(NullDevices.AlwaysAccept.Implementation)
            .Values.Where(result => result.Verdict == Verdict.Pass && DemandsRefusal(SuiteRuns.Scenario(result)))
            .Where(result => !_discardedBelow.Any(id => result.Scenario.StartsWith(id, StringComparison.Ordinal)))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    /// <summary>A correspondent node has nothing to forward.</summary>
    [Fact]
    public void DeviceThatForwardsNothing_PassesNothingThatIsAboutPackets() =>
        SuiteRuns
            .Of(NullDevices.NoForwarding.Implementation)
            .Values.Where(result =>
                result.Verdict == Verdict.Pass
                && result.Remarks.Count == 0
                && SuiteRuns.Scenario(result).Role != "CN"
                && IsAboutPackets(SuiteRuns.Scenario(result))
            )
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    public static TheoryData<string> ThatBreakDown() => [.. NullDevices.ThatBreakDown.Select(device => device.Name)];

    /// <summary>The device is one for all scenarios of a role, as on a real bed; the bed replaces it when it is dead.</summary>
    [Theory]
    [MemberData(nameof(ThatBreakDown))]
    public void DeviceThatBreaksDownInMidRun_IsReportedForEachBreakdown_AndNoClauseIsBlamed(string name)
    {
        var results = SuiteRuns.RunShared(NullDevices.ThatBreakDown.First(device => device.Name == name).Implementation);

        // A restart after which every session is registered anew shows only in the Sequence Numbers, which rightly are reported to begin
        // anew. What the device has forgotten in between is reported beside them.
        var unreported = results.Where(result => !SuiteRuns.Violations(result).Any(IsOfNumbers)).ToList();
        unreported.SelectMany(SuiteRuns.Violations).Should().BeEmpty();
        results.Where(result => result.Verdict == Verdict.Error).Select(SuiteRuns.Line).Should().BeEmpty();
        unreported
            .Where(result => result.Verdict == Verdict.Fail)
            .Select(result => result.Reason)
            .Where(reason =>
                !_breakdowns.Any(words => reason.Contains(words, StringComparison.Ordinal))
                || !reason.Contains("the last stimul", StringComparison.Ordinal)
            )
            .Should()
            .BeEmpty();
        results.Count(result => result.Verdict == Verdict.Pass).Should().BeGreaterThan(results.Count * 3 / 4);
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

    /// <summary>A packet with a Home Address option is for the node under test itself.</summary>
    private static bool IsAboutPackets(Scenario scenario) =>
        scenario.Steps.Any(step =>
            (
                step.Text.StartsWith("packets ", StringComparison.Ordinal)
                && !step.Text.StartsWith("packets with a Home Address option", StringComparison.Ordinal)
            ) || step.Text.StartsWith("the packet ", StringComparison.Ordinal)
        );

    private static bool DemandsRefusal(Scenario scenario) =>
        scenario.Steps.Any(step =>
            step.Kind == StepKeyword.Then && _refusals.Any(words => step.Text.Contains(words, StringComparison.Ordinal))
        );

    private static NullDevice Named(string name) => NullDevices.All.First(device => device.Name == name);

    private static bool IsOfNumbers(string violation) => violation.Contains($": {NumbersRise}: ", StringComparison.Ordinal);
}
