using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

public sealed class FeatureLibraryTests
{
    [Fact]
    public void Scenario_WithEveryKindOfTag_SaysWhatTheTagsSay()
    {
        var library = TemporaryFeatures.Load(
            """
            @LMA @config:lma-baseline
            Feature: Processing

            @TC-LMA-REG-BI-07 @MUST @ics:a @ics:b @edition:rfc5213
            @rfc5213-5.3.1-k13 @seed000-3
            Scenario: A registration is rejected
              Given MN1 has no mobility session
              When MAG1 registers MN1
              Then the LMA rejects it
            """
        );

        library.Problems.Should().BeEmpty();
        var scenario = library.Scenarios.Should().ContainSingle().Subject;
        scenario.Id.ToString().Should().Be("TC-LMA-REG-BI-07");
        scenario.Title.Should().Be("A registration is rejected");
        scenario.Feature.Should().Be("Processing");
        scenario.Path.Should().Be("a.feature");
        scenario.Line.Should().Be(6);
        scenario.Statements.Should().Equal(new StatementId("rfc5213-5.3.1-k13"), new StatementId("seed000-3"));
        scenario.Role.Should().Be("LMA");
        scenario.Level!.Word.Should().Be("MUST");
        scenario.Configuration.Should().Be("lma-baseline");
        scenario.IcsConditions.Should().Equal("a", "b");
        scenario.Kind.Should().Be(ScenarioKind.BI);
        scenario.Tags.Should().StartWith(["LMA", "config:lma-baseline", "TC-LMA-REG-BI-07"]);
    }

    [Fact]
    public void Scenario_WithoutTagsBesideItsId_HasNoRoleLevelAndConfiguration()
    {
        var scenario = TemporaryFeatures.Load(Feature("@TC-LMA-REG-BV-01", "Scenario: A")).Scenarios.Single();

        (scenario.Role, scenario.Level, scenario.Configuration).Should().Be(("", null, ""));
        scenario.Statements.Should().BeEmpty();
    }

    [Fact]
    public void Steps_FollowThoseOfTheBackground_AndInheritTheirKeyword()
    {
        var scenario = TemporaryFeatures
            .Load(
                """
                Feature: F
                Background:
                  Given a
                  And b
                @TC-LMA-REG-BV-01
                Scenario: S
                  When c
                  * d
                  Then e
                  But f
                """
            )
            .Scenarios.Single();

        scenario
            .Steps.Should()
            .Equal(
                new Step(StepKeyword.Given, "Given", "a", 3),
                new Step(StepKeyword.Given, "And", "b", 4),
                new Step(StepKeyword.When, "When", "c", 7),
                new Step(StepKeyword.When, "*", "d", 8),
                new Step(StepKeyword.Then, "Then", "e", 9),
                new Step(StepKeyword.Then, "But", "f", 10)
            );
    }

    [Fact]
    public void Steps_KeepTableAndDocString()
    {
        var library = TemporaryFeatures.Load(
            """"
            Feature: F
            @TC-LMA-REG-BV-01
            Scenario: S
              When a
                | x | 1 |
                | y |   |
              Then b
                """
                Rule: this is text
                  indented
                """
            """"
        );

        library.Problems.Should().BeEmpty();
        library
            .Scenarios.Single()
            .Steps[0]
            .Table!.Rows.Should()
            .BeEquivalentTo(
                [
                    ["x", "1"],
                    new[] { "y", "" },
                ],
                options => options.WithStrictOrdering()
            );
        library.Scenarios.Single().Steps[1].DocString.Should().Be("Rule: this is text\n  indented");
    }

    [Fact]
    public void Outline_BecomesOneScenarioPerRow_PlaceholdersReplacedInTitleTextTableAndDocString()
    {
        var library = TemporaryFeatures.Load(
            """"
            Feature: F
            @TC-LMA-DER-TI-01 @LMA
            Scenario Outline: A binding lives <side> the limit
              When just <side> passes
                | <side> | <session> |
              Then it is <session>
                """
                <session>
                """
              Examples:
                | id | side  | session |
                | a  | under | earlier |
              @MUST
              Examples: more
                | id | side | session |
                | b2 | over | <side>  |
            """"
        );

        library.Problems.Should().BeEmpty();
        library.Scenarios.Select(scenario => scenario.Id.ToString()).Should().Equal("TC-LMA-DER-TI-01-a", "TC-LMA-DER-TI-01-b2");
        library.Scenarios.Select(scenario => scenario.Line).Should().Equal(12, 16);
        library.Scenarios.Select(scenario => scenario.Level?.Word).Should().Equal(null, "MUST");
        library
            .Scenarios.Select(scenario => scenario.Title)
            .Should()
            .Equal("A binding lives under the limit (session = earlier)", "A binding lives over the limit (session = <side>)");
        library.Scenarios[0].Steps[0].Text.Should().Be("just under passes");
        library.Scenarios[0].Steps[0].Table!.Rows.Single().Should().Equal("under", "earlier");
        library.Scenarios[0].Steps[1].DocString.Should().Be("earlier");
        library.Scenarios[1].Steps[1].Text.Should().Be("it is <side>", "a value that looks like a placeholder is a value");
    }

    [Fact]
    public void Load_ReadsSubdirectoriesInOrder_ButNoOutputOfABuild()
    {
        using var features = new TemporaryFeatures();
        features.Add("mag/b.feature", Feature("@TC-MAG-ATT-BV-01", "Scenario: B"));
        features.Add("lma/a.feature", Feature("@TC-LMA-REG-BV-01", "Scenario: A"));
        features.Add("bin/Debug/a.feature", Feature("@TC-LMA-REG-BV-01", "Scenario: A"));
        features.Add("lma/notes.txt", "no feature");

        var library = features.Load();

        library.Problems.Should().BeEmpty();
        library.Scenarios.Select(scenario => scenario.Path).Should().Equal("lma/a.feature", "mag/b.feature");
    }

    [Fact]
    public void Load_OfADirectoryThatIsNotThere_Throws() =>
        FluentActions
            .Invoking(() => FeatureLibrary.Load(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())))
            .Should()
            .Throw<DirectoryNotFoundException>();

    [Fact]
    public void DuplicateId_InAnotherFile_IsReportedAtTheLaterOne()
    {
        using var features = new TemporaryFeatures();
        features.Add("a.feature", Feature("@TC-LMA-REG-BV-01", "Scenario: A"));
        features.Add("b.feature", Feature("@TC-LMA-REG-BV-01", "Scenario: B"));

        var library = features.Load();

        library
            .Problems.Should()
            .Equal(new LibraryProblem("b.feature", 3, "DuplicateId", "TC-LMA-REG-BV-01 is the id of another scenario, at a.feature:3."));
        library.Scenarios.Should().ContainSingle().Which.Title.Should().Be("A");
    }

    public static TheoryData<string, int, string, string, string> BrokenFeatures =>
        new()
        {
            { "Parse", 6, "got 'Thn d'", "a mistyped step", Feature("@TC-LMA-REG-BV-01", "Scenario: S") + "Thn d\n" },
            {
                "Description",
                3,
                "'Givn a' stands before the first step",
                "a mistyped first step",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S\nGivn a")
            },
            {
                "Description",
                2,
                "'Givn a' stands before the first step",
                "a mistyped first step of the background",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S").Insert(11, "Background:\nGivn a\nGiven b\n")
            },
            {
                "Parse",
                7,
                "inconsistent cell count",
                "a table of ragged rows",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S") + "| a | b |\n| c |\n"
            },
            { "EmptyFile", 1, "no feature", "nothing but a comment", "# nothing\n" },
            { "RuleKeyword", 2, "'Rule:' is not allowed", "a rule", "Feature: F\n  Rule: R\n    Example: E\n" },
            {
                "RuleKeyword",
                6,
                "'Rule:' is not allowed",
                "a rule after a scenario",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S") + "Rule: R\n"
            },
            { "Keyword", 3, "write 'Scenario:'", "Example for Scenario", Feature("@TC-LMA-REG-BV-01", "Example: S") },
            {
                "Keyword",
                3,
                "write 'Scenario Outline:'",
                "Scenario Template",
                Feature("@TC-LMA-REG-BV-01", "Scenario Template: S") + "Examples:\n| id |\n| a |\n"
            },
            {
                "Keyword",
                6,
                "write 'Examples:'",
                "Scenarios for Examples",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Scenarios:\n| id |\n| a |\n"
            },
            {
                "Language",
                2,
                "is in 'de'",
                "another language",
                "# language: de\nFunktionalität: F\n@TC-LMA-REG-BV-01\nSzenario: S\nWenn b\nDann c\n"
            },
            { "OneId", 3, "no id tag", "no id", Feature("@LMA", "Scenario: S") },
            {
                "OneId",
                3,
                "2 id tags: @TC-LMA-REG-BV-01, @TC-LMA-REG-BV-02",
                "two ids",
                Feature("@TC-LMA-REG-BV-01 @TC-LMA-REG-BV-02", "Scenario: S")
            },
            {
                "OneId",
                6,
                "the id belongs to the outline",
                "an id at examples",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "@TC-LMA-REG-BV-02\nExamples:\n| id |\n| a |\n"
            },
            { "MalformedId", 2, "@TC-LMA-REG-BV-1 is not of the form", "an id of one digit", Feature("@TC-LMA-REG-BV-1", "Scenario: S") },
            {
                "MalformedId",
                2,
                "@TC-LMA-REG-BX-01 is not of the form",
                "an id of unknown kind",
                Feature("@TC-LMA-REG-BX-01", "Scenario: S")
            },
            {
                "MalformedId",
                2,
                "@TC-XYZ-REG-BV-01 is not of the form",
                "an id of unknown role",
                Feature("@TC-XYZ-REG-BV-01", "Scenario: S")
            },
            {
                "MalformedId",
                3,
                "has a suffix",
                "an outline with suffix",
                Feature("@TC-LMA-REG-BV-01-a", "Scenario Outline: S") + "Examples:\n| id |\n| a |\n"
            },
            {
                "MalformedId",
                8,
                "'B!' in the column 'id'",
                "a row with a bad suffix",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Examples:\n| id |\n| B! |\n"
            },
            {
                "NoIdColumn",
                7,
                "no column 'id'",
                "examples without ids",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Examples:\n| x |\n| a |\n"
            },
            {
                "NoExamples",
                3,
                "no row of examples",
                "an outline without rows",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Examples:\n| id |\n"
            },
            {
                "DuplicateExampleId",
                9,
                "'a' is the id of another row, in line 8",
                "a suffix twice",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Examples:\n| id | x |\n| a | 1 |\n| a | 2 |\n"
            },
            {
                "DuplicateTitle",
                9,
                "'S (x = 1)' is the title of another row, in line 8",
                "a row twice",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S") + "Examples:\n| id | x |\n| a | 1 |\n| b | 1 |\n"
            },
            {
                "DuplicateTitle",
                7,
                "'S' is the title of another scenario, in line 3",
                "a title twice",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S") + "@TC-LMA-REG-BV-02\nScenario: S\nWhen b\nThen c\n"
            },
            {
                "DuplicateId",
                7,
                "at a.feature:3",
                "an id twice",
                Feature("@TC-LMA-REG-BV-01", "Scenario: S") + "@TC-LMA-REG-BV-01\nScenario: T\nWhen b\nThen c\n"
            },
            {
                "UnknownPlaceholder",
                4,
                "<y> is not a column",
                "a placeholder without column",
                Feature("@TC-LMA-REG-BV-01", "Scenario Outline: S").Replace("When b", "When <y>") + "Examples:\n| id | x |\n| a | 1 |\n"
            },
            { "NoTitle", 3, "no title", "no title", Feature("@TC-LMA-REG-BV-01", "Scenario:") },
            { "UnknownTag", 2, "@wip is not an id", "an unknown tag", Feature("@TC-LMA-REG-BV-01 @wip", "Scenario: S") },
            { "UnknownTag", 2, "@config: is not an id", "a prefix without value", Feature("@TC-LMA-REG-BV-01 @config:", "Scenario: S") },
            {
                "UnknownTag",
                2,
                "@rfc9999-1-k1 is not an id",
                "a statement of an unknown edition",
                Feature("@TC-LMA-REG-BV-01 @rfc9999-1-k1", "Scenario: S")
            },
            {
                "UnknownTag",
                2,
                "@edition:seed000 is not an id",
                "an edition without runs",
                Feature("@TC-LMA-REG-BV-01 @edition:seed000", "Scenario: S")
            },
            {
                "IdleEdition",
                2,
                "@edition:rfc5844 stands at TC-LMA-REG-BV-01, which tests no statement of that edition",
                "an edition that no statement has",
                Feature("@TC-LMA-REG-BV-01 @rfc5213-5.3.1-k13 @edition:rfc5844", "Scenario: S")
            },
            {
                "EditionTwice",
                3,
                "@edition:rfc5844 adds to an edition tag above it",
                "edition tags in two places",
                "@edition:rfc5213\n" + Feature("@TC-LMA-REG-BV-01 @rfc5213-5.3.1-k13 @rfc5844-3.1-k1 @edition:rfc5844", "Scenario: S")
            },
            {
                "UnknownTag",
                1,
                "@slow is not an id",
                "an unknown tag of the feature, once",
                "@slow " + Feature("@TC-LMA-REG-BV-01", "Scenario: S").Insert(0, "\n") + "@TC-LMA-REG-BV-02\nScenario: T\nWhen b\nThen c\n"
            },
            { "DuplicateTag", 2, "@LMA is repeated", "a tag twice", Feature("@TC-LMA-REG-BV-01 @LMA @LMA", "Scenario: S") },
            {
                "DuplicateTag",
                3,
                "@LMA is repeated",
                "a tag of the feature again",
                "@LMA\n" + Feature("@TC-LMA-REG-BV-01 @LMA", "Scenario: S")
            },
            { "EmptyScenario", 3, "'S' has no steps", "no steps", "Feature: F\n@TC-LMA-REG-BV-01\nScenario: S\n" },
            { "NoWhen", 3, "no When before its first Then", "no When", "Feature: F\n@TC-LMA-REG-BV-01\nScenario: S\nGiven a\nThen c\n" },
            {
                "NoWhen",
                3,
                "no When before its first Then",
                "a Then too early",
                "Feature: F\n@TC-LMA-REG-BV-01\nScenario: S\nThen c\nWhen b\n"
            },
            {
                "LeadingAnd",
                4,
                "The first step says 'And'",
                "And at the start",
                "Feature: F\n@TC-LMA-REG-BV-01\nScenario: S\nAnd a\nWhen b\n"
            },
        };

    [Theory]
    [MemberData(nameof(BrokenFeatures))]
    public void BrokenFeature_IsOneProblem_WithFileLineAndMessage(string rule, int line, string message, string what, string text)
    {
        var problems = TemporaryFeatures.Load(text).Problems;

        problems.Should().Contain(problem => problem.Rule == rule && problem.Line == line, what);
        problems.Single(problem => problem.Rule == rule && problem.Line == line).Path.Should().Be("a.feature");
        problems.Single(problem => problem.Rule == rule && problem.Line == line).Message.Should().Contain(message);
        problems
            .Select(problem => problem.Rule)
            .Distinct()
            .Where(other => other != rule)
            .Should()
            .BeSubsetOf(
                rule switch
                {
                    "RuleKeyword" => ["Keyword"],
                    _ => [],
                },
                "one fault is one problem"
            );
    }

    [Fact]
    public void Editions_AreThoseOfTheStatements_RestrictedByTags()
    {
        const string Outline = """
            Feature: F
            @TC-LMA-REG-BV-01 @rfc5844-3.1-k1 @seed000-1 @rfc5213-5.3.1-k13 @ipv4-draft-04-3.1-k1
            Scenario Outline: S
            When <x>
            Then c
            Examples:
              | id | x |
              | a  | 1 |
            @edition:rfc5844 @edition:ipv4-draft-04
            Examples:
              | id | x |
              | b  | 2 |
            @edition:ipv4-draft-04
            Examples:
              | id | x |
              | c  | 3 |
            """;

        var library = TemporaryFeatures.Load(Outline);

        library.Problems.Should().BeEmpty();
        library
            .Scenarios.Select(row => string.Join(' ', row.Editions))
            .Should()
            .Equal("rfc5213 rfc5844 ipv4-draft-04", "rfc5844 ipv4-draft-04", "ipv4-draft-04");
        library
            .Scenarios[1]
            .Purpose.Select(statement => statement.Value)
            .Should()
            .Equal("rfc5844-3.1-k1", "seed000-1", "rfc5213-5.3.1-k13");
        library.Scenarios[1].In(library.Scenarios[1].Editions[1]).RunName.Should().Be("TC-LMA-REG-BV-01-b.ipv4-draft-04");
        library.Scenarios[2].RunName.Should().Be("TC-LMA-REG-BV-01-c");
    }

    [Fact]
    public void Problem_IsWrittenAsEditorsAndCiExpectIt()
    {
        new LibraryProblem("lma/a.feature", 3, "NoWhen", "text").ToString().Should().Be("lma/a.feature:3: NoWhen: text");
        new LibraryProblem("Steps.Method", 0, "Binding", "text").ToString().Should().Be("Steps.Method: Binding: text");
    }

    /// <summary>A feature with tags in line 2 and one scenario in line 3 whose two steps end in line 5.</summary>
    private static string Feature(string tags, string scenario) => $"Feature: F\n{tags}\n{scenario}\nWhen b\nThen c\n";
}
