using Conformance.Testing.Session;

namespace Conformance.Mutation;

/// <summary>
/// The order in which mutants are drawn. The mutants of one operator in one file are a stratum: a stratum of n mutants gets a share in
/// proportion to the square root of n, so that neither a long file nor a frequent operator crowds out the others. A mutant's place depends
/// only on the seed, its id and its stratum, so that an edit of the source changes a draw little.
/// </summary>
public static class MutationDraw
{
    public static IReadOnlyList<Mutant> Order(IEnumerable<Mutant> mutants, int seed) =>
        [
            .. mutants
                .GroupBy(mutant => (mutant.File, mutant.Operator))
                .SelectMany(stratum => Places(stratum, seed))
                .OrderBy(drawn => drawn.Place)
                .ThenBy(drawn => drawn.Mutant.Id, StringComparer.Ordinal)
                .Select(drawn => drawn.Mutant),
        ];

    private static IEnumerable<(Mutant Mutant, double Place)> Places(IGrouping<(string File, string Operator), Mutant> stratum, int seed)
    {
        // Without an offset of its own, every stratum would give its first mutant before any gives its second.
        var offset = Seeds.For(seed, $"{stratum.Key.File}:{stratum.Key.Operator}") / (double)int.MaxValue;
        var size = stratum.Count();
        return stratum
            .OrderBy(mutant => Seeds.For(seed, mutant.Id))
            .ThenBy(mutant => mutant.Id, StringComparer.Ordinal)
            .Select((mutant, index) => (mutant, (index + offset) / Math.Sqrt(size)));
    }
}
