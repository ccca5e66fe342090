using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds.Simulated;

/// <summary>Simulated beds: a new implementation for every scenario, or one for each configuration that is never reset.</summary>
public sealed class SimulatedBeds(Implementation implementation, int seed, bool shared = false) : IBedProvider
{
    private readonly Dictionary<(string, Edition), SharedBed> _opened = [];

    /// <summary>The IXIT of another bed, whose timers and waiting times replace those of these beds; null for their own.</summary>
    public Ixit? Times { get; init; }

    /// <summary>The number of mobile nodes.</summary>
    public int Identities { get; init; } = 65535;

    public string Name => "simulated";

    public string Implementation => implementation.Name;

    public bool IsShared => shared;

    public int Parallelism => shared ? 1 : Environment.ProcessorCount;

    public bool IsRealTime => false;

    public string? Lost => null;

    public IReadOnlyList<string>? Claims(string configuration) =>
        NamedConfiguration.Find(configuration) is { } found ? implementation.ClaimsIn(found) : null;

    public Ixit? IxitOf(string configuration) =>
        NamedConfiguration.Find(configuration) is { } found ? implementation.Provision(ReferenceSetup.Of(found).ToIxit()) : null;

    public Keyring Keys => TesterKeys.All;

    public ITestBed Open(string configuration, Edition edition)
    {
        var named = NamedConfiguration.Find(configuration, edition);
        if (!shared)
        {
            return Build(named);
        }

        if (!_opened.TryGetValue(named.Key, out var bed))
        {
            bed = new SharedBed(Build(named), () => _opened.Remove(named.Key));
            _opened.Add(named.Key, bed);
        }

        return bed;
    }

    public void Dispose()
    {
        foreach (var bed in _opened.Values)
        {
            bed.Close();
        }
    }

    private SimulatedBed Build(NamedConfiguration configuration)
    {
        var setup = ReferenceSetup.Of(configuration) with { Domain = implementation.Changes.Apply(configuration.Domain) };
        var ixit = implementation.Provision(setup.ToIxit());
        setup = setup.With(implementation.Changes);
        if (Times is not null)
        {
            ixit = ixit with { Timers = Times.Timers, AnswerWithin = Times.AnswerWithin, Guard = Times.Guard };
            setup = setup.With(role => role.WithTimers(Times));
        }

        var facts = new BedFacts(Name, seed, TimeSpan.Zero, ixit, implementation.ClaimsIn(configuration)) { Keys = Keys };
        return SimulatedDomain.Build(
            setup,
            implementation,
            facts with
            {
                DeviceClock = ReadClock(setup, facts),
            },
            Math.Min(Identities, configuration.Identities)
        );
    }

    /// <summary>
    /// The clock of the implementation: known, or that of an LMA read as on the external bed if it is one of its own; null if it is not
    /// known, or is that of the bed.
    /// </summary>
    private DeviceClock? ReadClock(ReferenceSetup setup, BedFacts facts)
    {
        if (implementation.ClockOffset == SimulatedBed.ClockOffset && setup.Domain.Tested is not null)
        {
            return new DeviceClock(SimulatedBed.ClockOffset, TimeSpan.Zero);
        }

        if (implementation.ClockOffset == TimeSpan.Zero || setup.Domain.Tested?.Role != NodeRole.Lma)
        {
            return null;
        }

        using var bed = SimulatedDomain.Build(setup, implementation, facts, Identities);
        return new SanityExchange(bed, NodeRole.Lma).ReadClock(out _) is { } reading
            ? new DeviceClock(reading.Offset, reading.Uncertainty)
            : null;
    }

    /// <summary>A bed that outlives its scenarios.</summary>
    private sealed class SharedBed(SimulatedBed bed, Action replace) : ITestBed
    {
        public BedFacts Facts => bed.Facts;

        public DateTimeOffset Now => bed.Now;

        public IutHealth Health => bed.Health;

        public string? Crash => bed.Crash;

        public IUpperTester UpperTester => bed.UpperTester;

        public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame) => bed.Send(port, frame);

        public bool TryReceive(DateTimeOffset until, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ReceivedFrame? frame) =>
            bed.TryReceive(until, out frame);

        public IPending SetCarrier(PortId port, bool up) => bed.SetCarrier(port, up);

        public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => bed.TryTakeIdentity(out identity, out usableFrom);

        public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => bed.ReturnIdentity(identity, usableFrom);

        public void Replace(string reason) => replace();

        public void Close() => bed.Dispose();

        /// <summary>The next scenario needs the implementation as it was set up.</summary>
        public void Dispose()
        {
            if (bed.HasChanged)
            {
                replace();
            }
        }
    }
}
