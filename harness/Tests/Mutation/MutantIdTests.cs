using Conformance.Mutation;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

/// <summary>The id of a mutant survives edits of other members, so that a list of ids does.</summary>
public sealed class MutantIdTests
{
    private const string Member = "bool M(int a) => a > 1 && a < 5;";

    [Fact]
    public void Id_NamesFileMemberOperatorAndNumber() =>
        Snippets
            .Mutants(Member)
            .Where(mutant => mutant.Operator == "boundary")
            .Select(mutant => (mutant.Id, mutant.Mutation))
            .Should()
            .Equal(("Roles/Role.cs:M:boundary:1", "a > 1 -> a >= 1"), ("Roles/Role.cs:M:boundary:2", "a < 5 -> a <= 5"));

    [Fact]
    public void Id_IsTheSame_IfAnotherMemberChanges()
    {
        var before = Snippets.Mutants(Member);
        var after = Snippets.Mutants($"bool Other(int b) => b > 2 && b < 6 && b < 7;\n\n{Member}");

        after
            .Where(mutant => mutant.Id.Contains(":M:", StringComparison.Ordinal))
            .Select(mutant => (mutant.Id, mutant.Mutation))
            .Should()
            .Equal(before.Select(mutant => (mutant.Id, mutant.Mutation)));
    }

    [Fact]
    public void OverloadsAndNestedTypes_AreToldApart() =>
        Snippets
            .Mutants("int M(int a) => 1; int M(bool a) => 1; sealed class Inner { int M() => 1; }")
            .Select(mutant => mutant.Id)
            .Should()
            .OnlyHaveUniqueItems()
            .And.Contain(["Roles/Role.cs:M(int):constant:1", "Roles/Role.cs:M(bool):constant:1", "Roles/Role.cs:Inner.M:constant:1"]);

    [Fact]
    public void IdsOfTheReference_AreUnique()
    {
        var mutants = MutantFinder.Find(ReferenceSources.Load(Repository.Root));

        mutants.Select(mutant => mutant.Id).Should().OnlyHaveUniqueItems();
        mutants.Select(mutant => mutant.Operator).Distinct().Should().BeEquivalentTo(MutationOperator.All.Select(kind => kind.Name));
    }
}
