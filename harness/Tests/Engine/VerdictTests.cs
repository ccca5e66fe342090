using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Engine;

/// <summary>The truth table of verdicts: which findings and which end of a scenario give which verdict, and for which reason.</summary>
public sealed class VerdictTests
{
    /// <summary>What a scenario found about its purpose, a MUST and a SHOULD, before it ends.</summary>
    private static readonly Dictionary<string, string> _found = new()
    {
        ["nothing"] = "",
        ["MUST ok"] = "When it holds;",
        ["both ok"] = "When it holds; When it follows;",
        ["SHOULD bad"] = "When it holds; When it neglects;",
        ["MUST bad"] = "When it violates; When it follows;",
        ["only SHOULD bad"] = "When it neglects;",
        ["both bad"] = "When it neglects; When it violates;",
        ["other bad"] = "When it holds; When it follows; When it errs;",
    };

    /// <summary>
    /// One verdict for each entry of <see cref="_found"/>, by its first letter; first those of a normal run, then those of a strict one.
    /// </summary>
    private static readonly (string End, string Normal, string Strict)[] _table =
    [
        ("", "I I P P F I F P", "I I P F F F F P"),
        ("Then it stumbles", "I I I I F I F I", "I I I F F F F I"),
        ("Then it stops", "I P P P F I F P", "F F F F F F F F"),
        ("Then it breaks", "F F F F F F F F", "F F F F F F F F"),
        ("at the end it collapses", "F F F F F F F F", "F F F F F F F F"),
        ("at the end it stumbles", "I I I I F I F I", "I I I F F F F I"),
        ("crashed", "F F F F F F F F", "F F F F F F F F"),
        ("unknown health", "I I P P F I F P", "I I P F F F F P"),
        ("Then it confuses", "E E E E F E F E", "E E E F F F F E"),
        ("Then it loses", "E E E E F E F E", "E E E F F F F E"),
        ("Then it dawdles", "E E E E F E F E", "E E E F F F F E"),
        ("Then it bursts", "E E E E F E F E", "E E E F F F F E"),
        ("at the end it confuses", "E E E E F E F E", "E E E F F F F E"),
        ("Then it differs", "E E E E E E E E", "E E E E E E E E"),
        ("at the end it differs", "E E E E E E E E", "E E E E E E E E"),
    ];

    public static TheoryData<string, string, bool, Verdict> Cells()
    {
        var cells = new TheoryData<string, string, bool, Verdict>();
        foreach (var (end, normal, strict) in _table)
        {
            foreach (var (row, isStrict) in new[] { (normal, false), (strict, true) })
            {
                foreach (var (found, letter) in _found.Keys.Zip(row.Split(' ')))
                {
                    cells.Add(found, end, isStrict, Enum.GetValues<Verdict>().Single(verdict => $"{verdict}"[..1] == letter));
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Verdict_OfFindingsAndEnd_IsThatOfTheTable(string found, string end, bool strict, Verdict expected)
    {
        var run = Run(found, end, strict);

        run.Result.Verdict.Should().Be(expected, run.Result.Reason);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Findings_AreReportedWithEveryVerdict(string found, string end, bool strict, Verdict expected)
    {
        var result = Run(found, end, strict).Result;

        result
            .Incidental.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(found == "other bad" ? [Deeds.Other] : [], "{0}", expected);
        string[] purpose = [Deeds.Must, Deeds.Should];
        var judged = result.Purpose.Select(finding => finding.Statement.Value).Distinct().ToList();
        judged.Except(purpose).Should().BeEmpty();
        result.NotReached.Select(id => id.Value).Should().Equal(purpose.Except(judged));
    }

    [Theory]
    [InlineData("When it holds; When it follows", "every statement of the purpose holds")]
    [InlineData("When it rests", "never judged: rfc5213-5.3.1-k1, rfc5213-5.3.1-k2")]
    [InlineData("When it holds", "never judged: rfc5213-5.3.1-k2")]
    [InlineData("When it holds; Then it stumbles", "the purpose was not reached: expected a time; no time")]
    [InlineData("Given it stumbles", "the preamble failed: expected a time; no time")]
    [InlineData("When it holds; Then it stops", "only recommendations are not followed: expected in order; no order")]
    [InlineData("When it violates", "rfc5213-5.3.1-k1: expected status 0; status 128")]
    [InlineData("When it sends; When it violates", "rfc5213-5.3.1-k1: expected status 0; status 128 (packet 1)")]
    [InlineData("When it violates; Then it breaks", "rfc5213-5.3.1-k1: expected status 0; status 128")]
    [InlineData("When it violates; Given at the end it collapses", "rfc5213-5.3.1-k1: expected status 0; status 128")]
    [InlineData("Given at the end it collapses; When it confuses", "nobody is served")]
    [InlineData("When it confuses", "no such option")]
    [InlineData("When it loses", "link1 is down")]
    [InlineData("When it dawdles", "the tester is late")]
    [InlineData("When it violates; When it differs", "packet 1 differs")]
    [InlineData("Given at the end it differs; When it confuses", "packet 1 differs")]
    [InlineData("Given at the end it loses; When it confuses", "no such option")]
    [InlineData("Given at the end it stumbles; Then it confuses", "no such option")]
    public void Reason_NamesWhatDecided(string steps, string reason) => DeedRuns.Run(steps).Result.Reason.Should().Be(reason);

    [Fact]
    public void Reason_OfAnUnexpectedException_NamesItsTypeAndPlace() =>
        DeedRuns.Run("When it bursts").Result.Reason.Should().Match("InvalidOperationException: a bug (*Deeds.It(*)*");

    [Theory]
    [InlineData("a null pointer", "the implementation under test crashed: a null pointer; the last stimulus was packet 1, ")]
    [InlineData(null, "the implementation under test crashed; the last stimulus was packet 1, ")]
    public void Reason_OfACrash_NamesItsCauseIfTheBedKnowsIt(string? crash, string reason) =>
        DeedRuns
            .Run("When it sends; When it holds; When it follows", new ScriptedBed { Health = IutHealth.Crashed, Crash = crash })
            .Result.Reason.Should()
            .StartWith(reason)
            .And.EndWith("; it gave no sign of life");

    [Fact]
    public void Crash_InThePreamble_Fails_BecauseTheImplementationWorkedBefore() =>
        DeedRuns.Run("Given it stumbles", new ScriptedBed { Health = IutHealth.Crashed }).Result.Verdict.Should().Be(Verdict.Fail);

    [Fact]
    public void Crash_BeforeTheFirstStep_IsInconclusive()
    {
        var scenario = DeedRuns.Scenario($"TC-LMA-{Deeds.DeadFromTheBeginning}-BV-01", [Deeds.Must], [.. DeedRuns.Parse("When it holds")]);

        DeedRuns.Run(scenario, new ScriptedBed { Health = IutHealth.Crashed }).Result.Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void Crash_TakesBackWhatOnlySilenceShows_AndKeepsWhatAMessageShows()
    {
        var bed = new ScriptedBed { Health = IutHealth.Crashed }.Deliver(ScriptedBed.Start.AddSeconds(0.5), Testing.Peers.Ports.Core, 7);

        var result = DeedRuns.Run("When it waits; When it violates; When it sends; When it neglects; When it errs", bed).Result;

        (result.Verdict, result.Reason).Should().Match<(Verdict, string)>(pair => pair.Item2.StartsWith("the implementation under test"));
        result.Purpose.Select(finding => finding.Statement.Value).Should().Equal(Deeds.Must);
        result.NotReached.Select(id => id.Value).Should().Equal(Deeds.Should);
        result.Incidental.Should().ContainSingle();
        result.Remarks.Should().Equal($"does not count, because of the breakdown: {Deeds.Should}: expected in order; out of order");
    }

    [Fact]
    public void LossOfState_TakesBackEveryViolation()
    {
        var result = DeedRuns.Run("Given at the end it forgets; When it follows; When it violates; When it errs").Result;

        (result.Verdict, result.Reason).Should().Be((Verdict.Fail, "it has forgotten"));
        result.Purpose.Should().OnlyContain(finding => finding.Ok).And.HaveCount(1);
        result.Incidental.Should().BeEmpty();
        result.Remarks.Should().HaveCount(2);
    }

    [Fact]
    public void Observation_InThePreamble_JudgesNothing_ButTheCheckOfAMessageDoes()
    {
        var observed = DeedRuns.Run("Given it violates; Given it stumbles").Result;
        var checkedMessage = DeedRuns.Run("Given it garbles; Given it stumbles").Result;

        (observed.Verdict, observed.Purpose.Count).Should().Be((Verdict.Inconclusive, 0));
        (checkedMessage.Verdict, checkedMessage.Purpose.Count).Should().Be((Verdict.Fail, 1));
    }

    [Theory]
    [InlineData(false, "recommendation rfc5213-5.3.1-k2 is not followed: expected in order; out of order")]
    [InlineData(true, null)]
    public void RecommendationThatIsNotFollowed_IsARemark_ExceptInAStrictRun(bool strict, string? remark)
    {
        var result = DeedRuns.Run("When it holds; When it neglects", strict: strict).Result;

        result.Remarks.Should().Equal(remark is null ? [] : [remark]);
        result.Purpose.Should().ContainSingle(finding => !finding.Ok);
    }

    [Theory]
    [InlineData("When it violates; When it confuses", "the scenario ended early: no such option")]
    [InlineData("When it violates; When it differs", null)]
    [InlineData("When it confuses", null)]
    public void Fault_AfterAViolation_IsARemark(string steps, string? remark) =>
        DeedRuns.Run(steps).Result.Remarks.Should().Equal(remark is null ? [] : [remark]);

    [Theory]
    [InlineData("MUST", Verdict.Fail)]
    [InlineData("MUST NOT", Verdict.Fail)]
    [InlineData("REQUIRED", Verdict.Fail)]
    [InlineData("SHALL", Verdict.Fail)]
    [InlineData("SHALL NOT", Verdict.Fail)]
    [InlineData("declarative", Verdict.Fail)]
    [InlineData("SHOULD", Verdict.Pass)]
    [InlineData("SHOULD NOT", Verdict.Pass)]
    [InlineData("RECOMMENDED", Verdict.Pass)]
    [InlineData("NOT RECOMMENDED", Verdict.Pass)]
    [InlineData("MAY", Verdict.Pass)]
    [InlineData("OPTIONAL", Verdict.Pass)]
    public void Level_OfAViolatedStatement_DecidesWhetherItBinds(string level, Verdict expected)
    {
        var register = Statements.Registers.Of(Statements.Registers.Row(Deeds.Must, level: level, observed: "status"));
        var scenario = DeedRuns.Scenario("TC-LMA-REG-BV-01", [Deeds.Must], [.. DeedRuns.Parse("When it violates")]);

        DeedRuns.Run(scenario, new ScriptedBed(), register: register).Result.Verdict.Should().Be(expected);
        DeedRuns.Run(scenario, new ScriptedBed(), strict: true, register).Result.Verdict.Should().Be(Verdict.Fail);
    }

    private static ScenarioRun Run(string found, string end, bool strict)
    {
        var bed = new ScriptedBed
        {
            Health =
                end == "crashed" ? IutHealth.Crashed
                : end == "unknown health" ? IutHealth.Unknown
                : IutHealth.Running,
        };
        var (first, last) =
            end.StartsWith("at the end", StringComparison.Ordinal) ? ($"Given {end};", "")
            : end.StartsWith("Then", StringComparison.Ordinal) ? ("", end)
            : ("", "");
        return DeedRuns.Run(first + _found[found] + last, bed, strict);
    }
}
