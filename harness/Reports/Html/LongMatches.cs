using System.Globalization;
using System.Text;

namespace Conformance.Reports.Html;

/// <summary>
/// Replaces what a text repeats by references, however far back the first time is. The result is a line for each reference, an empty line,
/// and all that is not repeated. A line says how much of that to take first, how far back the repetition is, and how long, as hexadecimal
/// numbers of UTF-16 code units; the repetition does not reach into itself.
/// </summary>
public static class LongMatches
{
    /// <summary>Positions that are multiples of it are remembered, by the hash of as many code units.</summary>
    private const int Block = 16;

    /// <summary>A shorter repetition is left to deflate.</summary>
    private const int Shortest = 32;

    /// <summary>A large odd number.</summary>
    private const uint Base = 0x01000193;

    private static readonly uint _outgoing = Enumerable
        .Repeat(Base, Block - 1)
        .Aggregate(1u, (product, factor) => unchecked(product * factor));

    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (references, rest) = (new StringBuilder(), new StringBuilder());
        var known = new Dictionary<uint, int>();
        var (hash, hashed, remembered, copied) = (0u, -2, 0, 0);
        var at = 0;
        while (at + Block <= text.Length)
        {
            hash = hashed == at - 1 ? Next(hash, text, at) : HashOf(text.AsSpan(at, Block));
            hashed = at;
            for (; remembered + Block <= at; remembered += Block)
            {
                known[HashOf(text.AsSpan(remembered, Block))] = remembered;
            }

            if (!known.TryGetValue(hash, out var before) || Match(text, before, at, copied) is not { Length: >= Shortest } match)
            {
                at++;
                continue;
            }

            references.Append(CultureInfo.InvariantCulture, $"{match.From - copied:x},{match.Back:x},{match.Length:x}\n");
            rest.Append(text, copied, match.From - copied);
            at = copied = match.From + match.Length;
        }

        return references.Append('\n').Append(rest).Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The longest repetition around a block that is equal at both places; null if the blocks only have the same hash.</summary>
    private static (int From, int Back, int Length)? Match(string text, int before, int at, int copied)
    {
        var back = at - before;
        var most = Math.Min(text.Length - at, back);
        var length = text.AsSpan(before, most).CommonPrefixLength(text.AsSpan(at, most));
        if (length < Block)
        {
            return null;
        }

        var from = at;
        while (from > copied && from > back && length < back && text[from - 1] == text[from - 1 - back])
        {
            (from, length) = (from - 1, length + 1);
        }

        return (from, back, length);
    }

    private static uint HashOf(ReadOnlySpan<char> block)
    {
        var hash = 0u;
        foreach (var unit in block)
        {
            hash = unchecked((hash * Base) + unit);
        }

        return hash;
    }

    /// <summary>The hash of the block that begins one code unit later.</summary>
    private static uint Next(uint hash, string text, int at) =>
        unchecked(((hash - (text[at - 1] * _outgoing)) * Base) + text[at + Block - 1]);
}
