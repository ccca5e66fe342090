#if !UPSTREAM_PACKAGES
using System.Text;

namespace Reqnroll;

/// <summary>The table under a step. Its first line is the header, also where the lines are pairs of name and value.</summary>
public sealed class DataTable
{
    private readonly string[] header;

    /// <exception cref="ArgumentException">There is no column.</exception>
    public DataTable(params string[] header)
    {
        if (header.Length == 0)
            throw new ArgumentException("A table has at least one column.", nameof(header));
        this.header = header;
        Rows = new DataTableRows();
    }

    public ICollection<string> Header => header;

    /// <summary>The lines below the header.</summary>
    public DataTableRows Rows { get; }

    /// <summary>The number of lines below the header.</summary>
    public int RowCount => Rows.Count;

    /// <exception cref="ArgumentException">The number of cells is not the number of columns.</exception>
    public void AddRow(params string[] cells)
    {
        if (cells.Length != header.Length)
            throw new ArgumentException($"A row of {cells.Length} cells does not fit a table of {header.Length} columns.", nameof(cells));
        Rows.Add(new DataTableRow(this, cells));
    }

    public bool ContainsColumn(string column) => IndexOf(column) >= 0;

    /// <summary>The table as it would stand in a feature file, columns aligned.</summary>
    public override string ToString()
    {
        var lines = Rows.Select(row => row.Values).Prepend(header).ToArray();
        var widths = header.Select((_, column) => lines.Max(line => line.ElementAt(column).Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append('|').AppendJoin('|', line.Select((cell, column) => $" {cell.PadRight(widths[column])} ")).AppendLine("|");
        return text.ToString();
    }

    internal int IndexOf(string column) => Array.IndexOf(header, column);
}
#endif
