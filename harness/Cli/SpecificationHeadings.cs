using System.Text.RegularExpressions;

namespace Conformance.Cli;

/// <summary>Finds the headings in the text of a specification, line by line.</summary>
internal sealed partial class SpecificationHeadings(bool isMarkdown)
{
    /// <summary>The title of a heading is shorter than this.</summary>
    private const int LongestTitle = 90;

    private int[]? _number;
    private bool _inAppendix;

    /// <summary>
    /// The number of the section that a line begins; null if the line does not begin a section. A number counts only if it may
    /// follow the previous number. This excludes numbered list items, postal addresses and the table of contents.
    /// </summary>
    public string? Read(string line)
    {
        if (TableOfContents().IsMatch(line))
        {
            return null;
        }

        var heading = Heading().Match(isMarkdown ? HeadingMarks().Replace(line, string.Empty) : line);
        if (heading.Success && !_inAppendix)
        {
            var (text, title) = (heading.Groups["number"].Value, heading.Groups["title"].Value);
            int[] candidate = [.. text.Split('.').Select(part => int.TryParse(part, out var value) ? value : -1)];
            if (
                (heading.Groups["dot"].Length > 0 || candidate.Length > 1)
                && MayFollow(_number, candidate)
                && title.Length < LongestTitle
                && !SpecificationExtractor.Keyword().IsMatch(title)
            )
            {
                _number = candidate;
                return text;
            }
        }

        var appendix = Appendix().Match(line);
        if (appendix.Success && _number is not null && (_inAppendix || appendix.Groups["letter"].Value.StartsWith('A')))
        {
            _inAppendix = true;
            return appendix.Groups["letter"].Value;
        }

        return null;
    }

    /// <summary>After 5.3.1 come 5.3.1.1, 5.3.2, 5.4 and 6.</summary>
    private static bool MayFollow(int[]? previous, int[] candidate)
    {
        if (previous is null)
        {
            return candidate is [1];
        }

        for (var depth = 0; depth < previous.Length; depth++)
        {
            int[] sibling = [.. previous[..depth], previous[depth] + 1];
            if (candidate.AsSpan().SequenceEqual(sibling))
            {
                return true;
            }
        }

        return candidate.AsSpan().SequenceEqual([.. previous, 1]);
    }

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)*)(?<dot>\.?)[ \t]+(?<title>\S.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^#+\s*")]
    private static partial Regex HeadingMarks();

    [GeneratedRegex(@"^Appendix\s+(?<letter>[A-Z](\.\d+)*)\.?\s*")]
    private static partial Regex Appendix();

    [GeneratedRegex(@"(\.\s?){4,}\s*\d+\s*$|\t\d+\s*$")]
    private static partial Regex TableOfContents();
}
