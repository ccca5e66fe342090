using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Conformance.Harness.Tests.Reports;

/// <summary>A report with every scenario open, as the script of the page shows it: what a reader can see.</summary>
internal static partial class UnpackedReport
{
    public static string Of(string html)
    {
        var parcels = Parcels().Matches(html).Select(match => Expand(Inflate(match.Groups["packed"].Value)).Split('\u0002')).ToList();
        return Bodies()
            .Replace(
                Parcels().Replace(html, string.Empty),
                match =>
                {
                    var (parcel, place) = (Number(match.Groups["parcel"]), Number(match.Groups["place"]));
                    var body = parcels[parcel][place].Replace("\u0001", match.Groups["name"].Value, StringComparison.Ordinal);
                    return $"{match.Groups["head"].Value}{body}</div>";
                }
            );
    }

    public static string OfFile(string path) => Of(File.ReadAllText(path));

    /// <summary>The text of references and the rest that the report has of a text.</summary>
    public static string Expand(string packed)
    {
        var border = packed[0] == '\n' ? 0 : packed.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (text, from) = (new StringBuilder(), border + 1);
        foreach (var line in packed[..border].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = line.Split(',')
                .Select(number => int.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .ToList();
            text.Append(packed, from, numbers[0]);
            from += numbers[0];
            text.Append(text.ToString(text.Length - numbers[1], numbers[2]));
        }

        return text.Append(packed, from, packed.Length - from).ToString();
    }

    private static string Inflate(string packed)
    {
        using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var reader = new StreamReader(inflate, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<script type="text/plain" id="parcel-\d+">(?<packed>[^<]*)</script>\n""")]
    private static partial Regex Parcels();

    [GeneratedRegex(
        """(?<head><details class="scenario" id="(?<name>[^"]*)" data-at="(?<parcel>\d+)\.(?<place>\d+)"[^>]*>\n"""
            + """<summary>.*</summary>\n<div class="body">)</div>"""
    )]
    private static partial Regex Bodies();
}
