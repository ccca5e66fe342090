using System.Text.Json;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>
/// All ICS items, read from one file per edition in <c>features/ics</c>; the format is defined by <c>ics.schema.json</c> there.
/// </summary>
public sealed record IcsCatalogue(IReadOnlyList<IcsItem> Items, IReadOnlyList<RegisterProblem> Problems)
{
    public static IcsCatalogue Empty { get; } = new([], []);

    /// <summary>Reads every file of the directory. A fault becomes a problem that names the file, and the item if there is one.</summary>
    public static IcsCatalogue Load(string directory, StatementRegister register)
    {
        var reader = new JsonRegisterReader(directory, "items");
        var items = reader.Read((json, problem) => ReadItem(json, register, problem), item => item.Id);
        foreach (var item in items)
        {
            if (item.Status is IcsStatus.Conditional(var condition, _) && items.All(other => other.Id != condition))
            {
                reader.Report($"the item {item.Id} depends on {condition}, which does not exist");
            }
        }

        return new IcsCatalogue(items, reader.Problems);
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
