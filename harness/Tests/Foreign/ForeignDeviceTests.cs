using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Deviations;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Runs the suite on implementations that share no code with the reference, over real interfaces and in real time.</summary>
public sealed partial class ForeignDeviceTests
{
    public static TheoryData<string> Devices() => [.. ForeignRuns.Devices.Select(device => $"{device}")];

    public static TheoryData<string, string> Faults()
    {
        var data = new TheoryData<string, string>();
        data.AddRange(ForeignRuns.Sample.Select(fault => (fault.Role, fault.Name)).ToArray());
        return data;
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Device_IsFoundCorrect(string name)
    {
        Python.Require();
        var device = ForeignRuns.Devices.First(device => $"{device}" == name);

        var results = await ForeignRuns.OfAsync(device);

        results.SelectMany(SuiteRuns.Violations).Should().BeEmpty();
        results.Where(result => result.Verdict != Verdict.Pass).Select(SuiteRuns.Line).Should().BeEmpty();
        results
            .Should()
            .HaveCountGreaterThanOrEqualTo(ForeignRuns.LeastOf(device), "nearly every scenario of the role applies to the device");
    }

    /// <summary>Several register rows may forbid a fault; no scenario finds a violation of any other statement.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task DeviceWithFault_ViolatesTheStatementsThatForbidTheFault_AndNothingElse(string role, string name)
    {
        Python.Require();
        var fault = ForeignRuns.Sample.First(fault => (fault.Role, fault.Name) == (role, name));

        var results = await ForeignRuns.OfAsync(fault);

        var violations = results.SelectMany(SuiteRuns.Violations).ToList();
        var violated = results
            .SelectMany(result => result.Purpose.Concat(result.Incidental))
            .Where(finding => !finding.Ok)
            .Select(finding => finding.Statement.ToString())
            .Distinct()
            .ToList();
        fault.Statements.Except(violated).Should().BeEmpty("they forbid the fault; found: {0}", string.Join('\n', violations));
        violated.Except(fault.Also).Should().BeSubsetOf(fault.Statements, "no other forbids it; found: {0}", string.Join('\n', violations));
        results
            .Any(result => result.Breakdown is not null)
            .Should()
            .Be(fault.BreaksDown, string.Join('\n', results.Where(result => result.Breakdown is not null).Select(SuiteRuns.Line)));
        results.Where(result => result.Verdict == Verdict.Error).Select(SuiteRuns.Line).Should().BeEmpty();
    }

    /// <summary>A fault that no row names would never run.</summary>
    [Fact]
    public void EveryFaultOfADevice_HasOneRow()
    {
        string[] programs = ["lma/foreign_faults.py", "mag/foreign_mag.py", "ha/foreign_ha.py", "cn/foreign_cn.py", "mn/foreign_mn.py"];
        var named = programs.SelectMany(program =>
        {
            var table = Table().Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Foreign", program))).Value;
            return Name()
                .Matches(table)
                .Select(match =>
                    $"{program[..program.IndexOf('/', StringComparison.Ordinal)].ToUpperInvariant()} {match.Groups["name"].Value}"
                );
        });

        ForeignFault.All.Select(fault => $"{fault.Role} {fault.Name}").Should().BeEquivalentTo(named);
        ForeignFault
            .All.SelectMany(fault => fault.Statements.Concat(fault.Also))
            .Should()
            .OnlyContain(statement => SuiteRuns.Suite.Register.Find(new(statement)) != null);
        ForeignFault.All.Where(fault => !fault.IsSeen || fault.Also.Count > 0).Should().OnlyContain(fault => fault.Remark.Length > 0);
    }

    [GeneratedRegex(@"^FAULTS\b.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^    ""(?<name>[a-z0-9-]+)"":", RegexOptions.Multiline)]
    private static partial Regex Name();
}
