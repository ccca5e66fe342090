using System.Text.Json.Serialization;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>An input or action of the tester that is not a frame. A verdict follows from these events and the frames alone.</summary>
/// <param name="After">The number of frames recorded before the event.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(Clock), "clock")]
[JsonDerivedType(typeof(Silence), "silence")]
[JsonDerivedType(typeof(Lost), "lost")]
[JsonDerivedType(typeof(Carrier), "carrier")]
[JsonDerivedType(typeof(Health), "health")]
[JsonDerivedType(typeof(Crash), "crash")]
[JsonDerivedType(typeof(IdentityTaken), "identity")]
[JsonDerivedType(typeof(NoIdentity), "no-identity")]
[JsonDerivedType(typeof(Can), "can")]
[JsonDerivedType(typeof(Upper), "upper")]
[JsonDerivedType(typeof(MobileNode), "node")]
[JsonDerivedType(typeof(Step), "step")]
public abstract record TraceEvent(int After)
{
    /// <summary>The bed's clock was read.</summary>
    public sealed record Clock(int After, DateTimeOffset Now) : TraceEvent(After);

    /// <summary>No frame came until this time.</summary>
    public sealed record Silence(int After, DateTimeOffset Until) : TraceEvent(After);

    /// <summary>The bed was lost when the tester used it.</summary>
    public sealed record Lost(int After, string Reason) : TraceEvent(After);

    /// <summary>The link of a port was raised or lowered, or that failed.</summary>
    public sealed record Carrier(int After, PortId Port, bool IsUp, Outcome Outcome) : TraceEvent(After);

    public sealed record Health(int After, IutHealth State) : TraceEvent(After);

    /// <param name="Reason">How the implementation under test crashed; null if it runs or the bed cannot tell.</param>
    public sealed record Crash(int After, string? Reason = null) : TraceEvent(After);

    /// <summary>An identity was asked for.</summary>
    public abstract record Identity(int After) : TraceEvent(After);

    public sealed record IdentityTaken(int After, int Number) : Identity(After);

    /// <param name="Until">The time to ask again.</param>
    public sealed record NoIdentity(int After, DateTimeOffset Until) : Identity(After);

    /// <summary>The upper tester was asked whether it supports an action.</summary>
    public sealed record Can(int After, bool IsSupported) : TraceEvent(After);

    /// <summary>An action of the upper tester ended.</summary>
    /// <param name="Action">The name of the action's type, for example Attach.</param>
    /// <param name="Detail">For readers only: what was done, if the action does not say it; otherwise null.</param>
    public sealed record Upper(int After, string Action, string Node, Outcome Outcome, string? Detail = null) : TraceEvent(After);

    /// <summary>For readers only: a mobile node of the scenario got an identity.</summary>
    public sealed record MobileNode(int After, string Name, MacAddress LinkLayer, string Identifier) : TraceEvent(After);

    /// <summary>For readers only: a step begins, by its number from 1.</summary>
    public sealed record Step(int After, int Number) : TraceEvent(After);
}

/// <summary>The recorded trace of one scenario.</summary>
public sealed record Trace(string Scenario, BedFacts Facts, IReadOnlyList<Frame> Frames, IReadOnlyList<TraceEvent> Events);
