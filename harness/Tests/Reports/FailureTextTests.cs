using Conformance.Reports;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class FailureTextTests
{
    [Fact]
    public void Failure_IsShownAsClauseExpectedActualEvidenceReplay() =>
        Text(Runs.Planned()[1], Runs.Fail())
            .Should()
            .Be(
                """
                TC-LMA-REG-BI-07  A registration without a Handoff Indicator is rejected
                pmipv6/lma/rfc5213-5.3.1-processing-proxy-binding-updates.feature:42

                Verdict      fail: rfc5213-5.3.1-k13 was violated

                Clause       rfc5213-5.3.1-k13 (MUST): A PBU without HI is answered with status 161.
                Expected     a PBA with status 161 MISSING_HANDOFF_INDICATOR_OPTION
                Actual       PBA seq 7 status 0 ACCEPTED, MN-Id <script>alert(1)</script>
                Evidence     packet 2, octet 60 of captures/TC-LMA-REG-BI-07.pcapng

                At step      Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION (line 45)
                Message      expected status 161, got 0
                Replay       pmip-conformance run --tag TC-LMA-REG-BI-07 --seed 4711 --out out-replay

                """
            );

    [Fact]
    public void Inconclusive_IsShownWithReasonStepAndStatementsNotReached() =>
        Text(Runs.Planned()[2], Runs.Undecided())
            .Should()
            .Be(
                """
                TC-LMA-HO-BV-02  A handoff keeps the prefixes
                pmipv6/lma/rfc5213-5.3.1-processing-proxy-binding-updates.feature:42

                Verdict      inconclusive: the first registration was not answered within 2 s

                At step      Given MN1 is registered at MAG1 (line 43)
                Not reached  rfc5213-5.3.4-k2
                Replay       pmip-conformance run --tag TC-LMA-HO-BV-02 --seed 4711 --out out-replay

                """
            );

    [Fact]
    public void ClausesWithTheSameEvidence_StandTogether_AndTheStepDoesNotRepeatIt()
    {
        var failed = Runs.Fail();
        var finding = failed.Purpose[0] with { Expected = "a PBA", Actual = "nothing came" };
        var steps = failed.Steps.Select(step =>
            step.Outcome == StepOutcome.Failed ? step with { Message = "expected a PBA; nothing came" } : step
        );

        Text(
                Runs.Planned()[1],
                failed with
                {
                    Purpose = [finding, finding with { Statement = new StatementId("rfc5213-5.3.4-k2") }],
                    Steps = [.. steps],
                }
            )
            .Should()
            .Contain(
                """

                Clause       rfc5213-5.3.1-k13 (MUST): A PBU without HI is answered with status 161.
                Clause       rfc5213-5.3.4-k2 (MUST): After a handoff the session keeps its prefixes.
                Expected     a PBA
                Actual       nothing came
                Evidence     packet 2, octet 60 of captures/TC-LMA-REG-BI-07.pcapng

                At step      Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION (line 45)
                Replay 
                """
            );
    }

    [Fact]
    public void Silence_HasNoPacketAsEvidence()
    {
        var silence = Runs.Fail().Purpose[0] with { Packet = null, Octet = null, Actual = "nothing came" };

        Text(Runs.Planned()[1], Runs.Fail() with { Purpose = [silence] }).Should().Contain("Evidence     no packet: nothing was sent\n");
    }

    [Fact]
    public void Replay_RepeatsAllOptionsThatTheVerdictMayDependOn() =>
        FailureText
            .Of(RunWith(Runs.Header with { Strict = true, Features = "my features" }), Runs.Planned()[1], Runs.Fail(), Runs.Register())
            .Should()
            .Contain(
                "Replay       pmip-conformance run --tag TC-LMA-REG-BI-07 --seed 4711 --strict "
                    + "--features \"my features\" --out out-replay\n"
            );

    [Fact]
    public void ReplayOnASharedImplementation_IsOfTheWholeRun() =>
        FailureText
            .Of(
                RunWith(Runs.Header with { Shared = true, Options = "--shared-iut --strict" }),
                Runs.Planned()[1],
                Runs.Fail(),
                Runs.Register()
            )
            .Should()
            .Contain("Replay       pmip-conformance run --shared-iut --strict  # the whole run: scenarios shared one implementation\n");

    [Fact]
    public void ReplayOnADevice_IsOfTheScenarioAloneOnItsBed() =>
        FailureText
            .Of(
                RunWith(Runs.Header with { Shared = true, BedOptions = "--bed external --profile gateway.json" }),
                Runs.Planned()[1],
                Runs.Fail(),
                Runs.Register()
            )
            .Should()
            .Contain(
                "Replay       pmip-conformance run --bed external --profile gateway.json --tag TC-LMA-REG-BI-07 --seed 4711 "
                    + "--out out-replay\n"
            );

    [Fact]
    public void Breakdown_IsShownWithoutClause()
    {
        var broken = Runs.Fail() with { Purpose = [], Reason = "the implementation under test died" };

        Text(Runs.Planned()[1], broken)
            .Should()
            .Contain("Verdict      fail: the implementation under test died\n\nClause       none: no message violates a statement");
    }

    [Fact]
    public void TextOfSeveralLines_IsIndented() =>
        Text(Runs.Planned()[2], Runs.Undecided() with { Reason = "first\nsecond" })
            .Should()
            .Contain("Verdict      inconclusive: first\n             second\n");

    private static Run RunWith(RunHeader header) => Runs.Complete() with { Header = header };

    private static string Text(PlannedScenario scenario, ScenarioResult result) =>
        FailureText.Of(Runs.Complete(), scenario, result, Runs.Register());
}
