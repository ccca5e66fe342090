using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Simulated beds that a test changes in one respect.</summary>
internal abstract class BedsInBetween(Implementation? implementation = null) : IBedProvider
{
    public string Name => Beds.Name;

    public string Implementation => Beds.Implementation;

    public bool IsShared => Beds.IsShared;

    public int Parallelism => Beds.Parallelism;

    public bool IsRealTime => Beds.IsRealTime;

    public string? Lost => Beds.Lost;

    protected SimulatedBeds Beds { get; } = new(implementation ?? TestBeds.Implementation.Reference, seed: 1);

    public IReadOnlyList<string>? Claims(string configuration) => Beds.Claims(configuration);

    public virtual IReadOnlyList<Edition> Editions(string configuration) => ((IBedProvider)Beds).Editions(configuration);

    public abstract ITestBed Open(string configuration, Edition edition);

    public void Dispose() => Beds.Dispose();
}
