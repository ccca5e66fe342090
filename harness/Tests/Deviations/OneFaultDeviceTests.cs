using Conformance.TestBeds.Deviations;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>
/// One fault violates its own statements, and no other: neither a purpose nor in passing. The faults are of RFC 5213; in IPv4, each
/// violates what its edition says of the same matter.
/// </summary>
public sealed class OneFaultDeviceTests
{
    public static TheoryData<string> Names() => [.. LmaOneFaultDevices.All.Select(device => device.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void OneFault_ViolatesItsStatementsAlone(string name)
    {
        var device = LmaOneFaultDevices.All.First(device => device.Name == name);

        var results = SuiteRuns.Run(device.Implementation, scenario => scenario.Role == device.Role && scenario.Edition == Edition.Rfc5213);

        var violated = results.SelectMany(result => result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok)).ToList();
        violated
            .Select(finding => finding.Statement)
            .Distinct()
            .Should()
            .BeEquivalentTo(device.Violated, "of {0}", string.Join("; ", results.SelectMany(SuiteRuns.Violations)));
        results.Where(result => result.Verdict == Verdict.Error).Select(SuiteRuns.Line).Should().BeEmpty();
        results
            .Where(result => result.Verdict == Verdict.Fail)
            .Where(result => result.Purpose.All(finding => finding.Ok))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty("a device that works must not be found broken");
    }
}
