namespace Pmip.Reference.Tests.Wire;

/// <summary>Measures the memory allocated by an action.</summary>
internal static class Allocation
{
    /// <summary>Static tables, for instance of names, are allocated on first use; all of them exist by the third attempt.</summary>
    private const int Attempts = 3;

    /// <summary>
    /// The octets that an action allocates on this thread: the minimum of several attempts, which stop as soon as one is within the
    /// bound.
    /// </summary>
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
