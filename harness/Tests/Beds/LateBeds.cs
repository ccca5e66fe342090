using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Simulated beds whose tester is late in the first scenarios.</summary>
internal sealed class LateBeds(int lateAttempts, Implementation? implementation = null) : IBedProvider
{
    private readonly SimulatedBeds _beds = new(implementation ?? TestBeds.Implementation.Reference, seed: 1);

    public int Opened { get; private set; }

    public string Name => _beds.Name;

    public string Implementation => _beds.Implementation;

    public bool IsShared => _beds.IsShared;

    public int Parallelism => _beds.Parallelism;

    public bool IsRealTime => _beds.IsRealTime;

    public string? Lost => _beds.Lost;

    public IReadOnlyList<string>? Claims(string configuration) => _beds.Claims(configuration);

    public ITestBed Open(string configuration, Edition edition)
    {
        var opened = _beds.Open(configuration, edition);
        return Opened++ < lateAttempts ? new BedInBetween(opened) { Late = TimeSpan.FromMilliseconds(320) } : opened;
    }

    public void Dispose() => _beds.Dispose();
}
