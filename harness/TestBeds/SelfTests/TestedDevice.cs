using Conformance.TestBeds.Deviations;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds.SelfTests;

/// <summary>What is known of a device before the suite judges it.</summary>
public enum DeviceKind
{
    /// <summary>It has one fault: a scenario about the violated statement must fail by it.</summary>
    Deviation,

    /// <summary>It is unusual, and correct: nothing may be held against it.</summary>
    LegalVariant,

    /// <summary>It does nothing useful, or breaks down.</summary>
    NullDevice,
}

/// <summary>What the suite has said of one device, and whether that is right.</summary>
/// <param name="Description">The behaviour of the device, as a verb phrase.</param>
/// <param name="Statement">The statement that the device violates; null unless it is a deviation.</param>
/// <param name="Runs">How many scenarios ran, each in one edition.</param>
/// <param name="KilledBy">The run that has found the fault of a deviation; null if there is none.</param>
/// <param name="Problems">Empty if the suite is right about the device.</param>
public sealed record DeviceOutcome(
    DeviceKind Kind,
    string Name,
    string Description,
    StatementId? Statement,
    int Runs,
    string? KilledBy,
    IReadOnlyList<DeviceProblem> Problems
);

/// <summary>The devices of a self-test: all of them, unless some are named.</summary>
public sealed record TestedDevices(
    IReadOnlyList<Deviation> Deviations,
    IReadOnlyList<LegalVariant> Variants,
    IReadOnlyList<NullDevice> NullDevices
)
{
    /// <summary>Every device that the suite is known to be right about.</summary>
    public static TestedDevices All { get; } =
        new(
            TestBeds.Deviations.Deviations.All,
            LegalVariants.All,
            [.. TestBeds.Deviations.NullDevices.All, .. TestBeds.Deviations.NullDevices.ThatBreakDown]
        );

    public int Count => Deviations.Count + Variants.Count + NullDevices.Count;

    /// <summary>The devices of these names.</summary>
    public TestedDevices Named(IReadOnlyCollection<string> names) =>
        new(
            [.. Deviations.Where(device => names.Contains(device.Name))],
            [.. Variants.Where(device => names.Contains(device.Name))],
            [.. NullDevices.Where(device => names.Contains(device.Name))]
        );

    /// <summary>The names of all devices.</summary>
    public IEnumerable<string> Names =>
        [
            .. Deviations.Select(device => device.Name),
            .. Variants.Select(device => device.Name),
            .. NullDevices.Select(device => device.Name),
        ];
}
