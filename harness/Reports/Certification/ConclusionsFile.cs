using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Certification;

/// <summary>The conclusions of a certification as JSON, for programs.</summary>
public static class ConclusionsFile
{
    public const string FileName = "conformance.json";

    private static readonly JsonSerializerOptions _json = new(ReportJson.Options)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string Create(Run run, Conclusions conclusions)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(conclusions);
        return JsonSerializer.Serialize(
                new
                {
                    run.Header.Implementation,
                    run.Header.Device,
                    run.Header.Started,
                    run.End?.Ended,
                    run.Header.Version,
                    run.Header.Suite,
                    run.Header.Signer,
                    conclusions.IsConformant,
                    conclusions.Classes,
                    conclusions.StaticFailures,
                },
                _json
            ) + "\n";
    }
}
