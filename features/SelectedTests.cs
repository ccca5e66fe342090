using Xunit.Sdk;
using Xunit.v3;

namespace Conformance.Suite;

/// <summary>Notes which tests run after all filters: xunit passes these to the orderer. Their order does not change.</summary>
public sealed class SelectedTests : ITestCaseOrderer
{
    private static readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <param name="name">The argument of a test: the name of a scenario.</param>
    public static bool Contains(string name) => _names.Contains(name);

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase
    {
        _names.UnionWith(testCases.OfType<XunitTestCase>().SelectMany(test => test.TestMethodArguments).OfType<string>());
        return testCases;
    }
}
