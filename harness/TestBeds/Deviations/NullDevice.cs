namespace Conformance.TestBeds.Deviations;

/// <summary>A device that is not a usable implementation. The verdicts of the suite on it are known beforehand.</summary>
/// <param name="Description">The behaviour of the device, as a verb phrase.</param>
public sealed record NullDevice(string Name, string Description, Implementation Implementation);
