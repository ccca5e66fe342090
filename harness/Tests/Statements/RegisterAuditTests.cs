using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Statements;

public sealed class RegisterAuditTests
{
    [Fact]
    public void Audit_OfAgreeingSides_CountsEveryStatementOnce()
    {
        var register = Registers.Of(
            Registers.Row("rfc5213-5.3.1-k1"),
            Registers.Row("rfc5213-5.3.1-k2", disposal: "pending"),
            Registers.Row("rfc5213-5.3.1-k3", disposal: "pointer: covered by rfc5213-5.3.1-k1"),
            Registers.Row("rfc5213-5.3.10-k1", disposal: "not testable: internal."),
            Registers.Row("rfc5213-5.3.2-k1"),
            Registers.Row("rfc5844-3.1-k1")
        );

        var audit = RegisterAudit.Check(
            register,
            [Scenario("TC-1", "rfc5213-5.3.1-k1", "rfc5213-5.3.2-k1"), Scenario("TC-2", "rfc5213-5.3.1-k1", "rfc5844-3.1-k1")]
        );

        audit.Problems.Should().BeEmpty();
        audit
            .Sections.Should()
            .Equal(
                new StatementTotals(
                    "rfc5213",
                    "5.3.1",
                    Keywords: 3,
                    Statements: 3,
                    Tested: 1,
                    Pointer: 1,
                    Disposed: 0,
                    Pending: 1,
                    Open: 0
                ),
                new StatementTotals(
                    "rfc5213",
                    "5.3.2",
                    Keywords: 1,
                    Statements: 1,
                    Tested: 1,
                    Pointer: 0,
                    Disposed: 0,
                    Pending: 0,
                    Open: 0
                ),
                new StatementTotals(
                    "rfc5213",
                    "5.3.10",
                    Keywords: 1,
                    Statements: 1,
                    Tested: 0,
                    Pointer: 0,
                    Disposed: 1,
                    Pending: 0,
                    Open: 0
                ),
                new StatementTotals("rfc5844", "3.1", Keywords: 1, Statements: 1, Tested: 1, Pointer: 0, Disposed: 0, Pending: 0, Open: 0)
            );
        audit
            .Editions.Should()
            .Equal(
                new StatementTotals(
                    "rfc5213",
                    string.Empty,
                    Keywords: 5,
                    Statements: 5,
                    Tested: 2,
                    Pointer: 1,
                    Disposed: 1,
                    Pending: 1,
                    Open: 0
                ),
                new StatementTotals(
                    "rfc5844",
                    string.Empty,
                    Keywords: 1,
                    Statements: 1,
                    Tested: 1,
                    Pointer: 0,
                    Disposed: 0,
                    Pending: 0,
                    Open: 0
                )
            );
    }

    [Fact]
    public void Tag_WithoutStatement_IsProblemAtScenario() =>
        Problem(Registers.Row(disposal: "pending"), "rfc5213-5.3.1-k99")
            .Should()
            .Be("lma/registration.feature:7: TC-1 is tagged rfc5213-5.3.1-k99, which is in no register.");

    [Fact]
    public void Statement_NeitherTestedNorDisposed_IsProblemAtRow() =>
        Problem(Registers.Row()).Should().Be("rfc5213/5.3.1.tsv:2: rfc5213-5.3.1-k13 is neither tested nor disposed of.");

    [Theory]
    [InlineData("pending", "is tested by TC-1: 'pending' is out of date.")]
    [InlineData("not testable: internal.", "is tested by TC-1, but disposed of as not testable.")]
    public void Statement_TestedAgainstItsDisposal_IsProblemAtRow(string disposal, string message) =>
        Problem(Registers.Row(disposal: disposal), "rfc5213-5.3.1-k13").Should().Be("rfc5213/5.3.1.tsv:2: rfc5213-5.3.1-k13 " + message);

    [Fact]
    public void Facet_BesideItsWholeStatement_IsProblem()
    {
        var register = Registers.Of(
            Registers.Row("rfc5213-5.3.1-k2", disposal: "pending"),
            Registers.Row("rfc5213-5.3.1-k2b", disposal: "pending"),
            Registers.Row("rfc5213-5.3.1-k3a", disposal: "pending")
        );

        RegisterAudit
            .Check(register, [])
            .Problems.Should()
            .ContainSingle()
            .Which.Message.Should()
            .Be("rfc5213-5.3.1-k2b is a facet of a statement that is registered as a whole, too.");
    }

    [Fact]
    public void Problems_OfRegister_AreProblemsOfAudit() =>
        Problem(Registers.Row(disposal: "pending", relation: "same:rfc5213-6.7-k1")).Should().Contain("refers to rfc5213-6.7-k1");

    private static string Problem(string row, params IEnumerable<string> tags) =>
        RegisterAudit.Check(Registers.Of(row), [Scenario("TC-1", tags)]).Problems.Should().ContainSingle().Which.ToString();

    private static (string Id, string Path, int Line, IReadOnlyList<StatementId> Statements) Scenario(
        string id,
        params IEnumerable<string> tags
    ) => (id, "lma/registration.feature", 7, [.. tags.Select(tag => new StatementId(tag))]);
}
