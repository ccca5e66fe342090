namespace Conformance.Reports.Evidence;

/// <summary>The part in which two sequences differ: the elements before and after it are equal.</summary>
/// <param name="Start">Position of the first difference, from 0.</param>
/// <param name="InA">How many elements of A lie between the common beginning and the common end.</param>
/// <param name="InB">How many elements of B lie between the common beginning and the common end.</param>
internal readonly record struct Stretch(int Start, int InA, int InB)
{
    public bool IsEmpty => InA == 0 && InB == 0;

    /// <summary>How many elements of the stretch have a counterpart in the other sequence.</summary>
    public int Pairs => Math.Min(InA, InB);

    public static Stretch Between<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, T, bool> same)
    {
        var shorter = Math.Min(a.Count, b.Count);
        var start = 0;
        while (start < shorter && same(a[start], b[start]))
        {
            start++;
        }

        var end = 0;
        while (end < shorter - start && same(a[a.Count - 1 - end], b[b.Count - 1 - end]))
        {
            end++;
        }

        return new Stretch(start, a.Count - start - end, b.Count - start - end);
    }

    /// <summary>Describes the first difference of two sequences; yields nothing if they are equal.</summary>
    /// <param name="noun">The noun for an element.</param>
    /// <param name="text">Describes an element.</param>
    public static IEnumerable<EvidenceDifference> Differences<T>(
        string what,
        string noun,
        IReadOnlyList<T> a,
        IReadOnlyList<T> b,
        Func<T, T, bool> same,
        Func<T, string> text
    )
    {
        var stretch = Between(a, b, same);
        if (stretch.IsEmpty)
        {
            yield break;
        }

        const string Nothing = "absent";
        var (inA, inB) = Excerpt.Of(stretch.InA > 0 ? text(a[stretch.Start]) : Nothing, stretch.InB > 0 ? text(b[stretch.Start]) : Nothing);
        var unlike = Enumerable.Range(stretch.Start, stretch.Pairs).Count(i => !same(a[i], b[i]));
        var extent =
            a.Count == b.Count
                ? $"{unlike} of {RunSummary.Plural(a.Count, noun)}"
                : $"{RunSummary.Plural(a.Count, noun)} in A, {b.Count} in B";
        yield return new EvidenceDifference(what, $"{noun} {stretch.Start + 1}", inA, inB, extent);
    }
}
