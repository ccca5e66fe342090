using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Evidence;

/// <summary>A run with the traces that its verdicts are based on.</summary>
/// <param name="Traces">The trace of every result that has a capture.</param>
public sealed record RunEvidence(Run Run, IReadOnlyDictionary<ScenarioKey, Trace> Traces)
{
    /// <summary>Reads the journal in a run's directory, and the captures that the journal names. Other files are ignored.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it and the line or offset.</exception>
    public static RunEvidence Read(string directory)
    {
        var run = RunJournal.Read(directory);
        return new RunEvidence(
            run,
            run.Results.Where(result => result.Capture is not null).ToDictionary(result => result.Key, result => Read(directory, result))
        );
    }

    private static Trace Read(string directory, ScenarioResult result)
    {
        var path = Path.Combine(directory, result.Capture!);
        var trace = TraceFile.Read(path);
        return trace.Scenario == result.Scenario || trace.Scenario == result.Key.ToString()
            ? trace
            : throw new InvalidDataException(
                $"{path}: the journal assigns this trace to {result.Scenario}, the trace itself to {trace.Scenario}."
            );
    }
}
