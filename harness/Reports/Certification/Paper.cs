using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Conformance.Reports.Html;

namespace Conformance.Reports.Certification;

/// <summary>The frame of the papers of a certification: one file each, which needs no network and prints on A4.</summary>
internal static class Paper
{
    /// <param name="script">The script of the paper; null if it has none.</param>
    /// <param name="data">Attributes of the body without external text, for the script.</param>
    public static void Begin(Markup html, string title, string? script = null, string data = "")
    {
        var sources = script is null ? string.Empty : $"; script-src 'sha256-{HashOf(script)}'";
        html.Add(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{sources}">
            <title>{title}</title>
            <style>
            """
        );
        html.AddLiteral(Resources.Read("paper.css"));
        html.AddLiteral($"</style>\n</head>\n<body {data}>");
    }

    /// <param name="script">The script that <see cref="Begin"/> got.</param>
    public static string End(Markup html, string? script = null)
    {
        if (script is not null)
        {
            html.AddTag("<script>");
            html.AddTag(script);
            html.AddLiteral("</script>");
        }

        html.AddLiteral("</body>\n</html>");
        return html.ToString();
    }

    public static void Fact(Markup html, string name, string? value) =>
        html.Add($"<dt>{name}</dt><dd>{(string.IsNullOrEmpty(value) ? "not stated" : value)}</dd>");

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string HashOf(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
}
