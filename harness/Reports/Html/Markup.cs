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
    private readonly StringBuilder _html = new();

    public void Add([InterpolatedStringHandlerArgument("")] EscapingHandler markup)
    {
        _ = markup;
        _html.Append('\n');
    }

    /// <summary>Adds markup that holds no text from outside, without a line's end.</summary>
    public void AddTag(string markup) => _html.Append(markup);

    /// <summary>Adds markup that holds no text from outside.</summary>
    public void AddLiteral(string markup) => _html.Append(markup).Append('\n');

    public override string ToString() => _html.ToString();

    /// <summary>Appends to the markup it is made for, and escapes what is interpolated.</summary>
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

        public void AppendFormatted(string? text) => _html.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
