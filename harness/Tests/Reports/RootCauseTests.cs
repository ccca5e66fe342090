using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Spectre.Console;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class RootCauseTests
{
    /// <summary>A statement that a check judges on every message.</summary>
    private const string OfMessages = "rfc5213-5.3.6-k1";

    private const string OfSteps = "rfc5213-5.3.4-k2";

    private static readonly StatementRegister _register = Registers.Of(
        Registers.Row(OfMessages),
        Registers.Row(OfSteps),
        Registers.Row("rfc5213-5.3.1-k13"),
        Registers.Row("rfc5213-5.3.1-k12", level: "SHOULD")
    );

    [Fact]
    public void OneValueInManyScenarios_IsOneCause_OfTheFirstInThePlan()
    {
        var run = RunOf([Bad(OfSteps, "no prefix")], [Bad(OfSteps, "no prefix")], [Bad(OfSteps, "two prefixes")]);

        var causes = RootCause.Of(run with { Results = [.. run.Results.Reverse()] }, _register);

        causes
            .Select(cause => (cause.Finding.Actual, cause.First.Scenario, cause.Scenarios.Count))
            .Should()
            .Equal(("no prefix", "TC-LMA-REG-BV-10", 2), ("two prefixes", "TC-LMA-REG-BV-12", 1));
        causes[0].Behind.Should().Be("1 other scenario; it failed 2 of all 2");
        causes[1].Behind.Should().Be("no other scenario");
    }

    [Fact]
    public void OneObservationAboutSeveralStatements_IsOneCause()
    {
        var run = RunOf([Bad(OfSteps, "status 0"), Bad("rfc5213-5.3.1-k13", "status 0")]);

        var cause = RootCause.Of(run, _register).Should().ContainSingle().Which;

        cause.Statements.Select(statement => statement.Value).Should().Equal("rfc5213-5.3.1-k13", OfSteps);
    }

    [Fact]
    public void AFaultOfEveryMessage_StandsFirst_WhateverItsValues()
    {
        var run = RunOf(
            [Bad(OfSteps, "none"), Bad(OfMessages, "Header Len 32")],
            [Bad(OfSteps, "none"), Bad(OfMessages, "Header Len 40")],
            [Bad(OfSteps, "none"), Bad(OfMessages, "Header Len 40")]
        );

        var causes = RootCause.Of(run, _register);

        causes.Select(cause => cause.Kind).Should().Equal(CauseKind.EveryMessage, CauseKind.Binding);
        causes[0].Actual.Should().Be("Header Len 32 (and 1 other value)");
    }

    [Fact]
    public void AFaultOfSomeMessages_IsNoneOfEveryMessage()
    {
        var run = RunOf(
            [Bad(OfMessages, "a")],
            [Bad(OfMessages, "a")],
            [Bad(OfMessages, "a")],
            [Good(OfMessages)],
            [Good(OfMessages), Bad(OfMessages, "a")]
        );

        RootCause.Of(run, _register).Should().ContainSingle().Which.Kind.Should().Be(CauseKind.Binding);
    }

    [Fact]
    public void ARecommendation_IsAFailureInAStrictRunOnly()
    {
        var run = RunOf([Bad("rfc5213-5.3.1-k12", "late")]);

        RootCause.Of(run, _register).Single().Kind.Should().Be(CauseKind.Recommendation);
        RootCause.Of(run with { Header = run.Header with { Strict = true } }, _register).Single().Kind.Should().Be(CauseKind.Binding);
    }

    [Fact]
    public void Html_ShowsEachCauseOnce_AndThoseOfEveryMessageFirst()
    {
        var run = RunOf(
            [Bad(OfSteps, "none"), Bad(OfMessages, "P = 0")],
            [Bad(OfSteps, "none"), Bad(OfMessages, "P = 0")],
            [Bad(OfSteps, "none"), Bad(OfMessages, "P = 0")]
        );

        var html = HtmlReport.Create(run, _register, "nowhere");

        html.IndexOf("1 fault of nearly every message", StringComparison.Ordinal)
            .Should()
            .BePositive()
            .And.BeLessThan(html.IndexOf("1 root cause behind 3 failures", StringComparison.Ordinal));
        html.Should().Contain("Behind it: 2 other scenarios; it failed 3 of all 3");
    }

    [Fact]
    public void Junit_HasATestCaseForEachCause_ThatIsRedIfItIsBinding()
    {
        var xml = JunitReport.Create(RunOf([Bad(OfSteps, "none"), Bad("rfc5213-5.3.1-k12", "late")]), _register);

        xml.Should().Contain($"<testcase name=\"{OfSteps}: none\" classname=\"Root causes\">\n      <failure type=\"root cause\"");
        xml.Should().Contain("<testcase name=\"rfc5213-5.3.1-k12: late\" classname=\"Root causes\">\n      <system-out>");
        xml.Should().Contain($"Root cause   {OfSteps}: first in TC-LMA-REG-BV-10, no other scenario");
    }

    [Fact]
    public void Terminal_DoesNotExecuteWhatADeviceSent()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var terminal = new Terminal(console, error);

        terminal.Line("a\u001b[2Jb\u202ec");
        terminal.Field("Actual", "d\u009be");
        terminal.Heading("f\u2066g");
        terminal.Error("h\u0007i");

        output.ToString().Should().Contain(@"a\u001b[2Jb\u202ec").And.Contain(@"d\u009be").And.Contain(@"f\u2066g");
        error.ToString().Should().Contain(@"h\u0007i");
    }

    [Fact]
    public void Findings_AreEscapedWhereTheyAreMade()
    {
        var log = new FindingLog();

        log.Add(Bad(OfSteps, "MN-Id a\nVerdict pass\u001b"), frames: 0);

        log.All.Single().Actual.Should().Be(@"MN-Id a\u000aVerdict pass\u001b");
    }

    private static Finding Bad(string statement, string actual) => new(new StatementId(statement), Ok: false, "right", actual, 2, 60);

    private static Finding Good(string statement) => new(new StatementId(statement), Ok: true, "right", "as expected", 2, 60);

    /// <summary>A run of failed scenarios with these findings.</summary>
    private static Run RunOf(params IReadOnlyList<Finding>[] scenarios)
    {
        string[] ids = [.. scenarios.Select((_, index) => $"TC-LMA-REG-BV-{10 + index}")];
        return Runs.Complete() with
        {
            Planned = [.. ids.Select(id => Runs.Scenario(id, $"Title of {id}", "MUST", Selection.Selected, null, OfSteps))],
            Results =
            [
                .. ids.Zip(
                    scenarios,
                    (id, findings) =>
                        Runs.Fail() with
                        {
                            Scenario = id,
                            Purpose = findings,
                            Incidental = [],
                            Capture = $"captures/{id}.pcapng",
                        }
                ),
            ],
        };
    }
}
