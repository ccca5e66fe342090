using System.Text.RegularExpressions;
using Ast = Gherkin.Ast;

namespace Conformance.Testing.Scenarios;

/// <summary>One row of the examples of a scenario outline: the values of its placeholders.</summary>
internal sealed partial class OutlineRow
{
    public const string IdColumn = "id";

    private readonly KeyValuePair<string, string>[] _values;

    private OutlineRow(int line, KeyValuePair<string, string>[] values)
    {
        Line = line;
        _values = values;
    }

    /// <summary>The row of a scenario that is not an outline; it replaces nothing.</summary>
    public static OutlineRow None { get; } = new(0, []);

    public int Line { get; }

    public IEnumerable<string> Columns => _values.Select(value => value.Key);

    /// <summary>The suffix of the row's id; null if the examples have no column 'id'.</summary>
    public string? Id => Find(IdColumn);

    public static IEnumerable<OutlineRow> Of(Ast.Examples examples) =>
        from row in examples.TableBody ?? []
        let values = examples.TableHeader.Cells.Zip(row.Cells, (column, cell) => KeyValuePair.Create(column.Value, cell.Value))
        select new OutlineRow(row.Location.Line, [.. values]);

    /// <summary>Replaces placeholders in one pass, so that a value that looks like a placeholder is not replaced.</summary>
    public string Fill(string text) =>
        _values.Length == 0 ? text : Placeholder().Replace(text, match => Find(match.Groups["column"].Value) ?? match.Value);

    /// <summary>The title of the outline, followed by the values for which the title has no placeholder.</summary>
    public string TitleOf(string outline)
    {
        var shown = Placeholder().Matches(outline).Select(match => match.Groups["column"].Value).Append(IdColumn);
        var rest = _values.ExceptBy(shown, value => value.Key).Select(value => $"{value.Key} = {value.Value}").ToArray();
        return Fill(outline) + (rest.Length == 0 ? "" : $" ({string.Join(", ", rest)})");
    }

    [GeneratedRegex("<(?<column>[^<>\\s](?:[^<>]*[^<>\\s])?)>")]
    internal static partial Regex Placeholder();

    private string? Find(string column) => _values.Where(value => value.Key == column).Select(value => value.Value).FirstOrDefault();
}
