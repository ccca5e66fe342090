namespace Pmip.Reference.Tests.Wire;

/// <summary>What is allocated for an input.</summary>
internal static class Allocation
{
    /// <summary>Tables that are made once, of names for instance, are paid for by whoever comes first: all of them by the third time.</summary>
    private const int Attempts = 3;

    /// <summary>The octets that an action allocates on this thread, the least of a few times unless it is within bounds before.</summary>
    internal static long Of(Action action, long bound)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > bound; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
