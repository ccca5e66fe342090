using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conformance.Testing.Verdicts;

/// <summary>
/// The one thing a run writes: a line for the run, one for every planned scenario, one for every result as
/// it comes, one for the end. Every line is flushed, so that whatever ends the run leaves correct partial results.
/// </summary>
public sealed class RunJournal : IDisposable
{
    public const string FileName = "journal.ndjson";

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StreamWriter writer;
    private readonly Lock gate = new();

    /// <param name="directory">The run's directory; it is created, an earlier journal in it is overwritten.</param>
    public RunJournal(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        writer = new StreamWriter(Path.Combine(directory, FileName)) { NewLine = "\n" };
    }

    public void Begin(RunHeader header, IEnumerable<PlannedScenario> planned)
    {
        Write("run", header);
        foreach (var scenario in planned)
        {
            Write("planned", scenario);
        }
    }

    /// <summary>Adds a result; may be called from several threads.</summary>
    public void Add(ScenarioResult result) => Write("result", result);

    public void End(RunEnd end) => Write("end", end);

    /// <summary>Reads a run back, also one that was cut off.</summary>
    /// <exception cref="InvalidDataException">A line other than a torn last one is not of a journal; the message names file and line.</exception>
    public static Run Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        RunHeader? header = null;
        RunEnd? end = null;
        var planned = new List<PlannedScenario>();
        var results = new List<ScenarioResult>();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                using var line = JsonDocument.Parse(lines[i]);
                var body = line.RootElement.GetProperty("data");
                switch (line.RootElement.GetProperty("kind").GetString())
                {
                    case "run":
                        header = body.Deserialize<RunHeader>(Json);
                        break;
                    case "planned":
                        planned.Add(body.Deserialize<PlannedScenario>(Json)!);
                        break;
                    case "result":
                        results.Add(body.Deserialize<ScenarioResult>(Json)!);
                        break;
                    case "end":
                        end = body.Deserialize<RunEnd>(Json);
                        break;
                    default:
                        throw new InvalidDataException($"{path}:{i + 1}: unknown kind of line.");
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                if (i < lines.Length - 1)
                {
                    throw new InvalidDataException($"{path}:{i + 1}: {e.Message}", e);
                }
            }
        }

        return header is null
            ? throw new InvalidDataException($"{path}: the journal has no line of kind 'run'.")
            : new Run(header, planned, results, end);
    }

    public void Dispose() => writer.Dispose();

    private void Write<T>(string kind, T data)
    {
        var line = JsonSerializer.Serialize(new { kind, data }, Json);
        lock (gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
