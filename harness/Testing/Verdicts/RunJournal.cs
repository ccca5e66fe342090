using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Testing.Capture;
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

    // Of two members of one name, readers take different ones.
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

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

    /// <summary>
    /// Reads a run from its journal, even if the run was cut off. Without an end, the first attempt at a scenario stands for its result if
    /// there is none.
    /// </summary>
    /// <param name="isWhole">False if the last line may be malformed, because it was cut off; it is then ignored.</param>
    /// <exception cref="InvalidDataException">
    /// A line is malformed or has an unknown kind, the first is not the only <c>run</c> line, there are two <c>end</c> lines, or two
    /// <c>planned</c> or two <c>result</c> lines for a scenario in one edition; or a capture is no relative path that stays in the
    /// directory. The message contains the file and, if there is one, the line number.
    /// </exception>
    public static Run Read(string directory, bool isWhole = false)
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
                using var line = JsonDocument.Parse(lines[i], _strict);
                var body = line.RootElement.GetProperty("data");
                var kind = line.RootElement.GetProperty("kind").GetString();
                if ((kind == "run") != (i == 0))
                {
                    throw new InvalidDataException($"{path}:{i + 1}: the line of kind 'run' must be the first one, and no other.");
                }

                switch (kind)
                {
                    case "run":
                        header = Parse<RunHeader>(body);
                        Require(header, i);
                        break;
                    case "planned":
                        planned.Add(Parse<PlannedScenario>(body));
                        Once("planned", planned[^1].Key, i);
                        break;
                    case "result":
                        results.Add(Parse<ScenarioResult>(body));
                        RequireSafe(results[^1], i);
                        Once("result", results[^1].Key, i);
                        break;
                    case "attempt":
                        attempts.Add(Parse<ScenarioResult>(body));
                        RequireSafe(attempts[^1], i);
                        break;
                    case "end" when end is not null:
                        throw new InvalidDataException($"{path}:{i + 1}: a second line of kind 'end'.");
                    case "end":
                        end = Parse<RunEnd>(body);
                        break;
                    default:
                        throw new InvalidDataException($"{path}:{i + 1}: unknown kind of line.");
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                if (isWhole || i < lines.Length - 1)
                {
                    throw new InvalidDataException($"{path}:{i + 1}: {e.Message}", e);
                }
            }
        }

        if (end is null)
        {
            // The result of a repeated scenario is written after all attempts. A run that was cut off before must not hide the failure.
            var known = results.Select(result => result.Key).ToHashSet();
            results.AddRange(attempts.Where(attempt => known.Add(attempt.Key)));
        }

        return header is null
            ? throw new InvalidDataException($"{path}: the journal has no line of kind 'run'.")
            : new Run(header, planned, results, end) { Attempts = attempts };

        void Require(RunHeader read, int line)
        {
            var names = (read.Configurations ?? []).Select(known => known?.Name).ToList();
            if (names.Contains(null) || names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            {
                throw new InvalidDataException($"{path}:{line + 1}: a configuration without a name, or two of one name.");
            }

            if (read.Suite is { } suite && !(suite.Hash.Length == SHA256.HashSizeInBytes * 2 && suite.Hash.All(char.IsAsciiHexDigit)))
            {
                throw new InvalidDataException($"{path}:{line + 1}: the hash of the suite is no SHA-256 in hexadecimal digits.");
            }
        }

        void RequireSafe(ScenarioResult result, int line)
        {
            if (result.Capture is { } capture && !SafePath.IsSafe(capture))
            {
                throw new InvalidDataException($"{path}:{line + 1}: '{capture}' is no path of a capture in the directory of the run.");
            }
        }

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
