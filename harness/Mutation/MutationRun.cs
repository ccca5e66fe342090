using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Conformance.Mutation.Worker;
using Conformance.Reports;

namespace Conformance.Mutation;

/// <param name="Assembly">The assembly of the reference with the mutant.</param>
public sealed record CompiledMutant(Mutant Mutant, byte[] Assembly);

/// <summary>Runs the suite on mutants, several at once.</summary>
public sealed partial class MutationRun(ReferenceSources sources)
{
    /// <summary>The longest processor time that a scenario may take; some milliseconds are usual, a second for the first.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The mutants that compile.</summary>
    public IReadOnlyList<Mutant> Compiling(IReadOnlyList<Mutant> mutants) => [.. mutants.AsParallel().AsOrdered().Where(sources.Compiles)];

    /// <summary>The first mutants of an order that compile, with their assemblies.</summary>
    public IReadOnlyList<CompiledMutant> Compile(IReadOnlyList<Mutant> order, int count)
    {
        var compiled = new List<CompiledMutant>();
        var tried = 0;
        while (compiled.Count < count && tried < order.Count)
        {
            var some = order.Skip(tried).Take(count - compiled.Count).ToList();
            compiled.AddRange(some.AsParallel().AsOrdered().Select(Compile).OfType<CompiledMutant>());
            tried += some.Count;
        }

        return compiled;
    }

    /// <summary>Runs the suite on each mutant.</summary>
    /// <param name="done">Called for each result when it is available, from any thread, one call at a time.</param>
    /// <returns>The results in the order of the mutants.</returns>
    /// <exception cref="CannotRunException">The reference without a mutant is not found correct.</exception>
    public IReadOnlyList<MutantResult> Run(IReadOnlyList<CompiledMutant> mutants, Action<MutantResult> done)
    {
        RequireSoundReference();
        var queue = new ConcurrentQueue<CompiledMutant>(mutants);
        var results = new Dictionary<string, MutantResult>(StringComparer.Ordinal);
        var lanes = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, mutants.Count)).Select(_ => new Thread(RunLane)).ToList();
        lanes.ForEach(lane => lane.Start());
        lanes.ForEach(lane => lane.Join());
        return [.. mutants.Select(compiled => results[compiled.Mutant.Id])];

        void RunLane()
        {
            using var worker = new WorkerProcess(Patience);
            while (queue.TryDequeue(out var compiled))
            {
                var (mutant, assembly) = compiled;
                var result = new MutantResult(mutant, worker.Run(new MutantJob(assembly, SectionsIn(sources.TextOf(mutant.File)))));
                lock (results)
                {
                    results[mutant.Id] = result;
                    done(result);
                }
            }
        }
    }

    /// <summary>The sections of RFC 5213 that a source file names in its comments and rules, such as 5.3.1 in "5.3.1(4)".</summary>
    public static string[] SectionsIn(string text) => [.. Section().Matches(text).Select(match => match.Value).Distinct()];

    private CompiledMutant? Compile(Mutant mutant) =>
        sources.Compiles(mutant) && sources.Emit(mutant) is { } assembly ? new CompiledMutant(mutant, assembly) : null;

    private void RequireSoundReference()
    {
        using var worker = new WorkerProcess(Patience);
        var observed = worker.Run(new MutantJob(sources.Emit(null)!, []));
        if (observed.Outcome != MutantOutcome.Survived)
        {
            throw new CannotRunException(
                $"the reference without a mutant is not found correct: {observed.Scenario} {observed.Statement} {observed.Reason}"
            );
        }
    }

    [GeneratedRegex(@"(?<![\d.])\d+(?:\.\d+)+(?![\d.]*\d)")]
    private static partial Regex Section();
}
