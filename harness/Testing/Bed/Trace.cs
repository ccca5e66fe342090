namespace Conformance.Testing.Bed;

/// <summary>An input or action of the tester that is not a frame. A verdict follows from these events and the frames alone.</summary>
/// <param name="After">The number of frames recorded before the event.</param>
/// <param name="Kind">
/// clock, silence, carrier, health, crash, identity, can or upper. For readers only: node (the identity of a mobile node) and step
/// (a step begins).
/// </param>
public sealed record TraceEvent(int After, string Kind, string Value);

/// <summary>The recorded trace of one scenario.</summary>
public sealed record Trace(string Scenario, BedFacts Facts, IReadOnlyList<Frame> Frames, IReadOnlyList<TraceEvent> Events);
