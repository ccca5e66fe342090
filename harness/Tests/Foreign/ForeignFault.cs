namespace Conformance.Harness.Tests.Foreign;

/// <summary>A row of <c>harness/Foreign/faults.tsv</c>: a fault of a foreign device, and what the suite must say of it.</summary>
/// <param name="Sections">The sections whose scenarios run against the fault, or the ids of the scenarios.</param>
/// <param name="Statements">
/// The statements that must be found violated; empty if the suite does not see the fault, or sees a breakdown.
/// </param>
/// <param name="BreaksDown">True if the device must be found broken: the word <c>breakdown</c> stands among the statements.</param>
/// <param name="Also">The statements that may be found violated, too; the remark says why.</param>
/// <param name="NeedsOperator">True if the fault shows only where an operator gives commands: to prove.py.</param>
internal sealed record ForeignFault(
    string Role,
    string Name,
    IReadOnlyList<string> Sections,
    IReadOnlyList<string> Statements,
    bool BreaksDown,
    IReadOnlyList<string> Also,
    bool NeedsOperator,
    string Remark
)
{
    private const string Breakdown = "breakdown";
    private const string Header = "role\tfault\tsections\tstatements\talso\tbench\tremark";

    public static IReadOnlyList<ForeignFault> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "Foreign", "faults.tsv"));

    public bool IsSeen => Statements.Count > 0 || BreaksDown;

    private static List<ForeignFault> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        return lines[0] == Header
            ? [.. lines.Skip(1).Select(Row)]
            : throw new InvalidDataException($"{file}: expected the header {Header}");
    }

    private static ForeignFault Row(string line)
    {
        var cells = line.Split('\t');
        var seen = Words(cells[3]);
        return new ForeignFault(
            cells[0],
            cells[1],
            Words(cells[2]),
            [.. seen.Where(word => word != Breakdown)],
            seen.Contains(Breakdown),
            Words(cells[4]),
            cells[5].Length > 0,
            cells[6]
        );
    }

    private static string[] Words(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
