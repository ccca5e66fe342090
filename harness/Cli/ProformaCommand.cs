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
            Write("ixit.html", Proforma.Ixit(role, Questions()));
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

    /// <summary>The keys of a profile with what its schema says of them, and those inside of them.</summary>
    private static List<IxitQuestion> Questions()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Schema)));
        var questions = new List<IxitQuestion>();
        Add(schema.RootElement, string.Empty);
        return questions;

        string DescriptionOf(JsonElement value) =>
            value.TryGetProperty("description", out var text) ? text.GetString()!
            : value.TryGetProperty("$ref", out var place)
                ? DescriptionOf(place.GetString()!.Split('/').Skip(1).Aggregate(schema.RootElement, (at, name) => at.GetProperty(name)))
            : string.Empty;

        void Add(JsonElement parent, string before)
        {
            foreach (var property in parent.GetProperty("properties").EnumerateObject().Where(known => known.Name[0] != '$'))
            {
                var key = before + property.Name;
                var question = DescriptionOf(property.Value);
                if (property.Value.TryGetProperty("properties", out _))
                {
                    Add(property.Value, key + ".");
                }
                else
                {
                    questions.Add(new IxitQuestion(key, question));
                }
            }
        }
    }
}
