using Spectre.Console;
using Spectre.Console.Rendering;

namespace Conformance.Lab;

/// <summary>Renders ladder lines and other content as text with terminal colours.</summary>
internal static class LadderPaint
{
    private static readonly Style _lifeLine = new(Color.Grey);

    /// <summary>Renders a line of the ladder, cut to the width of the terminal.</summary>
    public static string Line(LadderDrawing drawing, LadderLine line, int width, bool colors)
    {
        var row = drawing.Draw(line);
        var text =
            line.Text.Length <= width - row.Length
                ? line.Text
                : string.Concat(line.Text.AsSpan(0, Math.Max(0, width - row.Length - 1)), "…");
        if (!colors)
        {
            return row + text;
        }

        var style = new Style(ColorOf(line.Kind));
        var painted = new Paragraph { Overflow = Overflow.Crop };
        painted.Append(row[..LadderDrawing.TimeWidth]);
        foreach (var part in Parts(row[LadderDrawing.TimeWidth..]))
        {
            painted.Append(part, IsPlain(part[0]) ? _lifeLine : style);
        }

        return Lines(painted.Append(text, style), width, colors)[0];
    }

    /// <summary>Renders something with Spectre.Console and splits the result into lines.</summary>
    public static IReadOnlyList<string> Lines(IRenderable what, int width, bool colors)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = colors ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(written),
            }
        );
        console.Profile.Width = width;
        console.Write(what);
        return written.ToString().TrimEnd('\n').Split('\n');
    }

    private static Color ColorOf(LineKind kind) =>
        kind switch
        {
            LineKind.Signalling => Color.Aqua,
            LineKind.Router => Color.Green,
            LineKind.Error => Color.Red,
            LineKind.Note => Color.Yellow,
            LineKind.Quiet => Color.Grey,
            _ => Color.Default,
        };

    /// <summary>Splits a row into life lines with surrounding spaces, and the parts drawn across them.</summary>
    private static IEnumerable<string> Parts(string row)
    {
        var start = 0;
        for (var at = 1; at <= row.Length; at++)
        {
            if (at == row.Length || IsPlain(row[at]) != IsPlain(row[start]))
            {
                yield return row[start..at];
                start = at;
            }
        }
    }

    private static bool IsPlain(char drawn) => drawn is '│' or ' ';
}
