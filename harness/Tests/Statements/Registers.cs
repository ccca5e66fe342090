using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Statements;

/// <summary>Small made-up registers.</summary>
internal static class Registers
{
    public const string Header = "id\titem\tline\thash\tlevel\troles\ttest\tobserved\trelation\tdisposal\tparaphrase";

    /// <summary>A row in which all cells are valid except those given.</summary>
    public static string Row(
        string id = "rfc5213-5.3.1-k13",
        string item = "11",
        string line = "42",
        string hash = "0123456789ab",
        string level = "MUST",
        string roles = "LMA",
        string test = "W",
        string observed = "status",
        string relation = "",
        string disposal = "",
        string paraphrase = "A PBU without HI is answered with status 161."
    ) => string.Join('\t', id, item, line, hash, level, roles, test, observed, relation, disposal, paraphrase);

    /// <summary>Loads a register with the given rows, each in the file that its id belongs to.</summary>
    public static StatementRegister Of(params IEnumerable<string> rows)
    {
        using var directory = new TemporaryDirectory();
        foreach (var section in rows.GroupBy(row => SectionOf(new StatementId(row.Split('\t')[0]))))
        {
            directory.File($"{section.Key.Edition}/{section.Key.Section}.tsv", string.Join('\n', [Header, .. section]));
        }

        return StatementRegister.Load(directory.Path);
    }

    private static (string Edition, string Section) SectionOf(StatementId id) => (id.Edition.Name, id.Section);
}
