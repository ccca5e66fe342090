namespace Conformance.Testing.Bed;

/// <summary>
/// The bed is not what it was: a cable is out, an interface is gone, frames were lost. Nothing follows from what the tester sees
/// from then on, in this scenario or a later one.
/// </summary>
public sealed class BedLostException(string message) : Exception(message);
