namespace Conformance.Testing.Session;

/// <summary>
/// The phase of a scenario: it shows whether a failing step violates the purpose, or only keeps the scenario from reaching it.
/// </summary>
public enum Phase
{
    Preamble,
    Body,
    Postamble,
}
