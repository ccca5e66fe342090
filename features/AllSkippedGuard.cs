using Conformance.Suite;
using Xunit;

[assembly: AssemblyFixture(typeof(AllSkippedGuard))]

namespace Conformance.Suite;

/// <summary>A selection of which nothing ran must not look like one that passed: it ends red.</summary>
public sealed class AllSkippedGuard : IDisposable
{
    private static int ran;
    private static int skipped;

    public static void Ran() => Interlocked.Increment(ref ran);

    public static void Skipped() => Interlocked.Increment(ref skipped);

    public void Dispose()
    {
        if (skipped > 0 && ran == 0)
        {
            throw new InvalidOperationException($"All {skipped} selected scenarios were skipped: nothing was tested.");
        }
    }
}
