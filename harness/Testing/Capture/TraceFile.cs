using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Conformance.Testing.Bed;

namespace Conformance.Testing.Capture;

/// <summary>
/// The trace of a scenario in two files side by side. <c>TC-LMA-REG-BI-07.pcapng</c> holds the frames.
/// <c>TC-LMA-REG-BI-07.trace.ndjson</c> holds one line for the scenario and its bed, then one line for every event. A verdict
/// follows from these two files alone.
/// </summary>
public static class TraceFile
{
    public const string CaptureExtension = ".pcapng";

    public const string EventsExtension = ".trace.ndjson";

    /// <summary>The version of the format that is written. Files without a version have version 1.</summary>
    public const int Version = 2;

    /// <summary>Writes both files and overwrites earlier files of the same scenario.</summary>
    /// <param name="directory">The target directory; it is created if necessary.</param>
    /// <param name="title">The scenario's title, for readers of the capture.</param>
    /// <param name="comments">Comments on packets, by packet number; null if there are none.</param>
    /// <returns>The path of the capture.</returns>
    /// <exception cref="ArgumentException">The scenario's id cannot be a file name, or the frames do not belong to one trace.</exception>
    public static string Write(string directory, Trace trace, string title, IReadOnlyDictionary<int, string>? comments = null)
    {
        if (trace.Scenario.Length == 0 || trace.Scenario.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            throw new ArgumentException($"'{trace.Scenario}' cannot be a file name.", nameof(trace));
        }

        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, trace.Scenario + CaptureExtension);
        using (var capture = File.Create(path))
        {
            PcapngWriter.Write(capture, trace, title, comments);
        }

        using var events = new StreamWriter(EventsBeside(path), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        events.WriteLine(JsonSerializer.Serialize(new Head(Version, trace.Scenario, trace.Frames.Count, trace.Facts), TraceJson.Options));
        foreach (var traceEvent in trace.Events)
        {
            events.WriteLine(JsonSerializer.Serialize(traceEvent, TraceJson.Options));
        }

        return path;
    }

    /// <param name="capturePath">The path of the capture; the events are read from the file beside it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it and the offset or line.</exception>
    public static Trace Read(string capturePath) => Read(capturePath, PcapngReader.Read(capturePath));

    /// <param name="capturePath">The path of the capture; the events are read from the file beside it.</param>
    /// <param name="capture">The content of the capture.</param>
    /// <exception cref="IOException">The events cannot be read.</exception>
    /// <exception cref="InvalidDataException">The events are malformed; the message names the file and the line.</exception>
    public static Trace Read(string capturePath, PacketCapture capture)
    {
        var frames = capture.Frames;
        var path = EventsBeside(capturePath);
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0)
        {
            throw new InvalidDataException($"{path}:1: the file is empty.");
        }

        var head = ReadHead(path, lines);
        if (head.Frames != frames.Count)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{path}:1: recorded {head.Frames} frames, but the capture has {frames.Count}.")
            );
        }

        var events = new List<TraceEvent>();
        for (var i = 1; i < lines.Length; i++)
        {
            var traceEvent =
                head.Version == 1
                    ? Parse<TraceFormat1.Event, TraceEvent>(path, lines, i, TraceFormat1.ToEvent)
                    : Parse<TraceEvent>(path, lines, i);
            if (traceEvent.After < 0 || traceEvent.After > frames.Count)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant(
                        $"{path}:{i + 1}: an event after {traceEvent.After} frames, but the capture has {frames.Count}."
                    )
                );
            }

            events.Add(traceEvent);
        }

        return new Trace(head.Scenario, head.Facts, frames, events);
    }

    /// <summary>The SHA-256 of both files, first the capture, in hexadecimal digits.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string HashOf(string capturePath)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(capturePath));
        hash.AppendData(File.ReadAllBytes(EventsBeside(capturePath)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Copies a capture and the trace events beside it; directories are created.</summary>
    public static void Copy(string capturePath, string toCapturePath)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(toCapturePath)!);
        File.Copy(capturePath, toCapturePath, overwrite: true);
        File.Copy(EventsBeside(capturePath), EventsBeside(toCapturePath), overwrite: true);
    }

    /// <summary>The path of the trace events beside a capture.</summary>
    public static string EventsBeside(string capturePath) => Path.ChangeExtension(capturePath, null) + EventsExtension;

    private static Head ReadHead(string path, string[] lines)
    {
        switch (Parse<VersionOf>(path, lines, 0).Version)
        {
            case 1:
                return Parse<TraceFormat1.Head, Head>(
                    path,
                    lines,
                    0,
                    old => new Head(1, old.Scenario, old.Frames, TraceFormat1.ToFacts(old.Facts))
                );
            case Version:
                return Parse<Head>(path, lines, 0);
            case var version:
                throw new InvalidDataException(
                    FormattableString.Invariant(
                        $"{path}:1: the format of this trace has version {version}; this program reads versions 1 to {Version}."
                    )
                );
        }
    }

    private static T Parse<T>(string path, string[] lines, int index)
        where T : class => Parse<T, T>(path, lines, index, value => value);

    private static TNew Parse<T, TNew>(string path, string[] lines, int index, Func<T, TNew> convert)
        where T : class
    {
        try
        {
            return convert(
                JsonSerializer.Deserialize<T>(lines[index], TraceJson.Options) ?? throw new JsonException("the line has no value.")
            );
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{path}:{index + 1}: {e.Message}", e);
        }
    }

    private sealed record VersionOf(int Version = 1);

    /// <param name="Frames">The number of frames in the capture, so that a truncated capture is not read as silence.</param>
    private sealed record Head(int Version, string Scenario, int Frames, BedFacts Facts);
}
