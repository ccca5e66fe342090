using System.Text;
using System.Text.RegularExpressions;

namespace Conformance.Cli;

/// <summary>
/// Finds the normative sentences in the text of a specification, so that the register can be compared with the specification.
/// </summary>
public static partial class SpecificationExtractor
{
    /// <summary>Every keyword in the order of the text, except in the paragraph that explains the keywords.</summary>
    /// <param name="text">The plain text published by the IETF, or a conversion with one paragraph per line.</param>
    public static IReadOnlyList<NormativeSentence> Extract(string text)
    {
        var found = new List<NormativeSentence>();
        var ordinals = new Dictionary<string, int>();
        foreach (var paragraph in SpecificationLayout.Read(text))
        {
            if (Explanation().IsMatch(string.Join(' ', paragraph.Lines.Select(line => line.Text))))
            {
                continue;
            }

            var joined = new JoinedText(paragraph.Lines);
            foreach (var (start, end) in Sentences(joined.Text))
            {
                var sentence = joined.Text[start..end];
                foreach (Match keyword in Keyword().Matches(sentence))
                {
                    ordinals[paragraph.Section] = ordinals.GetValueOrDefault(paragraph.Section) + 1;
                    found.Add(
                        new NormativeSentence(
                            paragraph.Section,
                            ordinals[paragraph.Section],
                            SingleSpaced(keyword.Value),
                            joined.LineAt(start + keyword.Index),
                            Bullets().Replace(SingleSpaced(sentence.Trim()), string.Empty)
                        )
                    );
                }
            }
        }

        return found;
    }

    private static IEnumerable<(int Start, int End)> Sentences(string text)
    {
        var start = 0;
        foreach (Match end in EndOfSentence().Matches(text))
        {
            var before = text[..(end.Index + 1)];
            if (!Abbreviation().IsMatch(before) || Acronym().IsMatch(before))
            {
                yield return (start, end.Index + end.Length);
                start = end.Index + end.Length;
            }
        }

        yield return (start, text.Length);
    }

    private static string SingleSpaced(string text) => WhiteSpace().Replace(text, " ");

    /// <summary>A keyword in capitals, neither in quotation marks nor part of a word.</summary>
    [GeneratedRegex(
        @"(?<![A-Za-z_""'])(MUST\s+NOT|MUST|SHALL\s+NOT|SHALL|SHOULD\s+NOT|SHOULD|NOT\s+RECOMMENDED|RECOMMENDED|"
            + @"MAY\s+NOT|MAY|REQUIRED|OPTIONAL)(?![A-Za-z_""'])"
    )]
    internal static partial Regex Keyword();

    [GeneratedRegex(@"key\s?words?\s+""?(\*\*)?MUST", RegexOptions.IgnoreCase)]
    private static partial Regex Explanation();

    [GeneratedRegex(@"[.!?][""')\]]*\s+(?=[A-Z0-9(""\[*<])")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"(\b(e\.g|i\.e|vs|cf|ex|Fig|No|al|Sec|approx)|\b[A-Z])\.$")]
    private static partial Regex Abbreviation();

    /// <summary>Words that look like abbreviations but may end a sentence.</summary>
    [GeneratedRegex(@"\b(IP|DF|NAT|MN|LMA|MAG|HA|CN|BID|CoA|MTU)\.$")]
    private static partial Regex Acronym();

    [GeneratedRegex(@"^([o*\-+]\s+)+")]
    private static partial Regex Bullets();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("[A-Za-z]-$")]
    private static partial Regex CutWord();

    /// <summary>The lines of a paragraph as one text; words that are split at a hyphen are joined.</summary>
    private sealed class JoinedText
    {
        private readonly List<(int Offset, int Line)> _starts = [];

        public JoinedText(IReadOnlyList<TextLine> lines)
        {
            var text = new StringBuilder();
            for (var i = 0; i < lines.Count; i++)
            {
                if (i > 0 && !CutWord().IsMatch(lines[i - 1].Text.Trim()))
                {
                    text.Append(' ');
                }

                _starts.Add((text.Length, lines[i].Number));
                text.Append(lines[i].Text.Trim());
            }

            Text = text.ToString();
        }

        public string Text { get; }

        public int LineAt(int offset) => _starts.Last(start => start.Offset <= offset).Line;
    }
}
