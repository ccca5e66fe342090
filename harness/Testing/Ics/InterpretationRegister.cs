using System.Globalization;
using System.Text.Json;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>One reading of an ambiguous text.</summary>
/// <param name="Accepted"><c>always</c>; <c>ics:item</c> if the item must be declared; <c>never</c> for a rejected reading.</param>
public sealed record InterpretedReading(string Text, string Accepted);

/// <summary>A ruling on an ambiguous text.</summary>
/// <param name="Question">The question that the text leaves open.</param>
/// <param name="Why">The reason why exactly these readings are accepted.</param>
/// <param name="Date">The date of the ruling.</param>
public sealed record Interpretation(
    string Id,
    IReadOnlyList<StatementId> Statements,
    string Question,
    IReadOnlyList<InterpretedReading> Readings,
    string Why,
    DateOnly Date
);

/// <summary>
/// All rulings, read from one file per edition in <c>features/interpretations</c>; the format is defined by
/// <c>interpretations.schema.json</c> there.
/// </summary>
public sealed record InterpretationRegister(IReadOnlyList<Interpretation> Interpretations, IReadOnlyList<RegisterProblem> Problems)
{
    public static InterpretationRegister Empty { get; } = new([], []);

    public static InterpretationRegister Load(string directory, StatementRegister register, IcsCatalogue ics)
    {
        var items = ics.Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var reader = new JsonRegisterReader(directory, "interpretations");
        var read = reader.Read((json, problem) => ReadOne(json, register, items, problem), interpretation => interpretation.Id);
        return new InterpretationRegister(read, reader.Problems);
    }

    private static Interpretation? ReadOne(JsonElement json, StatementRegister register, HashSet<string> items, Action<string> problem)
    {
        var id = JsonRegisterReader.Text(json, "id");
        var readings =
            json.TryGetProperty("readings", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray()
                    .Select(reading => new InterpretedReading(
                        JsonRegisterReader.Text(reading, "text"),
                        JsonRegisterReader.Text(reading, "accepted")
                    ))
                    .ToList()
                : [];
        if (id.Length == 0 || readings.Count < 2 || JsonRegisterReader.Text(json, "why").Length == 0)
        {
            problem($"'{id}': an interpretation needs an id, two readings or more, and a reason");
            return null;
        }

        if (
            !DateOnly.TryParseExact(
                JsonRegisterReader.Text(json, "date"),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            problem($"{id}: the date of the ruling is missing; say 2026-11-21");
            return null;
        }

        foreach (
            var wrong in readings.Where(reading =>
                reading.Accepted is not ("always" or "never")
                && !(reading.Accepted.StartsWith("ics:", StringComparison.Ordinal) && items.Contains(reading.Accepted[4..]))
            )
        )
        {
            problem($"{id}: '{wrong.Accepted}' is not a condition for a reading; say always, never or ics: and an item");
        }

        return new Interpretation(
            id,
            JsonRegisterReader.Statements(json, id, register, problem),
            JsonRegisterReader.Text(json, "question"),
            readings,
            JsonRegisterReader.Text(json, "why"),
            date
        );
    }
}
