using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Reports.Formats;

/// <summary>
/// Writes a run for tools of requirements engineering, in the Requirements Interchange Format (OMG ReqIF 1.2): a specification for each
/// edition with its sections and statements, one with the scenarios by feature, and relations from each scenario to what it tests.
/// </summary>
/// <remarks>The texts are those of the register. Objects keep their identifiers from run to run, so that an import updates them.</remarks>
public sealed class ReqIf
{
    public const string FileName = "requirements.reqif";

    /// <summary>The names of the attributes that tools know, by the implementation guide of ReqIF.</summary>
    private const string Text = "ReqIF.Text";

    private const string Id = "ReqIF.ForeignID";
    private const string Chapter = "ReqIF.ChapterName";

    private const string StringType = "type-string";
    private const int LongestString = 32_000;

    private static readonly XNamespace _name = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd";

    private static readonly string[] _ofStatements = [Id, Text, "Level", "Roles", "Item", "Disposal", "State", "Covering"];
    private static readonly string[] _ofScenarios = [Id, Text, "Level", "Role", "Feature", "Selection", "Verdict", "Reason"];

    private readonly Run _run;
    private readonly IReadOnlyList<StatementOutcome> _outcomes;
    private readonly IReadOnlyList<PlannedScenario> _scenarios;
    private readonly Dictionary<ScenarioKey, ScenarioResult> _results;
    private readonly string _time;

    private ReqIf(Run run, StatementRegister register)
    {
        _run = run;
        _outcomes = StatementOutcome.Of(run, register);
        _scenarios = [.. run.Planned.Where(scenario => scenario.Selection != Selection.Deselected)];
        _results = run.Results.GroupBy(result => result.Key).ToDictionary(group => group.Key, group => group.Last());
        _time = run.Header.Started.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>The whole file. The same run always gives the same text.</summary>
    public static string Create(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(register);
        var text = new StringBuilder();
        using (
            var writer = XmlWriter.Create(
                text,
                new XmlWriterSettings
                {
                    Indent = true,
                    NewLineChars = "\n",
                    OmitXmlDeclaration = true,
                }
            )
        )
        {
            new ReqIf(run, register).Document().Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    private XElement Document() =>
        new(
            _name + "REQ-IF",
            Of(
                "THE-HEADER",
                Of(
                    "REQ-IF-HEADER",
                    new XAttribute("IDENTIFIER", "header"),
                    Of("CREATION-TIME", _time),
                    Of("REQ-IF-TOOL-ID", $"{_run.Header.Product} {_run.Header.Version}"),
                    // ReqIF 1.2 has the schema of 1.0.1, which fixes this value.
                    Of("REQ-IF-VERSION", "1.0"),
                    Of("SOURCE-TOOL-ID", _run.Header.Product),
                    Of("TITLE", Clean($"Conformance of {_run.Header.Implementation}"))
                )
            ),
            Of(
                "CORE-CONTENT",
                Of(
                    "REQ-IF-CONTENT",
                    Of("DATATYPES", Named("DATATYPE-DEFINITION-STRING", StringType, "String", new XAttribute("MAX-LENGTH", LongestString))),
                    Of("SPEC-TYPES", Types()),
                    Of("SPEC-OBJECTS", Objects()),
                    Of("SPEC-RELATIONS", Relations()),
                    Of("SPECIFICATIONS", Specifications())
                )
            )
        );

    private IEnumerable<XElement> Types() =>
        [
            TypeOf("SPEC-OBJECT-TYPE", "section", Chapter),
            TypeOf("SPEC-OBJECT-TYPE", "statement", _ofStatements),
            TypeOf("SPEC-OBJECT-TYPE", "scenario", _ofScenarios),
            TypeOf("SPEC-RELATION-TYPE", "tests", "Shown"),
            TypeOf("SPEC-RELATION-TYPE", "covered-by"),
            TypeOf("SPECIFICATION-TYPE", "specification", "Document"),
        ];

    private IEnumerable<XElement> Objects() =>
        _outcomes
            .Select(outcome => (outcome.Id.Edition, outcome.Id.Section))
            .Distinct()
            .Select(section =>
                Object("section", SectionOf(section.Edition, section.Section), (Chapter, Heading(section.Edition, section.Section)))
            )
            .Concat(_outcomes.Select(Statement))
            .Concat(
                _scenarios
                    .Select(scenario => scenario.Feature)
                    .Distinct()
                    .Select(feature => Object("section", FeatureOf(feature), (Chapter, feature)))
            )
            .Concat(_scenarios.Select(Scenario));

    private XElement Statement(StatementOutcome outcome) =>
        Object(
            "statement",
            StatementOf(outcome.Id),
            (Id, outcome.Id.Value),
            (Text, outcome.Statement?.Paraphrase),
            ("Level", outcome.Statement?.Level.Word),
            ("Roles", string.Join(", ", outcome.Statement?.Roles ?? [])),
            ("Item", outcome.Statement?.Item),
            ("Disposal", outcome.Statement?.Disposal?.ToString()),
            ("State", ReportText.Of(outcome.State)),
            ("Covering", outcome.Covering is { } covering ? ReportText.Of(covering) : null)
        );

    private XElement Scenario(PlannedScenario scenario)
    {
        var result = _results.GetValueOrDefault(scenario.Key);
        return Object(
            "scenario",
            ScenarioOf(scenario),
            (Id, _run.NameOf(scenario.Key)),
            (Text, scenario.Title),
            ("Level", scenario.Level?.Word),
            ("Role", scenario.Role),
            ("Feature", $"{scenario.Path}:{scenario.Line}"),
            ("Selection", ReportText.Of(scenario.Selection)),
            ("Verdict", result is null ? ReportText.Of(StatementState.NotRun) : ReportText.Of(result.Verdict)),
            ("Reason", result?.Reason ?? scenario.Reason)
        );
    }

    private IEnumerable<XElement> Relations()
    {
        var known = _outcomes.Select(outcome => outcome.Id).ToHashSet();
        return _outcomes
            .SelectMany(
                outcome => outcome.Shown.Where(shown => shown.Scenario.Selection != Selection.Deselected),
                (outcome, shown) => Relation("tests", ScenarioOf(shown.Scenario), StatementOf(outcome.Id), ("Shown", shown.Words))
            )
            .Concat(
                from outcome in _outcomes
                where outcome.Statement?.Disposal is Disposal.Pointer
                from covering in ((Disposal.Pointer)outcome.Statement!.Disposal!).CoveredBy.Distinct()
                where known.Contains(covering)
                select Relation("covered-by", StatementOf(outcome.Id), StatementOf(covering))
            );
    }

    private IEnumerable<XElement> Specifications() =>
        _outcomes
            .GroupBy(outcome => outcome.Id.Edition)
            .Select(edition =>
                Specification(
                    $"specification-{edition.Key}",
                    edition.Key.Document,
                    edition.Key.Title,
                    edition
                        .GroupBy(outcome => outcome.Id.Section)
                        .Select(section =>
                            Place(SectionOf(edition.Key, section.Key), section.Select(outcome => Place(StatementOf(outcome.Id), [])))
                        )
                )
            )
            .Append(
                Specification(
                    "specification-scenarios",
                    "Scenarios",
                    "The scenarios that test the statements",
                    _scenarios
                        .GroupBy(scenario => scenario.Feature)
                        .Select(feature => Place(FeatureOf(feature.Key), feature.Select(scenario => Place(ScenarioOf(scenario), []))))
                )
            );

    private static string Heading(Edition edition, string section) =>
        section.Length == 0 ? edition.Document : $"{edition.Document}, Section {section}";

    private XElement TypeOf(string element, string type, params IEnumerable<string> attributes)
    {
        var definitions = attributes
            .Select(attribute =>
                Named(
                    "ATTRIBUTE-DEFINITION-STRING",
                    AttributeOf(type, attribute),
                    attribute,
                    Of("TYPE", Of("DATATYPE-DEFINITION-STRING-REF", StringType))
                )
            )
            .ToList();
        return Named(element, TypeId(type), type, definitions.Count == 0 ? null : Of("SPEC-ATTRIBUTES", definitions));
    }

    private XElement Object(string type, string id, params IEnumerable<(string Attribute, string? Value)> values) =>
        Identified("SPEC-OBJECT", id, Values(type, values), Of("TYPE", Of("SPEC-OBJECT-TYPE-REF", TypeId(type))));

    private XElement Relation(string type, string source, string target, params IEnumerable<(string Attribute, string? Value)> values) =>
        Identified(
            "SPEC-RELATION",
            $"relation-{type}-{source}-{target}",
            Values(type, values),
            Of("SOURCE", Of("SPEC-OBJECT-REF", source)),
            Of("TARGET", Of("SPEC-OBJECT-REF", target)),
            Of("TYPE", Of("SPEC-RELATION-TYPE-REF", TypeId(type)))
        );

    private XElement Specification(string id, string name, string document, IEnumerable<XElement> children) =>
        Named(
            "SPECIFICATION",
            id,
            name,
            Values("specification", [("Document", document)]),
            Of("CHILDREN", children),
            Of("TYPE", Of("SPECIFICATION-TYPE-REF", TypeId("specification")))
        );

    private XElement Place(string id, IEnumerable<XElement> children)
    {
        var below = children.ToList();
        return Identified(
            "SPEC-HIERARCHY",
            $"place-{id}",
            below.Count == 0 ? null : Of("CHILDREN", below),
            Of("OBJECT", Of("SPEC-OBJECT-REF", id))
        );
    }

    private static XElement? Values(string type, IEnumerable<(string Attribute, string? Value)> values)
    {
        var given = values.Where(value => !string.IsNullOrEmpty(value.Value)).ToList();
        return given.Count == 0
            ? null
            : Of(
                "VALUES",
                given.Select(value =>
                    Of(
                        "ATTRIBUTE-VALUE-STRING",
                        new XAttribute("THE-VALUE", Clean(value.Value!)),
                        Of("DEFINITION", Of("ATTRIBUTE-DEFINITION-STRING-REF", AttributeOf(type, value.Attribute)))
                    )
                )
            );
    }

    private XElement Named(string element, string id, string name, params IEnumerable<object?> content) =>
        Identified(element, id, [new XAttribute("LONG-NAME", name), .. content]);

    private XElement Identified(string element, string id, params IEnumerable<object?> content) =>
        Of(element, [new XAttribute("IDENTIFIER", id), new XAttribute("LAST-CHANGE", _time), .. content]);

    private static XElement Of(string element, params object?[] content) => new(_name + element, content);

    // An identifier is a name of XML.
    private static string TypeId(string type) => $"type-{type}";

    private static string AttributeOf(string type, string attribute) => $"attribute-{type}-{attribute}";

    private static string SectionOf(Edition edition, string section) => $"section-{edition}-{section}";

    private static string StatementOf(StatementId id) => $"statement-{id}";

    private static string FeatureOf(string feature) => $"feature-{XmlConvert.EncodeLocalName(feature)}";

    private string ScenarioOf(PlannedScenario scenario) => $"scenario-{XmlConvert.EncodeLocalName(_run.NameOf(scenario.Key))}";

    /// <summary>Text from the device may contain characters that XML 1.0 cannot represent, or that are invisible.</summary>
    private static string Clean(string text) => PrintableText.OfLines(text);
}
