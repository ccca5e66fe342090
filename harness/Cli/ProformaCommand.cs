using System.CommandLine;
using System.Text.Json;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>The <c>proforma</c> command: writes the papers that a supplier fills before a certification, and what will be tested.</summary>
internal sealed class ProformaCommand
{
    private const string Schema = "profile.schema.json";

    /// <summary>Stands for the keys that are the numbers of mobile nodes.</summary>
    private const string AnyNumber = "(1, 2, …)";

    /// <summary>Stands for the keys whose names the writer of the profile chooses.</summary>
    private const string AnyName = "(name)";

    private readonly SuiteOption _suiteOption = new();

    private readonly Option<string> _role = new("--role", "-r")
    {
        Description = "The role of the device.",
        HelpName = "LMA|MAG|HA|CN|MN",
        Required = true,
    };

    private readonly Option<string> _directory = new("--out", "-o")
    {
        Description = "The directory for the papers.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Terminal _terminal;

    private ProformaCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var proforma = new ProformaCommand(terminal);
        var command = new Command(
            "proforma",
            "Writes the ICS and IXIT proformas of a role as HTML to fill, which keeps the answers as JSON, and its test suite structure "
                + $"with the purpose of each scenario. {ExitTable.Of("proforma")}"
        )
        {
            proforma._role,
            proforma._directory,
        };
        proforma._suiteOption.AddTo(command);
        command.SetAction(proforma.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.Load(parsed);
        var role = parsed.GetRequiredValue(_role).ToUpperInvariant();
        var roles = ScenarioTags.Roles.Where(known => known != ScenarioTags.EndToEnd).ToList();
        if (!roles.Contains(role))
        {
            throw new CannotRunException($"there is no role '{role}' of a device; roles: {string.Join(", ", roles)}.");
        }

        var directory = parsed.GetRequiredValue(_directory);
        return BundleFiles.Reading(() =>
        {
            Directory.CreateDirectory(directory);
            var editions = Edition.All.Where(edition => edition.HasRuns).ToList();
            Write("ics.html", Proforma.Ics(suite.Ics, role, editions));
            Write("ixit.html", Proforma.Ixit(role, Questions(role.ToLowerInvariant())));
            Write("test-purposes.html", TestPurposes.Create(suite, role));
            return ExitCode.Success;
        });

        void Write(string name, string content)
        {
            var path = Path.Combine(directory, name);
            File.WriteAllText(path, content);
            _terminal.Line(path);
        }
    }

    /// <summary>
    /// The keys of the profile of a role with what its schema says of them, and those inside of them. A key that not every role has names
    /// its roles in the schema.
    /// </summary>
    private static List<IxitQuestion> Questions(string role)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Schema)));
        var questions = new List<IxitQuestion>();
        Add(schema.RootElement, string.Empty);
        return questions;

        bool IsAsked(JsonElement value) =>
            !value.TryGetProperty("roles", out var roles) || roles.EnumerateArray().Any(known => known.GetString() == role);

        // What a key says of itself comes before what it shares with others.
        IEnumerable<JsonElement> Parts(JsonElement value) =>
            value.TryGetProperty("$ref", out var place)
                ? Parts(place.GetString()!.Split('/').Skip(1).Aggregate(schema.RootElement, (at, name) => at.GetProperty(name)))
                    .Prepend(value)
                : [value];

        IEnumerable<(string Key, JsonElement Value)> Inside(JsonElement value) =>
            Parts(value)
                .SelectMany(part =>
                    Members(part, "properties")
                        .Concat(Members(part, "patternProperties").Select(member => (AnyNumber, member.Item2)))
                        .Concat(Named(part).Select(value => (AnyName, value)))
                );

        void Add(JsonElement parent, string before)
        {
            foreach (var (name, value) in Inside(parent).Where(inner => inner.Key[0] != '$' && IsAsked(inner.Value)))
            {
                if (Inside(value).Any())
                {
                    Add(value, $"{before}{name}.");
                }
                else
                {
                    var said = Parts(value).Select(part => part.TryGetProperty("description", out var text) ? text.GetString() : null);
                    questions.Add(new IxitQuestion(before + name, said.FirstOrDefault(text => text is not null) ?? string.Empty));
                }
            }
        }
    }

    private static IEnumerable<JsonElement> Named(JsonElement part) =>
        part.TryGetProperty("additionalProperties", out var named) && named.ValueKind == JsonValueKind.Object ? [named] : [];

    private static IEnumerable<(string, JsonElement)> Members(JsonElement part, string name) =>
        part.TryGetProperty(name, out var members) ? members.EnumerateObject().Select(member => (member.Name, member.Value)) : [];
}
