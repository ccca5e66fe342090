namespace Conformance.TestBeds;

/// <summary>A bed cannot be had here; the message says why and what would help.</summary>
public sealed class BedUnavailableException : Exception
{
    public BedUnavailableException(string message)
        : base(message) { }

    public BedUnavailableException(string message, Exception cause)
        : base(message, cause) { }
}
