using Pmip.Wire;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Conformance.Reports;

/// <summary>The output of the commands: results go to the console, errors to the error stream.</summary>
/// <param name="input">What the person at the terminal types; null if nobody is there.</param>
public sealed class Terminal(IAnsiConsole console, TextWriter error, TextReader? input = null)
{
    /// <summary>The name that a user types to run the program.</summary>
    public const string Product = "pmip-conformance";

    /// <summary>The width of the labels of fields, in characters.</summary>
    public const int LabelWidth = 12;

    public IAnsiConsole Console => console;

    /// <summary>What the person at the terminal types; null if nobody is there.</summary>
    public TextReader? Input => input;

    /// <summary>True if the output is interactive: false if it goes to a file or a CI log.</summary>
    public bool IsLive { get; } =
        console.Profile.Out.IsTerminal
        && console.Profile.Capabilities.Ansi
        && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a line without wrapping, so that paths and commands in it can be copied.</summary>
    /// <param name="text">One or several lines. Characters that a terminal would execute are escaped.</param>
    public void Line(string text = "") => console.Profile.Out.Writer.WriteLine(PrintableText.OfLines(text));

    /// <summary>Writes a text with a label before it. On a terminal, the text is wrapped beside the label.</summary>
    public void Field(string label, string text)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            Line($"{label.PadRight(LabelWidth)} {text}");
            return;
        }

        var grid = new Grid { Expand = false }
            .AddColumn(
                new GridColumn
                {
                    Width = LabelWidth,
                    NoWrap = true,
                    Padding = new Padding(0, 0, 1, 0),
                }
            )
            .AddColumn(new GridColumn { Padding = new Padding(0) });
        console.Write(grid.AddRow(new Text(label), new Text(PrintableText.Of(text))));
    }

    public void Heading(string text)
    {
        Line();
        console.Write(new Text(PrintableText.Of(text), new Style(decoration: Decoration.Bold)));
        Line();
    }

    /// <param name="columns">Column titles; columns whose title starts with <c>#</c> hold numbers and are right-aligned.</param>
    public static Table Table(params IEnumerable<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in columns)
        {
            var column = new TableColumn(new Text(title.TrimStart('#'))) { NoWrap = title.StartsWith('#') };
            table.AddColumn(title.StartsWith('#') ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>A count in a table. Zero is shown as a dot, so that the other counts stand out.</summary>
    public static IRenderable Count(int count, Color? color = null) =>
        count == 0
            ? new Text("·", new Style(Color.Grey))
            : new Text(count.ToString(System.Globalization.CultureInfo.InvariantCulture), new Style(color));

    public void Error(string text) => error.WriteLine(PrintableText.OfLines(text));
}
