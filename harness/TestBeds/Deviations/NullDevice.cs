namespace Conformance.TestBeds.Deviations;

/// <summary>Something that is no implementation at all. What the suite says of it is known beforehand.</summary>
/// <param name="Description">What it does instead, in a sentence.</param>
public sealed record NullDevice(string Name, string Description, Implementation Implementation);
