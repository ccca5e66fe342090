using System.Text.Json;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>Reads the entries of all JSON files of a directory. A fault becomes a problem that names its file.</summary>
internal sealed class JsonRegisterReader(string directory, string list)
{
    private readonly List<RegisterProblem> _problems = [];

    public IReadOnlyList<RegisterProblem> Problems => _problems;

    /// <summary>Reads every entry. An id that is listed twice is a problem.</summary>
    /// <param name="read">Reads one entry, and reports its problems; null if the entry cannot be used.</param>
    public IReadOnlyList<T> Read<T>(Func<JsonElement, Action<string>, T?> read, Func<T, string> idOf)
        where T : class
    {
        var values = new List<T>();
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, "*.json") : [];
        foreach (var path in files.Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var entry in Entries(path))
            {
                if (read(entry, message => _problems.Add(new RegisterProblem(Path.GetFileName(path), 0, message))) is { } value)
                {
                    values.Add(value);
                }
            }
        }

        foreach (var (id, _) in values.CountBy(idOf).Where(counted => counted.Value > 1))
        {
            Report($"{id} is listed twice");
        }

        return values;
    }

    /// <summary>Adds a problem of the entries as a whole.</summary>
    public void Report(string message) => _problems.Add(new RegisterProblem(Path.GetFileName(directory), 0, message));

    public static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    public static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>The statements that an entry names; a statement that is in no register is a problem.</summary>
    public static IReadOnlyList<StatementId> Statements(JsonElement json, string entry, StatementRegister register, Action<string> problem)
    {
        var statements = new List<StatementId>();
        foreach (var text in Texts(json, "statements"))
        {
            if (StatementId.IsWellFormed(text) && register.Find(new StatementId(text)) is { } statement)
            {
                statements.Add(statement.Id);
            }
            else
            {
                problem($"{entry} names the statement {text}, which is in no register");
            }
        }

        return statements;
    }

    private IReadOnlyList<JsonElement> Entries(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty(list, out var entries) && entries.ValueKind == JsonValueKind.Array
                ? [.. entries.EnumerateArray().Select(entry => entry.Clone())]
                : throw new JsonException($"there is no list '{list}'");
        }
        catch (JsonException e)
        {
            _problems.Add(new RegisterProblem(Path.GetFileName(path), (int)(e.LineNumber + 1 ?? 0), e.Message));
            return [];
        }
    }
}
