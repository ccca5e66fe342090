using Conformance.Testing.Bed;
using Conformance.Testing.Protection;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>Opens beds for scenarios.</summary>
public interface IBedProvider : IDisposable
{
    /// <summary>simulated, namespaces, containers, external, recorded.</summary>
    string Name { get; }

    /// <summary>A short description of the implementation under test.</summary>
    string Implementation { get; }

    /// <summary>True if a verdict may depend on the scenarios before it, so that only the whole run reproduces it.</summary>
    bool IsShared { get; }

    /// <summary>How many scenarios may run at once, each on its own thread; 1 if they share one implementation.</summary>
    int Parallelism { get; }

    /// <summary>True if protocol time is real time; long scenarios should then start first.</summary>
    bool IsRealTime { get; }

    /// <summary>Added to every upper limit of a specification; zero in virtual time.</summary>
    TimeSpan Tolerance => TimeSpan.Zero;

    /// <summary>Why no further scenario can run; null while scenarios can run.</summary>
    string? Lost { get; }

    /// <summary>The device under test as a certificate names it; null where the bed tests the reference.</summary>
    DeviceIdentity? Device => null;

    /// <summary>The last reading of the device's clock; null if it was not read, or is the clock of the bed.</summary>
    DeviceClock? DeviceClock => null;

    /// <summary>The ICS claims of the implementation in a named configuration; null if the bed lacks that configuration.</summary>
    IReadOnlyList<string>? Claims(string configuration);

    /// <summary>The editions that the implementation claims in a named configuration.</summary>
    IReadOnlyList<Edition> Editions(string configuration) => NamedConfiguration.Find(configuration)?.Editions ?? [Edition.Rfc5213];

    /// <summary>The IXIT of a named configuration; null if the bed lacks that configuration.</summary>
    Ixit? IxitOf(string configuration) => null;

    /// <summary>The keys of the security associations in the IXITs.</summary>
    Keyring Keys => Keyring.None;

    /// <summary>Called by each thread that runs scenarios. Where times are judged, it goes ahead of other work on the machine.</summary>
    void RaisePriority() { }

    /// <summary>
    /// Ends the waiting of every running scenario with a <see cref="BedLostException"/>. Any thread may call it. It does nothing where
    /// time is virtual, because nothing waits there.
    /// </summary>
    void Interrupt() { }

    /// <summary>
    /// Opens the bed for a scenario of a configuration that the bed has, in one of its <see cref="Editions"/>; the caller disposes of the
    /// result.
    /// </summary>
    ITestBed Open(string configuration, Edition edition);
}

/// <summary>What every provider of beds can do besides.</summary>
public static class BedProviderExtensions
{
    /// <summary>Opens the bed for a configuration in the newest of its editions.</summary>
    public static ITestBed Open(this IBedProvider beds, string configuration) =>
        beds.Open(configuration, Edition.NewestOf(beds.Editions(configuration)));
}
