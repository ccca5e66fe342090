using System.Security.Cryptography;
using System.Text;

namespace Conformance.Reports.Html;

/// <summary>The head of an offline page, with its styles. Nothing but its own script may run there.</summary>
internal static class PageHead
{
    /// <param name="script">The text of the only script, which the page has in one element.</param>
    /// <param name="styles">Names of resources.</param>
    public static void Write(Markup html, string title, string script, params ReadOnlySpan<string> styles)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        html.Add(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy"
            content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'">
            <title>{title}</title>
            <style>
            """
        );
        foreach (var style in styles)
        {
            html.AddLiteral(Resources.Read(style));
        }

        html.AddLiteral("</style>\n</head>\n<body>");
    }
}
