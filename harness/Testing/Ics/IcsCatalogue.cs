using System.Text.Json;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>
/// All ICS items, read from one file per edition in <c>features/ics</c>; the format is defined by <c>ics.schema.json</c> there.
/// </summary>
public sealed class IcsCatalogue
{
    private IcsCatalogue(IReadOnlyList<IcsItem> items, IReadOnlyList<RegisterProblem> problems)
    {
        Items = items;
        Problems = problems;
    }

    public static IcsCatalogue Empty { get; } = new([], []);

    public IReadOnlyList<IcsItem> Items { get; }

    public IReadOnlyList<RegisterProblem> Problems { get; }

    /// <summary>Reads every file of the directory. A fault becomes a problem that names the file, and the item if there is one.</summary>
    public static IcsCatalogue Load(string directory, StatementRegister register)
    {
        var reader = new JsonRegisterReader(directory, "items");
        var items = reader.Read((json, problem) => ReadItem(json, register, problem)).ToList();
        var ids = items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var problems = reader.Problems.ToList();
        problems.AddRange(
            items
                .GroupBy(item => item.Id)
                .Where(group => group.Count() > 1)
                .Select(group => new RegisterProblem("ics", 0, $"the item {group.Key} is listed twice"))
        );
        problems.AddRange(
            items
                .Where(item => item.Status is IcsStatus.Conditional conditional && !ids.Contains(conditional.Item))
                .Select(item => new RegisterProblem(
                    "ics",
                    0,
                    $"the item {item.Id} depends on {((IcsStatus.Conditional)item.Status).Item}, which does not exist"
                ))
        );
        return new IcsCatalogue(items, problems);
    }

    /// <summary>The items that scenarios name but the catalogue does not have; nothing is checked if the catalogue is empty.</summary>
    public IEnumerable<RegisterProblem> Check(IEnumerable<(string Path, int Line, string Item)> used)
    {
        var ids = Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return used.Where(use => Items.Count > 0 && !ids.Contains(use.Item.TrimStart('!')))
            .Select(use => new RegisterProblem(use.Path, use.Line, $"there is no ICS item {use.Item.TrimStart('!')}."));
    }

    private static IcsItem? ReadItem(JsonElement json, StatementRegister register, Action<string> problem)
    {
        var id = JsonRegisterReader.Text(json, "id");
        var question = JsonRegisterReader.Text(json, "question");
        var status = JsonRegisterReader.Text(json, "status");
        if (id.Length == 0 || question.Length == 0)
        {
            problem("an item needs an id and a question");
            return null;
        }

        if (!IcsStatus.TryParse(status, out var parsed))
        {
            problem($"{id}: '{status}' is not a status; say m, o, o.1 or c:item:m");
            return null;
        }

        return new IcsItem(
            id,
            question,
            JsonRegisterReader.Texts(json, "roles"),
            parsed,
            JsonRegisterReader.Statements(json, id, register, problem)
        );
    }
}
