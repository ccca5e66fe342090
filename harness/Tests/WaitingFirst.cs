using Conformance.Harness.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Tests on real links wait for timers, one after the other in each class. More threads than cores let them wait side by side.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace Conformance.Harness.Tests;

/// <summary>The classes that wait in real time begin first, so that those that compute fill the time.</summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    private static readonly string[] _realTime = [".Foreign.", ".External.", ".Namespaces.", ".Lab.", ".Wired."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(_realTime, part => collection.TestCollectionDisplayName.Contains(part, StringComparison.Ordinal));
        return place < 0 ? _realTime.Length : place;
    }
}
