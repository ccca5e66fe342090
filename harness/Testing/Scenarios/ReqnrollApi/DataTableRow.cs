#if !UPSTREAM_PACKAGES
using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Reqnroll;

/// <summary>One line of a <see cref="DataTable"/>, its cells by column name or by index from 0.</summary>
public sealed class DataTableRow : IEnumerable<KeyValuePair<string, string>>
{
    private readonly DataTable table;
    private readonly string[] cells;

    internal DataTableRow(DataTable table, string[] cells)
    {
        this.table = table;
        this.cells = cells;
    }

    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public string this[string header] => TryGetValue(header, out var value)
        ? value
        : throw new ArgumentException($"There is no column '{header}', only {string.Join(", ", table.Header.Select(name => $"'{name}'"))}.", nameof(header));

    public string this[int index] => cells[index];

    public int Count => cells.Length;

    public ICollection<string> Keys => table.Header;

    public ICollection<string> Values => cells;

    public bool ContainsKey(string key) => table.ContainsColumn(key);

    public bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
    {
        var index = table.IndexOf(key);
        value = index >= 0 ? cells[index] : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => table.Header.Zip(cells, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
#endif
