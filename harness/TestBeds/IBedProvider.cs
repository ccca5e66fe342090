using Conformance.Testing.Bed;

namespace Conformance.TestBeds;

/// <summary>Opens beds for scenarios.</summary>
public interface IBedProvider : IDisposable
{
    /// <summary>simulated, namespaces, external, recorded.</summary>
    string Name { get; }

    /// <summary>What is under test, in a few words.</summary>
    string Implementation { get; }

    /// <summary>True if scenarios of one configuration share one implementation that is never reset: they run one after the other.</summary>
    bool IsShared { get; }

    /// <summary>What the implementation claims in a named configuration; null if the bed does not have that configuration.</summary>
    IReadOnlyList<string>? Claims(string configuration);

    /// <summary>Opens the bed for a scenario of a configuration that it has; whoever asks disposes of it.</summary>
    ITestBed Open(string configuration);
}
