using System.Globalization;
using Conformance.Reports.Html;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>Draws a ladder. The style sheet of the report sets the colours, so that they suit light and dark mode.</summary>
internal static class LadderSvg
{
    private const int Margin = 112;
    private const int Edge = 24;
    private const int HeadHeight = 46;
    private const int BandHeight = 24;
    private const int LineHeight = 15;
    private const int ArrowHeight = 32;
    private const int FoldHeight = 20;
    private const int GapHeight = 30;
    private const int NarrowestColumn = 150;
    private const int WidestColumn = 400;
    private const int DrawnWidth = 1180;

    /// <summary>The approximate character width of the fonts in the style sheet; text that does not fit is cut.</summary>
    private const double CharacterWidth = 6.6;

    /// <summary>A ladder higher than this repeats its column names at the end.</summary>
    private const int LongFrom = 700;

    /// <summary>Separates the number and the time of a packet; plain spaces would collapse.</summary>
    private const char Space = '\u2003';

    public static void Write(Markup html, string scenario, LadderModel ladder)
    {
        var column = Math.Clamp((DrawnWidth - Margin - Edge) / Math.Max(1, ladder.Lanes.Count), NarrowestColumn, WidestColumn);
        var width = Math.Max(640, Margin + (column * ladder.Lanes.Count) + Edge);
        var body = ladder.Rungs.Sum(Height);
        var isLong = body > LongFrom;
        var height = HeadHeight + body + 10 + (isLong ? HeadHeight : 0);
        var arrows = ladder.Rungs.OfType<Rung.Arrow>().ToList();
        html.Add(
            $"""<div class="wide"><svg class="ladder" id="{scenario}-ladder" width="{width}" height="{height}" """
                + $"""viewBox="0 0 {width} {height}" role="group" aria-labelledby="{scenario}-lt {scenario}-ld">"""
        );
        html.Add(
            $"""
            <title id="{scenario}-lt">Messages of {scenario}</title>
            <desc id="{scenario}-ld">Time runs downwards. Columns: {string.Join(
                ", ",
                ladder.Lanes.Select(lane => lane.IsUnderTest ? $"{lane.Name} (under test)" : lane.Name)
            )}. {RunSummary.Plural(arrows.Count, "message")}, {arrows.Count(arrow => arrow.Frame.Tone == "fail")} with a violation.</desc>
            """
        );
        for (var lane = 0; lane < ladder.Lanes.Count; lane++)
        {
            html.Add($"""<path class="line" d="M{X(lane)} {HeadHeight}V{height - (isLong ? HeadHeight : 0)}"/>""");
        }

        Head(0);
        var y = HeadHeight;
        foreach (var rung in ladder.Rungs)
        {
            switch (rung)
            {
                case Rung.Band band:
                    Band(band, y);
                    break;
                case Rung.Arrow arrow:
                    Arrow(arrow, y);
                    break;
                case Rung.Fold fold:
                    html.Add(
                        $"""<a href="#{scenario}-p{fold.Packets[0]}" id="{scenario}-a{fold.Packets[0]}">"""
                            + $"""<text class="fold" x="{Margin + 8}" y="{y + 14}">{Cut(fold.Text, width - Margin - Edge)}</text></a>"""
                    );
                    break;
                case Rung.Gap gap:
                    html.Add(
                        $"""<g class="gap"><path d="M{Margin - 8} {y + 5}H{width - Edge}M{Margin - 8} {y + 25}H{width - Edge}"/>"""
                            + $"""<text x="{Margin + 8}" y="{y + 19}">{Time(gap.Length)} pass</text></g>"""
                    );
                    break;
                case Rung.Event happened:
                    html.Add($"""<text class="event" x="{Margin + 8}" y="{y + 14}">{happened.Text}</text>""");
                    break;
            }

            y += Height(rung);
        }

        if (isLong)
        {
            Head(height - HeadHeight);
        }

        html.AddLiteral("</svg></div>");

        int X(int lane) => Margin + (column / 2) + (lane * column);

        void Head(int top)
        {
            for (var i = 0; i < ladder.Lanes.Count; i++)
            {
                var lane = ladder.Lanes[i];
                var box = column - 14;
                html.Add(
                    $"""<g class="node{(lane.IsUnderTest ? " tested" : string.Empty)}">"""
                        + $"""<rect x="{X(i) - (box / 2)}" y="{top + 3}" width="{box}" height="38" rx="5"/>"""
                        + $"""<text class="name" x="{X(i)}" y="{top + 19}">"""
                        + $"""{Cut(lane.IsUnderTest ? $"{lane.Name} · under test" : lane.Name, box)}</text>"""
                        + $"""<text class="address" x="{X(i)}" y="{top + 34}">{Cut(lane.Address ?? string.Empty, box)}</text></g>"""
                );
            }
        }

        void Band(Rung.Band band, int top)
        {
            var (tone, mark) = band.Outcome switch
            {
                StepOutcome.Passed => ("passed", "✓"),
                StepOutcome.Failed => ("failed", "✗"),
                StepOutcome.Skipped => ("skipped", "–"),
                _ => ("around", string.Empty),
            };
            html.Add($"""<g class="band {tone}"><rect x="0" y="{top + 2}" width="{width}" height="{BandHeight - 4}"/>""");
            if (band.At is { } at)
            {
                html.Add($"""<text class="t" x="{Margin - 14}" y="{top + 16}">{Seconds(at)}</text>""");
            }

            html.Add(
                $"""<text x="{Margin}" y="{top + 16}"><tspan class="mark">{mark}</tspan> """
                    + $"""<tspan class="keyword">{band.Keyword}</tspan> {Cut(band.Text, width - Margin - Edge - 80)}</text>"""
            );
            if (band.Message is { } message)
            {
                html.Add(
                    $"""<text class="message" x="{Margin + 18}" y="{top + BandHeight + 11}">"""
                        + $"""{Cut(FirstLine(message), width - Margin - Edge - 18)}</text>"""
                );
            }

            html.AddLiteral("</g>");
        }

        void Arrow(Rung.Arrow arrow, int top)
        {
            var frame = arrow.Frame;
            var (from, to) = (
                X(arrow.From),
                arrow.To is { } lane
                    ? X(lane)
                    : X(arrow.From) + (arrow.From < ladder.Lanes.Count - 1 || ladder.Lanes.Count == 1 ? column / 2 : -(column / 2))
            );
            var middle = (from + to) / 2;
            var receiver = arrow.To is { } index ? ladder.Lanes[index].Name : "all on the link";
            html.Add(
                $"""<a href="#{scenario}-p{frame.Number}" id="{scenario}-a{frame.Number}" class="{Class(arrow)}" """
                    + $"""transform="translate({middle} {top + 19})">"""
                    + $"""<title>{frame.Number}: {ladder.Lanes[arrow.From].Name} → {receiver} ({frame.Port})</title>"""
                    + $"""<text class="t" x="{Margin - 14 - middle}">{frame.Number} {Seconds(arrow.At)}</text>"""
                    + $"""<path d="{Path(from - middle, to - middle, arrow.To is null)}"/>"""
            );
            Text("h", arrow.Text.Head, -5);
            var below = 12;
            foreach (var (kind, text) in Below(arrow))
            {
                Text(kind, text, below);
                below += LineHeight;
            }

            html.AddLiteral("</a>");

            void Text(string kind, string text, int at)
            {
                // Text that is longer than its arrow is centred on the arrow, but kept inside the drawing.
                var shown = Cut(text, width - Margin - 8);
                var half = (int)(shown.Length * CharacterWidth / 2);
                var x = Math.Clamp(middle, Math.Min(Margin + half, width / 2), Math.Max(width - 4 - half, width / 2)) - middle;
                html.Add($"""<text class="{kind}" x="{x}" y="{at}">{shown}</text>""");
            }
        }
    }

    private static int Height(Rung rung) =>
        rung switch
        {
            Rung.Band { Message: null } => BandHeight,
            Rung.Band => BandHeight + LineHeight + 2,
            Rung.Arrow arrow => ArrowHeight + Math.Max(0, (LineHeight * Below(arrow).Count()) - 6),
            Rung.Gap => GapHeight,
            _ => FoldHeight,
        };

    private static string Class(Rung.Arrow arrow)
    {
        var kind = arrow.Text.Kind switch
        {
            MessageKind.Mobility => "mobility",
            MessageKind.Router => "router",
            MessageKind.Data => arrow.Frame.Stack.Ip?.Inner is null ? "data" : "data tunnel",
            MessageKind.Error => "error",
            _ => "quiet",
        };
        return arrow.Frame.Tone.Length == 0 ? kind : $"{kind} {arrow.Frame.Tone}";
    }

    /// <summary>The lines below an arrow, each with its class.</summary>
    private static IEnumerable<(string Kind, string Text)> Below(Rung.Arrow arrow) =>
        Detail(arrow) is { Length: > 0 } detail
            ? Marks(arrow.Frame).Select(mark => ("k", mark)).Prepend(("d", detail))
            : Marks(arrow.Frame).Select(mark => ("k", mark));

    private static string Detail(Rung.Arrow arrow) =>
        string.Join("; ", new[] { arrow.Text.Detail, arrow.Note }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The findings about the packet: one line for the violated statements, and one for the kept statements.</summary>
    private static IEnumerable<string> Marks(LadderFrame frame)
    {
        var violated = frame.Findings.Where(finding => !finding.Ok).Select(finding => finding.Statement.Value).Distinct().ToList();
        var kept = frame.Findings.Where(finding => finding.Ok).Select(finding => finding.Statement.Value).Distinct().ToList();
        if (violated.Count > 0)
        {
            yield return $"✗ {Some(violated)} violated";
        }

        if (kept.Count > 0)
        {
            yield return $"✓ {Some(kept)}";
        }

        static string Some(List<string> statements) =>
            statements.Count <= 3
                ? string.Join(", ", statements)
                : $"{string.Join(", ", statements.Take(2))} and {(statements.Count - 2).ToString(CultureInfo.InvariantCulture)} more";
    }

    /// <summary>A line with an arrowhead. A line to all nodes on the link ends in a bar; a line to the sender itself is a loop.</summary>
    private static string Path(int from, int to, bool toAll) =>
        (from, to) switch
        {
            _ when from == to => string.Create(CultureInfo.InvariantCulture, $"M{from} 0h34v7H{from}m7-4l-7 4l7 4"),
            _ when toAll => string.Create(CultureInfo.InvariantCulture, $"M{from} 0H{to}m0-5v10"),
            _ when from < to => string.Create(CultureInfo.InvariantCulture, $"M{from} 0H{to}m-8-4l8 4l-8 4"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{from} 0H{to}m8-4l-8 4l8 4"),
        };

    private static string Cut(string text, double width)
    {
        var most = Math.Max(4, (int)(width / CharacterWidth));
        return text.Length <= most ? text : $"{text[..(most - 1)]}…";
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) =>
        time.TotalSeconds < 0.9995
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
