using Conformance.Mutation;
using FluentAssertions;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

public sealed class MutationDrawTests
{
    private static readonly List<Mutant> _mutants =
    [
        .. Of("Long.cs", "flag", 100),
        .. Of("Short.cs", "flag", 4),
        .. Of("Short.cs", "key", 1),
    ];

    [Fact]
    public void SameSeed_DrawsTheSame()
    {
        MutationDraw.Order(_mutants, 1).Should().Equal(MutationDraw.Order(_mutants.AsEnumerable().Reverse(), 1));
        MutationDraw.Order(_mutants, 2).Should().NotEqual(MutationDraw.Order(_mutants, 1));
    }

    [Fact]
    public void Draw_HasEveryMutantOnce() => MutationDraw.Order(_mutants, 1).Should().BeEquivalentTo(_mutants);

    /// <summary>Of 100 and 4 mutants, 10 are drawn for 2.</summary>
    [Fact]
    public void LongFile_DoesNotCrowdOutAShortOne()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var first = MutationDraw.Order(_mutants, seed).Take(13).Where(mutant => mutant.Operator == "flag").ToList();

            first.Count(mutant => mutant.File == "Short.cs").Should().BeInRange(1, 3);
        }
    }

    /// <summary>Otherwise every draw would begin with one mutant of each stratum.</summary>
    [Fact]
    public void SmallStratum_IsNotAlwaysDrawnFirst() =>
        Enumerable
            .Range(1, 20)
            .Count(seed => MutationDraw.Order(_mutants, seed).Take(5).Any(mutant => mutant.Operator == "key"))
            .Should()
            .BeLessThan(20);

    private static IEnumerable<Mutant> Of(string file, string kind, int count) =>
        Enumerable
            .Range(1, count)
            .Select(number => new Mutant($"{file}:M:{kind}:{number}", file, number, kind, new TextSpan(0, 0), "a", "b", "b"));
}
