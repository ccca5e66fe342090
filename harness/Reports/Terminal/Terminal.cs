using Spectre.Console;
using Spectre.Console.Rendering;

namespace Conformance.Reports;

/// <summary>Where the commands write: results to the console, what keeps them from being carried out to the error stream.</summary>
public sealed class Terminal(IAnsiConsole console, TextWriter error)
{
    /// <summary>What a user types to run the program.</summary>
    public const string Product = "pmip-conformance";

    public IAnsiConsole Console => console;

    /// <summary>True if someone watches: not when output goes to a file or a build's log.</summary>
    public bool IsLive { get; } =
        console.Profile.Out.IsTerminal
        && console.Profile.Capabilities.Ansi
        && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>One line as it is: it is not wrapped, so that a path or command in it can be copied.</summary>
    public void Line(string text = "") => console.Profile.Out.Writer.WriteLine(text);

    public void Heading(string text)
    {
        Line();
        console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
        Line();
    }

    /// <param name="columns">Titles; those that start with <c>#</c> are of numbers, and stand at the right.</param>
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

    /// <summary>A count in a table; zero is a dot, so that the others stand out.</summary>
    public static IRenderable Count(int count, Color? color = null) =>
        count == 0
            ? new Text("·", new Style(Color.Grey))
            : new Text(count.ToString(System.Globalization.CultureInfo.InvariantCulture), new Style(color));

    public void Error(string text) => error.WriteLine(text);
}
