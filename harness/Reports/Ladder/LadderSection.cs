using Conformance.Reports.Html;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Octets;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>
/// Writes the messages of a scenario as a ladder, followed by every packet with its fields. A sentence replaces an unreadable file.
/// </summary>
internal static class LadderSection
{
    /// <summary>For captures with more packets, only packets that are drawn or referred to are listed.</summary>
    private const int MostListed = 300;

    public static void Write(Markup html, string name, PlannedScenario scenario, ScenarioResult result, string directory)
    {
        html.AddLiteral("<h4>Messages</h4>");
        if (result.Capture is null)
        {
            html.AddLiteral("<p class=\"note\">No capture was written.</p>");
            return;
        }

        var path = Path.Combine(directory, result.Capture);
        PacketCapture capture;
        try
        {
            capture = PcapngReader.Read(path);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            html.Add($"""<p class="banner">The capture cannot be shown: {e.Message}</p>""");
            return;
        }

        Trace? trace = null;
        try
        {
            trace = TraceFile.Read(path, capture);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            html.Add($"""<p class="note">Nodes are named by their addresses, because the trace events cannot be read: {e.Message}</p>""");
        }

        if (capture.Frames.Count == 0)
        {
            html.AddLiteral("<p class=\"note\">The capture contains no packets.</p>");
            return;
        }

        var frames = Frames(result, capture);
        var ladder = LadderBuilder.Build(result, trace, frames);
        LadderSvg.Write(html, name, ladder);
        var referred = result
            .Steps.Select(step => step.FirstPacket)
            .Concat(result.Purpose.Concat(result.Incidental).Select(finding => finding.Packet))
            .OfType<int>()
            .ToHashSet();
        html.Add(
            $"""<p class="note">{RunSummary.Plural(frames.Count, "packet")} with all fields and octets: """
                + $"""open a packet here, or click its arrow.</p>"""
        );
        PacketList.Write(
            html,
            name,
            frames,
            ladder,
            LadderBuilder.Start(trace, frames) ?? frames[0].Frame.At,
            capture.Comments,
            frame =>
                frames.Count <= MostListed
                || referred.Contains(frame.Number)
                || (ladder.Drawn.TryGetValue(frame.Number, out var place) && place == frame.Number)
        );
    }

    internal static IReadOnlyList<LadderFrame> Frames(ScenarioResult result, PacketCapture capture)
    {
        var deciding = result
            .Purpose.Concat(result.Incidental.Where(finding => !finding.Ok))
            .Where(finding => finding.Packet is not null)
            .ToLookup(finding => finding.Packet!.Value);
        return
        [
            .. capture.Frames.Select(
                (frame, index) => new LadderFrame(index, frame, PacketStack.Of(frame.Bytes), [.. deciding[frame.Number]])
            ),
        ];
    }

    private static bool IsOfFile(Exception e) => e is IOException or InvalidDataException or UnauthorizedAccessException;
}
