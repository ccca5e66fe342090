using Conformance.Suite;
using Xunit;

[assembly: AssemblyFixture(typeof(AllSkippedGuard))]

namespace Conformance.Suite;

/// <summary>Fails if all selected scenarios were skipped, because that must not look like success.</summary>
public sealed class AllSkippedGuard : IDisposable
{
    private static int _ran;
    private static int _skipped;

    public static void Ran() => Interlocked.Increment(ref _ran);

    public static void Skipped() => Interlocked.Increment(ref _skipped);

    public void Dispose()
    {
        if (_skipped > 0 && _ran == 0)
        {
            throw new InvalidOperationException($"All {_skipped} selected scenarios were skipped: nothing was tested.");
        }
    }
}
