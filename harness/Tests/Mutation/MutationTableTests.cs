using Conformance.Mutation;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

public sealed class MutationTableTests
{
    private static readonly Mutant _mutant = Snippets.Mutants("bool M(int a) => a > 1;")[0];

    private static readonly MutantResult[] _results =
    [
        Of(MutantOutcome.Killed),
        Of(MutantOutcome.Breakdown),
        Of(MutantOutcome.TimedOut),
        Of(MutantOutcome.Crash),
        Of(MutantOutcome.Noticed),
        Of(MutantOutcome.Survived),
        Of(MutantOutcome.Equivalent),
    ];

    /// <summary>A breakdown and a time-out are kills, what is only noticed is none, and an equivalent counts nowhere.</summary>
    [Fact]
    public void Summary_CountsTheKilledAmongTheNonEquivalent() =>
        MutationTable
            .Summary(_results)
            .Should()
            .Be(
                "killed/non-equivalent: 3/6 (50 %): 1 by a finding, 1 broken down, 1 timed out; "
                    + "not killed: 1 crashed, 1 noticed, 1 survived; 1 equivalent"
            );

    [Fact]
    public void Tsv_HasOneLineForEachMutant_WhateverIsInItsTexts()
    {
        var lines = MutationTable.Tsv(_results).TrimEnd('\n').Split('\n');

        lines.Should().HaveCount(_results.Length + 1).And.OnlyContain(line => line.Split('\t').Length == 9);
        lines[1]
            .Should()
            .Be($"{_mutant.Id}\treference/Protocol/Roles/Role.cs:4\t{_mutant.Operator}\ta > 1\ta <= 1\tkilled\tTC-1\tk1\tsaw a b");
    }

    [Fact]
    public void Text_ListsWhatWasNotKilled() =>
        MutationTable
            .Text(_results)
            .Split('\n')
            .Where(line => line.StartsWith("reference/", StringComparison.Ordinal))
            .Select(line => line.Split(": ")[1])
            .Should()
            .Equal("crash", "noticed", "survived");

    private static MutantResult Of(MutantOutcome outcome) => new(_mutant, new Observed(outcome, "TC-1", "k1", "saw a\tb"));
}
