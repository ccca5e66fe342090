using Conformance.Testing.Bed;

namespace Conformance.TestBeds;

/// <summary>Opens beds for scenarios.</summary>
public interface IBedProvider : IDisposable
{
    /// <summary>simulated, namespaces, external, recorded.</summary>
    string Name { get; }

    /// <summary>What is under test, in a few words.</summary>
    string Implementation { get; }

    /// <summary>True if the verdict of a scenario may depend on those that ran before it, so that only the whole run repeats it.</summary>
    bool IsShared { get; }

    /// <summary>How many scenarios may run at once, each on a thread of its own; 1 where they share one implementation.</summary>
    int Parallelism { get; }

    /// <summary>True if protocol time is real time there, so that the long scenarios should begin first.</summary>
    bool IsRealTime { get; }

    /// <summary>Why no further scenario can run; null while they can.</summary>
    string? Lost { get; }

    /// <summary>What the implementation claims in a named configuration; null if the bed does not have that configuration.</summary>
    IReadOnlyList<string>? Claims(string configuration);

    /// <summary>
    /// Ends the waiting of every scenario under way by a <see cref="BedLostException"/>, from any thread. Where time is virtual nobody
    /// waits.
    /// </summary>
    void Interrupt() { }

    /// <summary>Opens the bed for a scenario of a configuration that it has; whoever asks disposes of it.</summary>
    ITestBed Open(string configuration);
}
