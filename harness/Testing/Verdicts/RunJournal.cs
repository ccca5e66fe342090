using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Testing.Scenarios;

namespace Conformance.Testing.Verdicts;

/// <summary>
/// The journal of a run: a line for the run, one for every planned scenario, one for every result when it is known, and one for the
/// end. A scenario that is repeated has a line for every attempt before that of its result. Every line is flushed when it is written, so
/// that the journal of an interrupted run can be read.
/// </summary>
public sealed class RunJournal : IDisposable
{
    public const string FileName = "journal.ndjson";

    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    private readonly StreamWriter _writer;
    private readonly Lock _gate = new();

    /// <param name="directory">The directory of the run; it is created, and an earlier journal in it is overwritten.</param>
    public RunJournal(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        _writer = new StreamWriter(Path.Combine(directory, FileName)) { NewLine = "\n" };
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

    /// <summary>Adds an attempt at a scenario that is repeated; may be called from several threads.</summary>
    public void AddAttempt(ScenarioResult attempt) => Write("attempt", attempt);

    public void End(RunEnd end) => Write("end", end);

    /// <summary>Reads a run from its journal, even if the run was cut off.</summary>
    /// <exception cref="InvalidDataException">
    /// A line is malformed (a malformed last line is ignored) or has an unknown kind, the <c>run</c> line is missing, or there are two
    /// <c>planned</c> or two <c>result</c> lines for a scenario in one edition. The message contains the file and, if there is one, the
    /// line number.
    /// </exception>
    public static Run Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        RunHeader? header = null;
        RunEnd? end = null;
        var planned = new List<PlannedScenario>();
        var results = new List<ScenarioResult>();
        var attempts = new List<ScenarioResult>();
        var seen = new HashSet<(string Kind, ScenarioKey Key)>();
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
                        header = Parse<RunHeader>(body);
                        break;
                    case "planned":
                        planned.Add(Parse<PlannedScenario>(body));
                        Once("planned", planned[^1].Key, i);
                        break;
                    case "result":
                        results.Add(Parse<ScenarioResult>(body));
                        Once("result", results[^1].Key, i);
                        break;
                    case "attempt":
                        attempts.Add(Parse<ScenarioResult>(body));
                        break;
                    case "end":
                        end = Parse<RunEnd>(body);
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
            : new Run(header, planned, results, end) { Attempts = attempts };

        void Once(string kind, ScenarioKey key, int line)
        {
            if (!seen.Add((kind, key)))
            {
                throw new InvalidDataException(
                    $"{path}:{line + 1}: a second line of kind '{kind}' for scenario {key.Scenario} in edition {key.Edition}."
                );
            }
        }
    }

    public void Dispose() => _writer.Dispose();

    private static T Parse<T>(JsonElement body)
        where T : class => body.Deserialize<T>(_json) ?? throw new JsonException("the line has no value.");

    private void Write<T>(string kind, T data)
    {
        var line = JsonSerializer.Serialize(new { kind, data }, _json);
        lock (_gate)
        {
            _writer.WriteLine(line);
            _writer.Flush();
        }
    }
}
