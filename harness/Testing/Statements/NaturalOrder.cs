namespace Conformance.Testing.Statements;

/// <summary>Orders texts in natural order: <c>5.3.2</c> before <c>5.3.10</c>, <c>k9</c> before <c>k13</c>.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    int IComparer<string>.Compare(string? x, string? y) => Compare(x ?? string.Empty, y ?? string.Empty);

    public static int Compare(string x, string y)
    {
        int i = 0,
            j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var left = TakeNumber(x, ref i);
                var right = TakeNumber(y, ref j);
                var byNumber =
                    left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.CompareTo(right, StringComparison.Ordinal);
                if (byNumber != 0)
                {
                    return byNumber;
                }
            }
            else if (x[i] != y[j])
            {
                return x[i].CompareTo(y[j]);
            }
            else
            {
                i++;
                j++;
            }
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static ReadOnlySpan<char> TakeNumber(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
