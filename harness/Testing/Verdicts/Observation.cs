namespace Conformance.Testing.Verdicts;

/// <summary>
/// What kind of observation decides a statement. A step makes observations of one kind; they become findings
/// about those statements of the scenario's purpose that the register says are decided by that kind.
/// </summary>
public enum Observation
{
    Status,
    Silence,
    Source,
    Flags,

    /// <summary>Fields and options of a message; judged on every message without a step.</summary>
    Options,
    Prefixes,
    Session,
    Forwarding,
    Advertisement,
    Timing,
    Order,
    Malformed,
    Clock,
}
