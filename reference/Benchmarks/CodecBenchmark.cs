using System.Globalization;

namespace Pmip.Benchmarks;

/// <summary>
/// Measures reading and writing of messages, in place and by their records: processor time and allocated octets of each, as ratios to a
/// copy of the same octets and to the record in the same run: <c>codec [--rounds N]</c>.
/// </summary>
internal static class CodecBenchmark
{
    internal const string Command = "codec";

    private const int DefaultRounds = 15,
        MaximumRounds = 1000;

    /// <summary>The length of one measurement: long beside the resolution of the clock.</summary>
    private static readonly TimeSpan _measurement = TimeSpan.FromMilliseconds(20);

    /// <returns>The exit code: 0, or 2 if the arguments are wrong.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var rounds = DefaultRounds;
        if (
            arguments is not []
            && !(
                arguments is ["--rounds", var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds)
                && rounds is > 0 and <= MaximumRounds
            )
        )
        {
            Console.Error.WriteLine($"{Command} [--rounds N]: the median of N rounds, 1 to {MaximumRounds}");
            return 2;
        }

        Console.WriteLine("message                   octets   operation                  ns   B allocated     of copy   of record");
        foreach (var sample in CodecSamples.All)
        {
            Report(sample, rounds);
        }
        return 0;
    }

    private static void Report(CodecSamples.Sample sample, int rounds)
    {
        var operations = sample.Operations.Select(operation => new Operation(operation)).ToList();
        // The first round compiles the code, and the second one what the first has found to be hot.
        for (var round = -2; round < rounds; round++)
        {
            foreach (var operation in operations)
            {
                operation.Measure(isKept: round >= 0);
            }
        }

        var copy = operations.Single(operation => operation.Of.Name == CodecSamples.Copy);
        foreach (var operation in operations)
        {
            var record = operations.SingleOrDefault(other => other.Of.Name == operation.Of.Record);
            Console.WriteLine(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0,-25}{1,7}   {2,-20}{3,9:F1}{4,14}{5,12:F1}{6,12}",
                    sample.Name,
                    sample.Length,
                    operation.Of.Name,
                    operation.Nanoseconds,
                    operation.Allocated,
                    operation.Nanoseconds / copy.Nanoseconds,
                    record is null ? "" : (operation.Nanoseconds / record.Nanoseconds).ToString("F2", CultureInfo.InvariantCulture)
                )
            );
        }
    }

    private sealed class Operation(CodecSamples.Operation operation)
    {
        private readonly List<double> _nanoseconds = [];
        private int _repetitions = 1;

        internal CodecSamples.Operation Of => operation;

        internal double Nanoseconds => Statistics.Median(_nanoseconds);

        internal long Allocated { get; private set; }

        internal void Measure(bool isKept)
        {
            TimeSpan time;
            while ((time = Time()) < _measurement)
            {
                _repetitions *= 2;
            }
            if (!isKept)
            {
                return;
            }

            _nanoseconds.Add(time.TotalNanoseconds / _repetitions);
            var before = GC.GetAllocatedBytesForCurrentThread();
            operation.Do();
            Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        /// <summary>Processor time, which other processes do not lengthen.</summary>
        private TimeSpan Time()
        {
            var begun = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < _repetitions; i++)
            {
                operation.Do();
            }
            return Environment.CpuUsage.TotalTime - begun;
        }
    }
}
