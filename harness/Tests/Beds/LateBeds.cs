using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Simulated beds whose tester is late in the first scenarios.</summary>
internal sealed class LateBeds(int lateAttempts, Implementation? implementation = null) : IBedProvider
{
    private readonly SimulatedBeds beds = new(implementation ?? TestBeds.Implementation.Reference, seed: 1);

    public int Opened { get; private set; }

    public string Name => beds.Name;

    public string Implementation => beds.Implementation;

    public bool IsShared => beds.IsShared;

    public int Parallelism => beds.Parallelism;

    public bool IsRealTime => beds.IsRealTime;

    public string? Lost => beds.Lost;

    public IReadOnlyList<string>? Claims(string configuration) => beds.Claims(configuration);

    public ITestBed Open(string configuration)
    {
        var opened = beds.Open(configuration);
        return Opened++ < lateAttempts ? new BedInBetween(opened) { Late = TimeSpan.FromMilliseconds(320) } : opened;
    }

    public void Dispose() => beds.Dispose();
}
