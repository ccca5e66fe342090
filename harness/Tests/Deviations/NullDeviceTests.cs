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
        "finds no mobility session",
        "nowhere",
        "advertises no",
        "sends no",
        "no ICMPv6 error",
    ];

    /// <summary>A message that the IP stack and the parser below the device discard, so that the device never sees it.</summary>
    private static readonly string[] _discardedBelow = ["TC-LMA-REG-BI-05", "TC-LMA-REG-BI-08"];

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
    public void DeviceThatAlwaysAccepts_PassesNothingThatDemandsARefusal() =>
        SuiteRuns
            .Of(NullDevices.AlwaysAccept.Implementation)
            .Values.Where(result => result.Verdict == Verdict.Pass && DemandsRefusal(SuiteRuns.Scenario(result)))
            .Where(result => !_discardedBelow.Any(id => result.Scenario.StartsWith(id, StringComparison.Ordinal)))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    [Fact]
    public void DeviceThatForwardsNothing_PassesNothingThatIsAboutPackets() =>
        SuiteRuns
            .Of(NullDevices.NoForwarding.Implementation)
            .Values.Where(result =>
                result.Verdict == Verdict.Pass && result.Remarks.Count == 0 && IsAboutPackets(SuiteRuns.Scenario(result))
            )
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();

    private static bool IsAboutPackets(Scenario scenario) =>
        scenario.Steps.Any(step =>
            step.Text.StartsWith("packets ", StringComparison.Ordinal) || step.Text.StartsWith("the packet ", StringComparison.Ordinal)
        );

    private static bool DemandsRefusal(Scenario scenario) =>
        scenario.Steps.Any(step =>
            step.Kind == StepKeyword.Then && _refusals.Any(words => step.Text.Contains(words, StringComparison.Ordinal))
        );

    private static NullDevice Named(string name) => NullDevices.All.First(device => device.Name == name);
}
