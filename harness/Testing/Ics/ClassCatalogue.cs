using System.Text.Json;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>
/// The classes of conformance, read from <c>features/classes</c>; the format is defined by <c>classes.schema.json</c> there.
/// </summary>
/// <param name="Classes">The classes in their order, which decides where several fit a scenario.</param>
public sealed record ClassCatalogue(IReadOnlyList<ConformanceClass> Classes, IReadOnlyList<RegisterProblem> Problems)
{
    private const string Folder = "classes";

    public static ClassCatalogue Empty { get; } = new([], []);

    /// <summary>Reads every file of the directory. A fault becomes a problem that names the file, and the class if there is one.</summary>
    public static ClassCatalogue Load(string features, IcsCatalogue ics)
    {
        var items = ics.Items.ToLookup(item => item.Id, StringComparer.Ordinal);
        var reader = new JsonRegisterReader(Path.Combine(features, Folder), "classes");
        return new ClassCatalogue(reader.Read((json, problem) => ReadOne(json, items, problem), read => read.Id), reader.Problems);
    }

    /// <summary>The class that the run of a scenario belongs to; null if none has it.</summary>
    public ConformanceClass? Of(Scenario run) => Classes.FirstOrDefault(known => known.Fits(run));

    /// <summary>
    /// Scenarios of a device that no class has, and patterns that no scenario has. A scenario of a whole domain belongs to no class,
    /// because it does not say which of its nodes it is about. Nothing is checked if there are no classes.
    /// </summary>
    public IEnumerable<RegisterProblem> Check(IReadOnlyList<Scenario> scenarios)
    {
        if (Classes.Count == 0)
        {
            return [];
        }

        return scenarios
            .Where(scenario => scenario.Role != ScenarioTags.EndToEnd)
            .SelectMany(scenario => scenario.Editions, (scenario, edition) => scenario.In(edition))
            .Where(run => Of(run) is null)
            .Select(run => new RegisterProblem(run.Path, run.Line, $"{run.Id} belongs to no class in the edition {run.Edition}."))
            .Concat(
                from known in Classes
                from pattern in known.Patterns
                where !scenarios.Any(scenario => ConformanceClass.Fits(pattern, scenario))
                select new RegisterProblem(Folder, 0, $"{known.Id}: no scenario fits the pattern '{pattern}'.")
            );
    }

    private static ConformanceClass? ReadOne(JsonElement json, ILookup<string, IcsItem> items, Action<string> problem)
    {
        var id = JsonRegisterReader.Text(json, "id");
        var title = JsonRegisterReader.Text(json, "title");
        var roles = JsonRegisterReader.Texts(json, "roles");
        var patterns = JsonRegisterReader.Texts(json, "scenarios");
        if (id.Length == 0 || title.Length == 0 || roles.Count == 0 || patterns.Count == 0 || patterns.Any(string.IsNullOrEmpty))
        {
            problem($"'{id}': a class needs an id, a title, roles and patterns of scenarios");
            return null;
        }

        foreach (var role in roles.Where(role => role == ScenarioTags.EndToEnd || !ScenarioTags.Roles.Contains(role)))
        {
            problem($"{id}: '{role}' is no role of a device");
        }

        return new ConformanceClass(id, title, roles, ReadClaims(json, id, roles, items, problem), patterns);
    }

    private static Dictionary<Edition, IReadOnlyList<string>> ReadClaims(
        JsonElement json,
        string id,
        IReadOnlyList<string> roles,
        ILookup<string, IcsItem> items,
        Action<string> problem
    )
    {
        var claims = new Dictionary<Edition, IReadOnlyList<string>>();
        var given = json.TryGetProperty("claims", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        if (given.ValueKind != JsonValueKind.Object || !given.EnumerateObject().Any())
        {
            problem($"{id}: a class needs editions with the ICS items that claim it");
            return claims;
        }

        foreach (var property in given.EnumerateObject())
        {
            var named = JsonRegisterReader.Texts(given, property.Name);
            if (Edition.Find(property.Name) is not { HasRuns: true } edition || named.Count == 0)
            {
                problem($"{id}: '{property.Name}' is no edition, or has no ICS items");
                continue;
            }

            claims[edition] = named;
            foreach (var item in named.Where(item => items.Count > 0 && !items[item].Any(known => known.Roles.Intersect(roles).Any())))
            {
                problem($"{id}: there is no ICS item {item} that one of {string.Join(", ", roles)} is asked about");
            }
        }

        return claims;
    }
}
