using Conformance.Harness.Tests.Cli;
using Conformance.Reports.Certification;
using Conformance.Testing.Engine;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class ConclusionsTests : IDisposable
{
    private const string Feature = """
        Feature: Two scenarios, of which one needs a claim (RFC 5213, Section 5.3.1)

          @TC-LMA-REG-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k13
          Scenario: A registration without a Handoff Indicator is rejected
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION

          @TC-LMA-REG-BI-02 @LMA @MUST @config:lma-small-pool @ics:limits-lifetime @rfc5213-5.3.1-k12
          Scenario: A registration without a prefix is rejected
            When MAG1 registers MN1 with no Home Network Prefix
            Then the LMA rejects it with status 158 MISSING_HOME_NETWORK_PREFIX_OPTION
        """;

    private const string Ics = """
        {
          "edition": "rfc5213",
          "items": [
            { "id": "needed", "question": "Q?", "roles": ["LMA"], "status": "m", "statements": ["rfc5213-5.3.1-k13"] },
            { "id": "timestamp-option", "question": "T?", "roles": ["LMA"], "status": "o", "statements": ["rfc5213-5.3.1-k12"] },
            { "id": "limits-lifetime", "question": "L?", "roles": ["LMA"], "status": "o", "statements": ["rfc5213-5.3.1-k12"] },
            { "id": "an-item-that-nobody-claims", "question": "N?", "roles": ["LMA"], "status": "o", "statements": ["rfc5213-5.3.1-k12"] }
          ]
        }
        """;

    private readonly SmallBundle _bundle = new();
    private readonly ScenarioSuite _suite;

    public ConclusionsTests()
    {
        _bundle.Suite.WriteFeature("small.feature", Feature);
        _suite = ScenarioSuite.Load(_bundle.Suite.Features);
    }

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void AClass_IsConformant_IfEveryScenarioThatAppliesPassed()
    {
        var conclusions = Of(Baseline(), Passed(SmallSuite.Passing));

        conclusions.IsConformant.Should().BeTrue();
        conclusions
            .Classes.Select(known => (known.Class, known.Status))
            .Should()
            .Equal(("registration", ClassStatus.Conformant), ("other", ClassStatus.NotClaimed));
        conclusions.Classes[0].Should().Match<ClassConclusion>(known => known.Pass == 1 && known.NotApplicable == 1);
    }

    [Theory]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.Error)]
    public void AScenarioThatDidNotPass_IsNotConformant(Verdict verdict) =>
        Of(Baseline(), Passed(SmallSuite.Passing) with { Verdict = verdict }).IsConformant.Should().BeFalse();

    /// <summary>Whatever the journal says was planned: a result that is missing was not tested.</summary>
    [Fact]
    public void AScenarioWithoutAResult_IsNotTested()
    {
        var known = Of(Baseline()).Classes[0];

        known.Status.Should().Be(ClassStatus.NotConformant);
        known.NotTested.Should().Be(1);
    }

    [Fact]
    public void AConfigurationThatTheBedLacks_IsNotTested_IfItsItemsAreClaimed()
    {
        var claims = Baseline() with { Claims = ["timestamp-option", "limits-lifetime"] };

        var known = Of(claims, Passed(SmallSuite.Passing)).Classes[0];

        known.Should().Match<ClassConclusion>(one => one.Status == ClassStatus.NotConformant && one.NotTested == 1 && one.Pass == 1);
    }

    [Fact]
    public void ARequirementViolatedInPassing_IsNotConformant()
    {
        var violated = new Finding(new StatementId("rfc5213-5.3.6-k6"), Ok: false, "P = 1", "P = 0", 2, null);

        var known = Of(Baseline(), Passed(SmallSuite.Passing) with { Incidental = [violated] }).Classes[0];

        known.Status.Should().Be(ClassStatus.NotConformant);
        known.Violated.Should().Equal(violated.Statement);
    }

    [Fact]
    public void NoClaim_IsNoConformance()
    {
        var conclusions = Of(Baseline() with { Claims = [] }, Passed(SmallSuite.Passing));

        conclusions.Classes.Should().OnlyContain(known => known.Status == ClassStatus.NotClaimed);
        conclusions.IsConformant.Should().BeFalse();
    }

    [Fact]
    public void AClassThatWasNotAskedFor_IsNotExamined()
    {
        var run = RunOf([Baseline()], [Passed(SmallSuite.Passing)]);

        var conclusions = Conclusions.Of(_suite, run with { Header = run.Header with { Classes = ["other"] } }, EditionsOf);

        conclusions.Classes[0].Status.Should().Be(ClassStatus.NotExamined);
        conclusions.IsConformant.Should().BeFalse();
    }

    /// <summary>It follows from the claims; what the journal says of it does not count.</summary>
    [Fact]
    public void AStaticFailure_IsNoConformance()
    {
        _bundle.Suite.WriteSpecification("features/ics/rfc5213.json", Ics);
        var suite = ScenarioSuite.Load(_bundle.Suite.Features);

        var conclusions = Conclusions.Of(suite, RunOf([Baseline()], [Passed(SmallSuite.Passing)]), EditionsOf);

        conclusions.StaticFailures.Should().Equal("LMA: needed is mandatory (m) and not claimed: Q?");
        conclusions.IsConformant.Should().BeFalse();
        Conclusions
            .Of(suite, RunOf([Baseline() with { Claims = ["timestamp-option", "needed"] }], [Passed(SmallSuite.Passing)]), EditionsOf)
            .IsConformant.Should()
            .BeTrue();
    }

    /// <summary>A configuration in which the class is claimed should have been set up for the edition.</summary>
    [Fact]
    public void AConfigurationOfNoEdition_IsNotTested_IfTheClassIsClaimedThere()
    {
        var known = Of(Baseline() with { Editions = [] }).Classes[0];

        known.Should().Match<ClassConclusion>(one => one.Status == ClassStatus.NotConformant && one.NotTested == 1);
    }

    /// <summary>Recommendations alone make no class: whoever follows none of them passes, too.</summary>
    [Fact]
    public void AClassWithoutARequirement_IsNotExaminable()
    {
        _bundle.Suite.WriteFeature("small.feature", Feature.Replace("@MUST", "@SHOULD", StringComparison.Ordinal));
        var suite = ScenarioSuite.Load(_bundle.Suite.Features);

        var conclusions = Conclusions.Of(suite, RunOf([Baseline()], [Passed(SmallSuite.Passing)]), EditionsOf);

        conclusions.Classes[0].Should().Match<ClassConclusion>(one => one.Status == ClassStatus.NotExaminable && one.Pass == 1);
        conclusions.IsConformant.Should().BeFalse();
    }

    /// <summary>The classes of the suite are checked by the audit; this holds that the audit finds a scenario that none has.</summary>
    [Fact]
    public void AScenarioOfNoClass_IsAProblem()
    {
        _bundle.Suite.WriteFeature("large.feature", Feature.Replace("REG-BI", "REG-BO", StringComparison.Ordinal));
        _bundle.Suite.WriteSpecification(
            "features/classes/classes.json",
            """
            { "classes": [{ "id": "a", "title": "A", "roles": ["LMA"], "claims": { "rfc5213": ["x"] }, "scenarios": ["small*", "none*"] }] }
            """
        );

        var suite = ScenarioSuite.Load(_bundle.Suite.Features);

        suite
            .Classes.Check(suite.Library.Scenarios)
            .Select(problem => problem.ToString())
            .Should()
            .BeEquivalentTo(
                "large.feature:4: TC-LMA-REG-BO-01 belongs to no class in the edition rfc5213.",
                "large.feature:9: TC-LMA-REG-BO-02 belongs to no class in the edition rfc5213.",
                "classes:0: a: no scenario fits the pattern 'none*'."
            );
    }

    private Conclusions Of(ConfigurationRecord configuration, params IEnumerable<ScenarioResult> results) =>
        Conclusions.Of(_suite, RunOf([configuration], results), EditionsOf);

    private static Run RunOf(IReadOnlyList<ConfigurationRecord> configurations, IEnumerable<ScenarioResult> results) =>
        Reports.Runs.Complete() with
        {
            Header = Reports.Runs.Header with { Configurations = configurations },
            Results = [.. results],
        };

    private static ConfigurationRecord Baseline() => new("lma-baseline", ["timestamp-option"], null) { Editions = [Edition.Rfc5213] };

    private static ScenarioResult Passed(string scenario) => Reports.Runs.Pass() with { Scenario = scenario };

    private static IReadOnlyList<Edition> EditionsOf(string configuration) => [Edition.Rfc5213];
}
