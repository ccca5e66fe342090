using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Pmip.Wire;

namespace Conformance.Reports.Html;

/// <summary>
/// Collects HTML. The literal parts of an interpolated string are markup. The interpolated values are text and are escaped, so that
/// a packet cannot inject a tag.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _html = new();

    public void Add([InterpolatedStringHandlerArgument("")] EscapingHandler markup)
    {
        _ = markup;
        _html.Append('\n');
    }

    /// <summary>Adds text, which is escaped, without a line end.</summary>
    public void AddText(string text) => _html.Append(EscapingHandler.Escaped(text));

    /// <summary>Adds markup without external text and without a line end.</summary>
    public void AddTag(string markup) => _html.Append(markup);

    /// <summary>Adds markup without external text, and a line end.</summary>
    public void AddLiteral(string markup) => _html.Append(markup).Append('\n');

    public override string ToString() => _html.ToString();

    /// <summary>Appends an interpolated string to its markup and escapes the interpolated values.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct EscapingHandler
    {
        private readonly StringBuilder _html;

        public EscapingHandler(int literalLength, int formattedCount, Markup markup)
        {
            _ = (literalLength, formattedCount);
            _html = markup._html;
        }

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted(string? text) => _html.Append(Escaped(text ?? string.Empty));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        internal static string Escaped(string text) => WebUtility.HtmlEncode(PrintableText.OfLines(text));
    }
}
