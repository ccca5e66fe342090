using Conformance.Suite;
using Xunit;

[assembly: AssemblyFixture(typeof(OpenedBed))]

namespace Conformance.Suite;

/// <summary>Closes the bed when the last test has run.</summary>
public sealed class OpenedBed : IDisposable
{
    public void Dispose() => SuiteUnderTest.Close();
}
