namespace Conformance.Testing.Bed;

/// <summary>Something the tester learned or did other than by a frame; with the frames, all that a verdict follows from.</summary>
/// <param name="After">How many frames had been recorded before it.</param>
/// <param name="Kind">
/// clock, silence, carrier, health, crash, identity, can or upper; for people, node: which mobile node has which identity, and step: one begins.
/// </param>
public sealed record TraceEvent(int After, string Kind, string Value);

/// <summary>The recorded trace of one scenario.</summary>
public sealed record Trace(string Scenario, BedFacts Facts, IReadOnlyList<Frame> Frames, IReadOnlyList<TraceEvent> Events);
