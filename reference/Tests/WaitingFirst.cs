using Pmip.Reference.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Tests on real links wait for timers. More threads than cores let them wait at the same time.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace Pmip.Reference.Tests;

/// <summary>Starts the classes that wait in real time first. Classes that only compute then run beside them.</summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    private static readonly string[] _realTime =
    [
        ".Foreign.",
        ".External.",
        ".Namespaces.",
        ".Containers.",
        ".Lab.",
        ".Wired.",
        ".Node.",
        ".Linux.",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(_realTime, part => collection.TestCollectionDisplayName.Contains(part, StringComparison.Ordinal));
        return place < 0 ? _realTime.Length : place;
    }
}
