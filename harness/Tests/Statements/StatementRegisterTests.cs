using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Statements;

public sealed class StatementRegisterTests
{
    [Fact]
    public void GoodRow_IsStatement()
    {
        using var directory = new TemporaryDirectory();
        directory.File("README.md", "not a register");
        directory.File(
            "rfc5213/5.3.1.tsv",
            string.Join(
                '\n',
                Registers.Header,
                Registers.Row(),
                Registers.Row(
                    "rfc5213-5.3.1-k2",
                    roles: "LMA,MAG",
                    test: "C",
                    observed: "status,silence",
                    relation: "pointer:rfc2473,same:rfc5213-5.3.1-k13",
                    disposal: "pointer: covered by rfc5213-5.3.1-k13"
                ),
                Registers.Row("rfc5213-5.3.1-k3", test: "N", disposal: "not testable: binds the operator.", level: "declarative"),
                Registers.Row("rfc5213-5.3.1-d1", disposal: "pending")
            )
        );

        var register = StatementRegister.Load(directory.Path);

        register.Problems.Should().BeEmpty();
        register
            .Statements.Select(statement => statement.Id.Value)
            .Should()
            .Equal("rfc5213-5.3.1-d1", "rfc5213-5.3.1-k2", "rfc5213-5.3.1-k3", "rfc5213-5.3.1-k13");
        var first = register.Find(new StatementId("rfc5213-5.3.1-k13"))!;
        (first.Item, first.Line, first.Hash, first.Level.Word, first.Testability)
            .Should()
            .Be(("11", 42, "0123456789ab", "MUST", Testability.Wire));
        (first.File, first.FileLine, first.Disposal).Should().Be(("rfc5213/5.3.1.tsv", 2, null));
        first.Paraphrase.Should().Be("A PBU without HI is answered with status 161.");
        var second = register.Find(new StatementId("rfc5213-5.3.1-k2"))!;
        second.Roles.Should().Equal(BoundRole.LMA, BoundRole.MAG);
        second.Observed.Should().Equal(Observation.Status, Observation.Silence);
        string.Join(",", second.Relation).Should().Be("pointer:rfc2473,same:rfc5213-5.3.1-k13");
        second.Disposal!.ToString().Should().Be("pointer: covered by rfc5213-5.3.1-k13");
        register.Find(new StatementId("rfc5213-5.3.1-k3"))!.Disposal.Should().Be(new Disposal.NotTestable("binds the operator."));
        register.Find(new StatementId("rfc5213-5.3.1-d1"))!.IsPending.Should().BeTrue();
    }

    public static TheoryData<string, string> BadRows =>
        new()
        {
            { "rfc5213-5.3.1-k13\tonly", "has 2 columns, not 11" },
            { "", "has 1 columns, not 11" },
            { Registers.Row("5.3.1-k13"), "is not the id of a statement" },
            { Registers.Row("rfc5213-5.3.2-k1"), "does not belong to section 5.3.1 of rfc5213" },
            { Registers.Row("rfc5844-5.3.1-k1"), "does not belong to section 5.3.1 of rfc5213" },
            { Registers.Row(line: "0"), "is not a line number of the specification" },
            { Registers.Row(hash: "xyz"), "is not a hash" },
            { Registers.Row(level: "WILL"), "'WILL' is not a level" },
            { Registers.Row(level: "ambiguous"), "'ambiguous' is not a level" },
            { Registers.Row(roles: "LMA,E2E"), "'E2E' is not a role; it is one of CN, HA, LMA, MAG, MN, OP" },
            { Registers.Row(observed: "Status"), "'Status' is not a kind of observation; it is one of advertisement, clock," },
            { Registers.Row(test: "X"), "'X' is not a value of the column 'test'" },
            { Registers.Row(observed: "status,colour"), "'colour' is not a kind of observation" },
            { Registers.Row(relation: "unlike:rfc5213-5.3.1-k1"), "is not a relation" },
            { Registers.Row(relation: "absent-in:"), "is not a relation" },
            { Registers.Row(relation: "pointer"), "is not a relation" },
            { Registers.Row(relation: "same:k1"), "is not the id of a statement" },
            { Registers.Row(relation: "opposite:rfc5648"), "is not the id of a statement" },
            { Registers.Row(disposal: "pending: soon"), "is not a value of the column 'disposal'" },
            { Registers.Row(disposal: "not testable"), "is not a value of the column 'disposal'" },
            { Registers.Row(disposal: "pointer: rfc5213-5.3.1-k1"), "is not a value of the column 'disposal'" },
            { Registers.Row(paraphrase: " "), "has no paraphrase" },
        };

    [Theory]
    [InlineData(RequirementStrength.Binding, "MUST", "MUST NOT", "REQUIRED", "SHALL", "SHALL NOT", "declarative")]
    [InlineData(RequirementStrength.Recommended, "SHOULD", "SHOULD NOT", "RECOMMENDED", "NOT RECOMMENDED")]
    [InlineData(RequirementStrength.Permitted, "MAY", "MAY NOT", "OPTIONAL")]
    public void Level_HasTheStrengthOfItsKeyword(RequirementStrength strength, params string[] words) =>
        words
            .Select(word => Registers.Of(Registers.Row(level: word)).Statements.Single().Level)
            .Should()
            .OnlyContain(level => level.Strength == strength);

    [Theory]
    [MemberData(nameof(BadRows))]
    public void BadRow_IsProblemWithFileAndLine_AndOtherRowsAreKept(string row, string message)
    {
        using var directory = new TemporaryDirectory();
        directory.File("rfc5213/5.3.1.tsv", string.Join('\n', Registers.Header, Registers.Row("rfc5213-5.3.1-k1"), row) + "\n");

        var register = StatementRegister.Load(directory.Path);

        register.Statements.Should().ContainSingle();
        register.Problems.Should().ContainSingle().Which.ToString().Should().StartWith("rfc5213/5.3.1.tsv:3: ").And.Contain(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("id\tparaphrase")]
    public void File_WithoutHeaderLine_IsProblem(string header)
    {
        using var directory = new TemporaryDirectory();
        directory.File("rfc5213/5.3.1.tsv", header);

        StatementRegister.Load(directory.Path).Problems.Should().ContainSingle().Which.Message.Should().Contain("must name the columns");
    }

    [Fact]
    public void Id_UsedTwice_IsProblemThatNamesBothPlaces() =>
        Registers
            .Of(Registers.Row(), Registers.Row())
            .Problems.Should()
            .ContainSingle()
            .Which.ToString()
            .Should()
            .Be("rfc5213/5.3.1.tsv:3: rfc5213-5.3.1-k13 is already at rfc5213/5.3.1.tsv:2.");

    [Theory]
    [InlineData("same:rfc5213-6.7-k1", "")]
    [InlineData("replaced-by:rfc5213-6.7-k1", "")]
    [InlineData("opposite:rfc5213-6.7-k1", "")]
    [InlineData("", "pointer: covered by rfc5213-6.7-k1")]
    public void Reference_ToUnknownStatement_IsProblem_ButRowIsKept(string relation, string disposal)
    {
        var register = Registers.Of(Registers.Row(relation: relation, disposal: disposal));

        register.Statements.Should().ContainSingle();
        register
            .Problems.Should()
            .ContainSingle()
            .Which.Message.Should()
            .Be("rfc5213-5.3.1-k13 refers to rfc5213-6.7-k1, which is in no register.");
    }

    [Fact]
    public void Relations_MayCrossEditions()
    {
        var register = Registers.Of(
            Registers.Row("mcoa-draft-04-6.3-k1", roles: "HA,CN", relation: "replaced-by:rfc5648-6.2-k1,opposite:rfc5648-6.2-k2"),
            Registers.Row("mcoa-draft-04-6.3-k2", roles: "HA,CN", relation: "absent-in:rfc5648"),
            Registers.Row("rfc5648-6.2-k1", roles: "HA,CN"),
            Registers.Row("rfc5648-6.2-k2", roles: "HA,CN", relation: "opposite:mcoa-draft-04-6.3-k1")
        );

        register.Problems.Should().BeEmpty();
        register
            .Statements.Select(statement => string.Join(",", statement.Relation))
            .Should()
            .Equal("replaced-by:rfc5648-6.2-k1,opposite:rfc5648-6.2-k2", "absent-in:rfc5648", "", "opposite:mcoa-draft-04-6.3-k1");
    }

    [Fact]
    public void AbsentInRelation_ToEditionWithoutRegister_IsProblem() =>
        Registers
            .Of(Registers.Row(relation: "absent-in:rfc5844"))
            .Problems.Should()
            .ContainSingle()
            .Which.Message.Should()
            .Be("rfc5213-5.3.1-k13 refers to rfc5844, for which there is no register.");

    [Fact]
    public void StatementsOfEditionWithoutSections_HaveEmptySection()
    {
        using var directory = new TemporaryDirectory();
        directory.File(
            "seed000/bullets.tsv",
            string.Join(
                '\n',
                Registers.Header,
                Registers.Row("seed000-1", item: "", level: "declarative", disposal: "pending"),
                Registers.Row("seed000-10", item: "", level: "declarative", disposal: "pointer: covered by seed000-1")
            )
        );

        var register = StatementRegister.Load(directory.Path);

        register.Problems.Should().BeEmpty();
        register
            .Statements.Select(statement => (statement.Id.Edition.Name, statement.Id.Section))
            .Should()
            .Equal(("seed000", ""), ("seed000", ""));
    }

    [Fact]
    public void RegistersOfThisRepository_HaveNoProblems()
    {
        var register = StatementRegister.Load(Path.Combine(Repository.Root, "features", "registers"));

        register.Problems.Should().BeEmpty();
        register.Statements.Should().NotBeEmpty();
    }
}
