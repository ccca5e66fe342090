using Pmip.Wire;

namespace Conformance.Reports.Evidence;

/// <summary>Cuts two different values so that each fits on a line and both show the first difference.</summary>
public static class Excerpt
{
    /// <summary>The maximum length of a shown value, in characters.</summary>
    public const int Longest = 100;

    private const int BeforeTheDifference = 30;
    private const char Cut = '…';

    internal static (string A, string B) Of(string a, string b)
    {
        var (first, second) = (PrintableText.Of(a), PrintableText.Of(b));
        var at = first.AsSpan().CommonPrefixLength(second);
        var from = first.Length <= Longest && second.Length <= Longest ? 0 : Math.Max(0, at - BeforeTheDifference);
        return (From(first, from), From(second, from));
    }

    private static string From(string text, int from)
    {
        var start = from > 0 ? Cut + text[from..] : text;
        return start.Length <= Longest ? start : start[..(Longest - 1)] + Cut;
    }
}
