using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Conformance.Reports.Html;

/// <summary>
/// Collects HTML. What stands literally in an interpolated string is markup, what is interpolated is text and is
/// escaped: a packet that holds a tag cannot become one.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder html = new();

    public void Add([InterpolatedStringHandlerArgument("")] EscapingHandler markup)
    {
        _ = markup;
        html.Append('\n');
    }

    /// <summary>Adds markup that holds no text from outside, without a line's end.</summary>
    public void AddTag(string markup) => html.Append(markup);

    /// <summary>Adds markup that holds no text from outside.</summary>
    public void AddLiteral(string markup) => html.Append(markup).Append('\n');

    public override string ToString() => html.ToString();

    /// <summary>Appends to the markup it is made for, and escapes what is interpolated.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct EscapingHandler
    {
        private readonly StringBuilder html;

        public EscapingHandler(int literalLength, int formattedCount, Markup markup)
        {
            _ = (literalLength, formattedCount);
            html = markup.html;
        }

        public void AppendLiteral(string markup) => html.Append(markup);

        public void AppendFormatted(string? text) => html.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
