using Conformance.Reports.Html;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;

namespace Conformance.Reports.Ladder;

/// <summary>Writes the packets of a ladder with their fields and octets, initially closed.</summary>
internal static class PacketList
{
    /// <param name="comments">The comments of the capture, by packet number.</param>
    /// <param name="isShown">Returns false for packets that are only in the capture.</param>
    public static void Write(
        Markup html,
        string scenario,
        IReadOnlyList<LadderFrame> frames,
        LadderModel ladder,
        DateTimeOffset started,
        IReadOnlyDictionary<int, string> comments,
        Func<LadderFrame, bool> isShown
    )
    {
        var left = 0;
        foreach (var frame in frames)
        {
            if (isShown(frame))
            {
                Packet(html, scenario, frame, frame.Frame.At - started, ladder, comments.GetValueOrDefault(frame.Number));
            }
            else
            {
                left++;
            }
        }

        if (left > 0)
        {
            html.Add($"""<p class="note">{RunSummary.Plural(left, "more packet")}: see the capture.</p>""");
        }
    }

    private static void Packet(Markup html, string scenario, LadderFrame frame, TimeSpan at, LadderModel ladder, string? comment)
    {
        html.Add(
            $"""<details class="packet {frame.Tone}" id="{scenario}-p{frame.Number}"><summary><b>{frame.Number}</b> """
                + $"""<i>{at.TotalSeconds:0.000000} {frame.Port} {(frame.IsReceived ? "received" : "sent")}</i> """
                + $"""{ladder.Nodes.From(frame)} → {ladder.Nodes.To(frame) ?? "all"} """
                + $"{frame.Stack.Words(AddressNames.Instance).ToString()}"
        );
        foreach (var group in frame.Findings.GroupBy(finding => finding.Ok))
        {
            var (tone, label) = group.Key ? ("pass", "decides, kept") : ("fail", "decides, violated");
            var statements = string.Join(", ", group.Select(finding => finding.Statement).Distinct());
            html.Add($"""<span class="decides {tone}">{label}: {statements}</span>""");
        }

        // The comment of a deciding packet repeats its findings.
        if (comment is not null && frame.Tone.Length == 0)
        {
            html.Add($"""<span class="note">{comment}</span>""");
        }

        html.AddLiteral("</summary>");
        if (ladder.Drawn.TryGetValue(frame.Number, out var drawn))
        {
            html.Add($"""<a href="#{scenario}-a{drawn}">↑ in the ladder</a>""");
        }

        html.Add($"""<table class="fields" data-octets="{Convert.ToHexStringLower(frame.Frame.Bytes.Span)}">""");
        var fields = frame.Stack.Fields();
        var violated = frame
            .Findings.Where(finding => !finding.Ok)
            .Select(finding => finding.Octet)
            .OfType<int>()
            .Select(octet => Around(fields, octet))
            .ToHashSet();
        foreach (var field in fields)
        {
            Field(html, field, violated.Contains(field));
        }

        html.AddLiteral("</table></details>");
    }

    /// <summary>
    /// Writes one field with its length; the script of the report adds its octets. The end tags of rows and cells are omitted: there are
    /// many, and HTML does not require them.
    /// </summary>
    private static void Field(Markup html, DecodedField field, bool isViolated)
    {
        var tone = isViolated
            ? " class=v"
            : field.Kind switch
            {
                FieldKind.Layer => " class=l",
                FieldKind.Fault => " class=f",
                _ => string.Empty,
            };
        html.AddTag($"<tr{tone}>");
        html.Add($"<td data-l={field.Length}>{field.Offset}<td>{field.Name}<td>{field.Value}");
    }

    /// <summary>The smallest field that contains the octet.</summary>
    private static DecodedField? Around(IReadOnlyList<DecodedField> fields, int octet) =>
        fields.Where(field => octet >= field.Offset && octet < field.Offset + field.Length).MinBy(field => field.Length);
}
