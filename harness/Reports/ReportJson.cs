using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conformance.Reports;

/// <summary>How comparisons and conclusions are written as JSON: for programs, and for people who look into the file.</summary>
internal static class ReportJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        };
}
