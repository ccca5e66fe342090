using System.Collections.Concurrent;

namespace Conformance.TestBeds;

/// <summary>Threads of their own for scenarios, each of which is the pump of its scenario.</summary>
internal static class ScenarioThreads
{
    /// <summary>Runs the action on several threads. Exceptions are thrown again when all threads have ended.</summary>
    public static void Run(int count, Action action)
    {
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable
            .Range(1, count)
            .Select(number => new Thread(() =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // The exception is thrown again below.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failures.Enqueue(e);
                }
            })
            {
                IsBackground = true,
                Name = $"scenarios {number}",
            })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }
}
