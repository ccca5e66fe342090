using Conformance.Harness.Tests.Cli;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>Mistakes of features, as the audit shows them: one mistake is one problem, with its file and line.</summary>
public sealed class TagLintTests : IDisposable
{
    private const string Feature = """
        Feature: A small suite (RFC 5213, Section 5.3.1)

          @TC-LMA-REG-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k13
          Scenario: A registration without a Handoff Indicator is rejected
            Given MN1 has no mobility session
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
            And a new registration of MN1 finds no mobility session

          @TC-LMA-REG-BI-04 @LMA @SHOULD @config:lma-baseline @rfc5213-5.3.6-k6
          Scenario Outline: A registration without <option> is rejected
            When MAG1 registers MN1 with no <option>
            Then the LMA rejects it with status <status>

            Examples:
              | id | option              | status                                 |
              | a  | Home Network Prefix | 158 MISSING_HOME_NETWORK_PREFIX_OPTION |

            Examples:
              | id | option            | status                               |
              | b  | Handoff Indicator | 161 MISSING_HANDOFF_INDICATOR_OPTION |
        """;

    private readonly SmallSuite _suite = new();

    public TagLintTests()
    {
        _suite.WriteRegister("5.3.1", Statements.Registers.Row("rfc5213-5.3.1-k13"));
        _suite.WriteFeature("small.feature", Feature);
    }

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void TheFeature_IsSound() => Problems(Feature).Should().BeEmpty();

    [Theory]
    [InlineData(" @MUST", "", "small.feature:4: NoLevel: There is no level tag: @MUST, @SHOULD, @MAY or @ambiguous.")]
    [InlineData(" @SHOULD", "", "small.feature:17: NoLevel: There is no level tag")]
    [InlineData("-01 @LMA", "-01", "small.feature:4: NoRole: There is no role tag")]
    [InlineData(
        "@MUST @config:lma-baseline",
        "@MUST @config:lma-basline",
        "small.feature:4: UnknownConfiguration: There is no @config:lma-basline; configurations: lma-baseline, "
    )]
    [InlineData("@MUST @config:lma-baseline", "@MUST", "small.feature:4: UnknownConfiguration: There is no configuration tag; ")]
    [InlineData(
        "| id | option            | status ",
        "| id | option            | state  ",
        "small.feature:20: MissingColumn: These examples have no column 'status'. Nothing in the outline uses the column 'state'."
    )]
    [InlineData("When MAG1 registers MN1 with no Handoff", "Wehn MAG1 registers MN1 with no Handoff", "small.feature:6: Parse: ")]
    [InlineData("  Scenario: ", "  Scenrio: ", "small.feature:4: Parse: ")]
    [InlineData(
        "Examples:\n      | id | option              |",
        "Exmaples:\n      | id | option              |",
        "small.feature:15: Parse: "
    )]
    [InlineData(
        "Indicator\n    Then",
        "Indicator\n    Then a new registration of MN1 finds no mobility session\n    And",
        "small.feature:7: LastStep: 'Then a new registration of MN1 finds no mobility session' changes what it observes: "
            + "make it the last step."
    )]
    public void OneMistake_IsOneProblemWithFileAndLine(string right, string wrong, string problem)
    {
        Feature.Should().Contain(right);

        Problems(Feature.Replace(right, wrong, StringComparison.Ordinal)).Should().ContainSingle().Which.Should().StartWith(problem);
    }

    /// <summary>A column that all tables lack is a placeholder that nothing fills, and not also an unknown phrase.</summary>
    [Fact]
    public void AColumnThatIsRenamedEverywhere_IsOneProblemAtItsPlaceholder() =>
        Problems(Feature.Replace("| status ", "| state  ", StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Be(
                "small.feature:13: UnknownPlaceholder: <status> is not a column of the examples. "
                    + "Nothing in the outline uses the column 'state'."
            );

    private IReadOnlyList<string> Problems(string feature)
    {
        _suite.WriteFeature("small.feature", feature);
        var output = Shell.Run("audit", "--features", _suite.Features).Output;
        return
        [
            .. output
                .Split('\n')
                .SkipWhile(line => !line.Contains("problem", StringComparison.Ordinal))
                .Skip(1)
                .Where(line => line.Length > 0),
        ];
    }
}
