using Conformance.Mutation;
using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

public sealed class EquivalentsTests
{
    private const string Header = "id\tmutation\treason\n";
    private const string Row = "Roles/Role.cs:M:boundary:1\ta > 1 -> a >= 1\tno such value occurs\n";

    private static readonly IReadOnlyList<Mutant> _mutants = Snippets.Mutants("bool M(int a) => a > 1;");

    [Fact]
    public void ListedMutant_IsEquivalent()
    {
        var read = Equivalents.Read(Header + Row, _mutants);

        _mutants.Where(read.Contains).Select(mutant => mutant.Id).Should().Equal("Roles/Role.cs:M:boundary:1");
        read.ReasonOf(_mutants.Single(read.Contains)).Should().Be("no such value occurs");
    }

    [Theory]
    [InlineData("id\treason\n", "harness/Mutation/equivalents.tsv:1: the columns must be id, mutation, reason.")]
    [InlineData(
        Header + "Gone.cs:M:flag:1\ttrue -> false\twhy\n",
        "harness/Mutation/equivalents.tsv:2: there is no mutant Gone.cs:M:flag:1."
    )]
    [InlineData(
        Header + "Roles/Role.cs:M:boundary:1\ta > 2 -> a >= 2\twhy\n",
        "harness/Mutation/equivalents.tsv:2: the mutant Roles/Role.cs:M:boundary:1 is now another: a > 1 -> a >= 1"
    )]
    [InlineData(Header + Row + Row, "harness/Mutation/equivalents.tsv:3: the mutant Roles/Role.cs:M:boundary:1 is listed twice.")]
    [InlineData(
        Header + "Roles/Role.cs:M:boundary:1\ta > 1 -> a >= 1\t \n",
        "harness/Mutation/equivalents.tsv:2: a row has three columns: id, mutation and reason."
    )]
    public void MistakeInTheList_IsAnError(string text, string message) =>
        FluentActions.Invoking(() => Equivalents.Read(text, _mutants)).Should().Throw<CannotRunException>().WithMessage(message);

    [Fact]
    public void ListOfTheRepository_IsTrue() =>
        Equivalents
            .Read(
                File.ReadAllText(Path.Combine(Repository.Root, Equivalents.File)),
                MutantFinder.Find(ReferenceSources.Load(Repository.Root))
            )
            .Should()
            .NotBeNull();
}
