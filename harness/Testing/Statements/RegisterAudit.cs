using System.Text.RegularExpressions;

namespace Conformance.Testing.Statements;

/// <summary>The number of statements of a section or an edition in each state. Every statement is in exactly one state.</summary>
/// <param name="Section">The section; empty for the totals of an edition.</param>
/// <param name="Keywords">
/// The number of keywords of the specification that the statements stand for: the facets of a keyword count once, and behaviour
/// without a keyword does not count.
/// </param>
/// <param name="Tested">The statements that at least one scenario names.</param>
/// <param name="Pointer">The statements that other statements cover.</param>
/// <param name="Disposed">The statements that are not testable, with a reason.</param>
/// <param name="Open">The statements that are neither tested nor disposed of; each is a problem.</param>
public sealed record StatementTotals(
    string Edition,
    string Section,
    int Keywords,
    int Statements,
    int Tested,
    int Pointer,
    int Disposed,
    int Pending,
    int Open
);

/// <param name="Sections">The totals of every section, in the order of editions and sections.</param>
/// <param name="Editions">The totals of every edition.</param>
/// <param name="Problems">The problems; empty if scenarios and register agree.</param>
public sealed record AuditResult(
    IReadOnlyList<StatementTotals> Sections,
    IReadOnlyList<StatementTotals> Editions,
    IReadOnlyList<RegisterProblem> Problems
);

/// <summary>Compares the statements of the register with the purposes of the scenarios.</summary>
public static partial class RegisterAudit
{
    /// <param name="scenarios">The id, feature file, line and purpose of every scenario.</param>
    public static AuditResult Check(
        StatementRegister register,
        IEnumerable<(string Id, string Path, int Line, IReadOnlyList<StatementId> Statements)> scenarios
    )
    {
        var problems = new List<RegisterProblem>(register.Problems);
        var testedBy = new Dictionary<StatementId, string>();
        foreach (var (id, path, line, statements) in scenarios)
        {
            foreach (var statement in statements)
            {
                testedBy.TryAdd(statement, id);
                if (register.Find(statement) is null)
                {
                    problems.Add(new RegisterProblem(path, line, $"{id} is tagged {statement}, which is in no register."));
                }
            }
        }

        foreach (var statement in register.Statements)
        {
            if (Disagreement(register, statement, testedBy.GetValueOrDefault(statement.Id)) is { } message)
            {
                problems.Add(new RegisterProblem(statement.File, statement.FileLine, message));
            }
        }

        var editions = register.Statements.GroupBy(statement => statement.Id.Edition);
        var sections = register.Statements.GroupBy(statement => (statement.Id.Edition, statement.Id.Section));
        return new AuditResult(
            [.. sections.Select(group => Totals(group.Key.Edition.Name, group.Key.Section, group, testedBy))],
            [.. editions.Select(group => Totals(group.Key.Name, string.Empty, group, testedBy))],
            problems
        );
    }

    private static string? Disagreement(StatementRegister register, Statement statement, string? scenario)
    {
        // k2a, k2b, ... replace k2.
        if (
            Facet().Match(statement.Id.Value) is { Success: true } facet
            && register.Find(new StatementId(facet.Groups["whole"].Value)) is not null
        )
        {
            return $"{statement.Id} is a facet of a statement that is registered as a whole, too.";
        }

        return statement.Disposal switch
        {
            null when scenario is null => $"{statement.Id} is neither tested nor disposed of.",
            Disposal.Pending when scenario is not null => $"{statement.Id} is tested by {scenario}: 'pending' is out of date.",
            Disposal.NotTestable when scenario is not null => $"{statement.Id} is tested by {scenario}, but disposed of as not testable.",
            _ => null,
        };
    }

    private static StatementTotals Totals(
        string edition,
        string section,
        IEnumerable<Statement> group,
        Dictionary<StatementId, string> testedBy
    )
    {
        var statements = group.ToList();
        var untested = statements.Where(statement => !testedBy.ContainsKey(statement.Id)).ToList();
        return new StatementTotals(
            edition,
            section,
            Keywords: statements
                .Select(statement => Keyword().Match(statement.Id.Value))
                .Where(match => match.Success)
                .Select(match => match.Value)
                .Distinct()
                .Count(),
            Statements: statements.Count,
            Tested: statements.Count - untested.Count,
            Pointer: untested.Count(statement => statement.Disposal is Disposal.Pointer),
            Disposed: untested.Count(statement => statement.Disposal is Disposal.NotTestable),
            Pending: untested.Count(statement => statement.IsPending),
            Open: untested.Count(statement => statement.Disposal is null)
        );
    }

    [GeneratedRegex("^(?<whole>.+-[kd][0-9]+)[a-z]$")]
    private static partial Regex Facet();

    [GeneratedRegex("^.+-k[0-9]+")]
    private static partial Regex Keyword();
}
