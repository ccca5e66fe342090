using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conformance.Reports;

/// <summary>How comparisons, conclusions and self-tests are written as JSON: for programs, and for people who look into the file.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        };

    /// <summary>A value as JSON, without a line end.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);
}
