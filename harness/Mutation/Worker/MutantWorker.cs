using System.Reflection;
using System.Text.Json;
using Conformance.Testing.Engine;

namespace Conformance.Mutation.Worker;

/// <summary>What a worker is asked: one line of its input.</summary>
/// <param name="Assembly">The mutant.</param>
/// <param name="Sections">The sections whose scenarios run first.</param>
public sealed record MutantJob(byte[] Assembly, string[] Sections);

/// <summary>
/// A process that runs the suite on one mutant after the other: a mutant may loop for ever, exhaust the stack or the memory, and must not
/// end the whole measurement. For each line of input, which is a <see cref="MutantJob"/>, it writes an empty line after each scenario and
/// at last the result. An empty line also says that it is ready.
/// </summary>
internal static class MutantWorker
{
    /// <summary>The only argument of the process.</summary>
    public const string Argument = "worker";

    public static void Run(TextReader input, TextWriter output)
    {
        // Nothing else may write to the pipe.
        Console.SetOut(TextWriter.Null);
        var suite = ScenarioSuite.Load(Path.Combine(AppContext.BaseDirectory, "features"), typeof(Steps.Arguments).Assembly);
        output.WriteLine();
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(JsonSerializer.Serialize(Run(suite, JsonSerializer.Deserialize<MutantJob>(line)!, output.WriteLine)));
        }
    }

    private static Observed Run(ScenarioSuite suite, MutantJob job, Action progress)
    {
        var context = new MutantContext(job.Assembly);
        var texts = (string[])
            context
                .TypeLike(typeof(SuiteOnMutant))
                .GetMethod(nameof(SuiteOnMutant.Run), BindingFlags.Public | BindingFlags.Static)!
                .Invoke(null, [suite, job.Sections, progress])!;
        context.Unload();
        return new Observed(Enum.Parse<MutantOutcome>(texts[0]), texts[1], texts[2], texts[3]);
    }
}
