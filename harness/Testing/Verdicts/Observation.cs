namespace Conformance.Testing.Verdicts;

/// <summary>
/// The kind of an observation. The observations of a step become findings about those statements of the scenario's purpose that are
/// decided by this kind, according to the register.
/// </summary>
public enum Observation
{
    Status,
    Silence,
    Source,
    Flags,

    /// <summary>Fields and options of a message. They are judged on every message, even without a step.</summary>
    Options,

    /// <summary>
    /// The same, but only in a message that came: a check of messages decides, or a table's row with the name of an option. That no message
    /// came says nothing of what it would have had.
    /// </summary>
    Content,
    Prefixes,
    Session,
    Forwarding,
    Advertisement,
    Timing,
    Order,
    Malformed,
    Clock,
}
