using System.Globalization;
using System.Text;

namespace Pmip.Wire;

/// <summary>
/// Text that may come from a packet, as it can be shown: a terminal must not execute it, and its order and extent must be visible.
/// </summary>
public static class PrintableText
{
    /// <summary>
    /// Replaces control characters, line breaks, marks of direction, other invisible characters and surrogates by their numbers:
    /// <c>\u001b</c>.
    /// </summary>
    public static string Of(string text) => Of(text, isLine: true);

    /// <summary>As <see cref="Of(string)"/>, but keeps line feeds and tabs, for text that is more than one line.</summary>
    public static string OfLines(string text) => Of(text, isLine: false);

    private static string Of(string text, bool isLine)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Most texts are ASCII, which needs no look at the categories.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.Any(character => IsHidden(character, isLine)))
        {
            return text;
        }

        var printable = new StringBuilder();
        foreach (var character in text)
        {
            _ = IsHidden(character, isLine)
                ? printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : printable.Append(character);
        }

        return printable.ToString();
    }

    private static bool IsHidden(char character, bool isLine) =>
        (isLine || character is not ('\n' or '\t'))
        && char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
