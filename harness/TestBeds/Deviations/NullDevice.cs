namespace Conformance.TestBeds.Deviations;

/// <summary>What the suite must say of a null device.</summary>
public enum NullDeviceKind
{
    /// <summary>It serves nobody: it passes nothing.</summary>
    ServesNobody,

    /// <summary>It passes nothing, and every scenario says that it crashed.</summary>
    Crashed,

    /// <summary>It passes nothing that demands a refusal.</summary>
    AcceptsAll,

    /// <summary>It passes nothing that is about packets.</summary>
    ForwardsNothing,

    /// <summary>It works until it breaks down; it is one device for all scenarios, and no statement is violated.</summary>
    BreaksDown,
}

/// <summary>A device that is not a usable implementation. The verdicts of the suite on it are known beforehand.</summary>
/// <param name="Description">The behaviour of the device, as a verb phrase.</param>
public sealed record NullDevice(string Name, string Description, Implementation Implementation)
{
    public NullDeviceKind Kind { get; init; } = NullDeviceKind.ServesNobody;

    /// <summary>The roles in which the device does right, because they do not do what it fails to do.</summary>
    public IReadOnlyList<string> RolesWithoutFault { get; init; } = [];
}
