using System.Text.RegularExpressions;

namespace Conformance.Cli;

/// <summary>A line of text of a paragraph.</summary>
/// <param name="Number">The line number in the original file, from 1.</param>
internal readonly record struct TextLine(string Text, int Number);

/// <summary>A paragraph, list item or figure, and the innermost section that contains it.</summary>
internal sealed record Paragraph(string Section, IReadOnlyList<TextLine> Lines);

/// <summary>
/// Finds sections and paragraphs in the text of a specification. It supports two layouts: the paged layout of RFCs and
/// Internet-Drafts (headings in the first column, headers and footers on every page), and a conversion with one paragraph per line
/// and Markdown emphasis.
/// </summary>
internal sealed partial class SpecificationLayout
{
    public const string FrontMatter = "-";

    /// <summary>Longer lines occur only in the layout with one paragraph per line.</summary>
    private const int LongestPagedLine = 120;

    /// <summary>A line that is shorter than this was not cut by a page break: it is a title or caption.</summary>
    private const int ShortestCutLine = 60;

    private readonly List<Paragraph> _paragraphs = [];
    private readonly List<TextLine> _open = [];
    private readonly bool _isMarkdown;
    private readonly SpecificationHeadings _headings;
    private string _section = FrontMatter;
    private bool _inCode;

    /// <summary>True if a page break came after the last line of text.</summary>
    private bool _pageBreak;

    /// <summary>The line of a heading that may continue on the next line; 0 if there is none.</summary>
    private int _headingLine;

    private bool _blank = true;

    private SpecificationLayout(bool isMarkdown) => (_isMarkdown, _headings) = (isMarkdown, new SpecificationHeadings(isMarkdown));

    public static IReadOnlyList<Paragraph> Read(string text)
    {
        // string.ReplaceLineEndings is not used because it replaces form feeds, which end a page here.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var layout = new SpecificationLayout(isMarkdown: lines.Any(line => line.Length > LongestPagedLine));
        for (var i = 0; i < lines.Length; i++)
        {
            layout.Add(lines[i], i + 1);
        }

        layout.CloseParagraph();
        return layout._paragraphs;
    }

    private void Add(string raw, int lineNumber)
    {
        _pageBreak |= raw.Contains('\f', StringComparison.Ordinal);
        var line = raw.Replace("\f", string.Empty, StringComparison.Ordinal).TrimEnd();
        if (_isMarkdown && line.TrimStart().StartsWith("```", StringComparison.Ordinal))
        {
            CloseParagraph();
            _inCode = !_inCode;
            _blank = true;
            return;
        }

        if (!_isMarkdown && (PageFooter().IsMatch(line) || PageHeader().IsMatch(line)))
        {
            _pageBreak = true;
            return;
        }

        if (line.Length == 0)
        {
            _headingLine = 0;
            _blank = true;
            return;
        }

        if (_isMarkdown)
        {
            line = WithoutMarkdown(line);
        }

        var afterBlank = _blank;
        _blank = false;
        if (!_inCode && _headings.Read(line) is { } heading)
        {
            CloseParagraph();
            _section = heading;
            _headingLine = lineNumber;
            _pageBreak = false;
            return;
        }

        if (!_isMarkdown && !_pageBreak && _headingLine == lineNumber - 1 && line[0] == ' ')
        {
            _headingLine = lineNumber;
            return;
        }

        _headingLine = 0;
        if (_open.Count > 0 && StartsParagraph(line, afterBlank))
        {
            CloseParagraph();
        }

        _open.Add(new TextLine(line, lineNumber));
        _pageBreak = false;
    }

    private void CloseParagraph()
    {
        if (_open.Count > 0)
        {
            _paragraphs.Add(new Paragraph(_section, [.. _open]));
            _open.Clear();
        }
    }

    /// <summary>True if a line begins a new paragraph; false if it continues the open one, also across a page break.</summary>
    private bool StartsParagraph(string line, bool afterBlank)
    {
        var (first, last) = (_open[0].Text, _open[^1].Text);
        if (IsDrawn(line) || last.Contains("/*", StringComparison.Ordinal))
        {
            return true;
        }

        var ended = EndOfSentence().IsMatch(last) || FigureCaption().IsMatch(first);
        if (
            ListItem().IsMatch(line)
            && (afterBlank || ended || ListItem().IsMatch(first))
            && last.Count(c => c == '(') <= last.Count(c => c == ')')
        )
        {
            return true;
        }

        return (afterBlank, _isMarkdown) switch
        {
            (true, true) => ended || _inCode || last.Length < ShortestCutLine || FigureNumber().IsMatch(line.TrimStart()),
            (true, false) => !_pageBreak || ended,
            (false, _) => _inCode,
        };
    }

    private static bool IsDrawn(string line) =>
        line.Contains("/*", StringComparison.Ordinal)
        || line.Contains("+-+", StringComparison.Ordinal)
        || line.Contains("+=", StringComparison.Ordinal);

    /// <summary>Replaces links by their text and removes emphasis. Columns are not preserved.</summary>
    private static string WithoutMarkdown(string line)
    {
        // Twice, for a link inside the text of a link.
        for (var i = 0; i < 2; i++)
        {
            line = Link()
                .Replace(
                    line,
                    link =>
                        link.Groups["text"]
                            .Value.Replace("\\[", "[", StringComparison.Ordinal)
                            .Replace("\\]", "]", StringComparison.Ordinal)
                );
        }

        return line.Replace("**", string.Empty, StringComparison.Ordinal).Replace("\\*", "*", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\S.*\[Page\s+[0-9ivx]+\]\s*$")]
    private static partial Regex PageFooter();

    [GeneratedRegex(@"^(RFC\s+\d+|Internet-Draft)\s.*\b(19|20)\d\d\s*$")]
    private static partial Regex PageHeader();

    [GeneratedRegex(@"^\s*([o*\-+•]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z][.)]\s+)\S")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"[.:;!?][""')\]]*$")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"^\s*Figure \d+:")]
    private static partial Regex FigureCaption();

    [GeneratedRegex(@"^Figure \d")]
    private static partial Regex FigureNumber();

    [GeneratedRegex(@"\[(?<text>(\\[\[\]]|[^\[\]])*)\]\((#|https?:[^)]*)\)")]
    private static partial Regex Link();
}
