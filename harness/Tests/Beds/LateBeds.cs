using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Simulated beds whose tester is late in the first scenarios.</summary>
internal sealed class LateBeds(int lateAttempts, Implementation? implementation = null) : BedsInBetween(implementation)
{
    public int Opened { get; private set; }

    public override ITestBed Open(string configuration, Edition edition)
    {
        var opened = Beds.Open(configuration, edition);
        return Opened++ < lateAttempts ? new BedInBetween(opened) { Late = TimeSpan.FromMilliseconds(320) } : opened;
    }
}
