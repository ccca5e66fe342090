using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Testing.Bed;

namespace Conformance.Testing.Capture;

/// <summary>
/// The trace of a scenario in two files side by side: the frames in <c>TC-LMA-REG-BI-07.pcapng</c>, and in
/// <c>TC-LMA-REG-BI-07.trace.ndjson</c> a line for the scenario and its bed, then a line for every event.
/// Together they are all that a verdict follows from.
/// </summary>
public static class TraceFile
{
    public const string CaptureExtension = ".pcapng";

    public const string EventsExtension = ".trace.ndjson";

    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes both files; earlier ones of the same scenario are overwritten.</summary>
    /// <param name="directory">Where to; it is created if need be.</param>
    /// <param name="title">The scenario's title, for whoever opens the capture.</param>
    /// <param name="comments">Comments on packets, by packet number; null if there are none.</param>
    /// <returns>The path of the capture.</returns>
    /// <exception cref="ArgumentException">The scenario's id cannot be a file's name, or the frames are not those of one trace.</exception>
    public static string Write(string directory, Trace trace, string title, IReadOnlyDictionary<int, string>? comments = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (trace.Scenario.Length == 0 || trace.Scenario.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            throw new ArgumentException($"'{trace.Scenario}' cannot be the name of a file.", nameof(trace));
        }

        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, trace.Scenario + CaptureExtension);
        using (var capture = File.Create(path))
        {
            PcapngWriter.Write(capture, trace, title, comments);
        }

        using var events = new StreamWriter(EventsBeside(path), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        events.WriteLine(JsonSerializer.Serialize(new Head(trace.Scenario, trace.Frames.Count, trace.Facts), _json));
        foreach (var traceEvent in trace.Events)
        {
            events.WriteLine(JsonSerializer.Serialize(traceEvent, _json));
        }

        return path;
    }

    /// <param name="capturePath">The path of the capture; the events are read from the file beside it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it and the offset or line.</exception>
    public static Trace Read(string capturePath) => Read(capturePath, PcapngReader.Read(capturePath));

    /// <param name="capturePath">The path of the capture; the events are read from the file beside it.</param>
    /// <param name="capture">What was read from the capture.</param>
    /// <exception cref="IOException">The events cannot be read.</exception>
    /// <exception cref="InvalidDataException">The events are malformed; the message names the file and the line.</exception>
    public static Trace Read(string capturePath, PacketCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        var frames = capture.Frames;
        var path = EventsBeside(capturePath);
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0)
        {
            throw new InvalidDataException($"{path}:1: the file is empty.");
        }

        var head = Parse<Head>(path, lines, 0);
        if (head.Frames != frames.Count)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{path}:1: recorded {head.Frames} frames, but the capture has {frames.Count}.")
            );
        }

        var events = new List<TraceEvent>();
        for (var i = 1; i < lines.Length; i++)
        {
            var traceEvent = Parse<TraceEvent>(path, lines, i);
            if (traceEvent.After < 0 || traceEvent.After > frames.Count)
            {
                throw new InvalidDataException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}:{i + 1}: an event after {traceEvent.After} frames, but the capture has {frames.Count}."
                    )
                );
            }

            events.Add(traceEvent);
        }

        return new Trace(head.Scenario, head.Facts, frames, events);
    }

    private static string EventsBeside(string capturePath) => Path.ChangeExtension(capturePath, null) + EventsExtension;

    private static T Parse<T>(string path, string[] lines, int index)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(lines[index], _json) ?? throw new JsonException("nothing stands here.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}:{index + 1}: {e.Message}", e);
        }
    }

    /// <param name="Frames">How many frames the capture has: one that lost its end would be read as silence.</param>
    private sealed record Head(string Scenario, int Frames, BedFacts Facts);
}
