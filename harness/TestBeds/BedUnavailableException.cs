namespace Conformance.TestBeds;

/// <summary>A bed is not available; the message says why and what would help.</summary>
public sealed class BedUnavailableException : Exception
{
    public BedUnavailableException(string message)
        : base(message) { }

    public BedUnavailableException(string message, Exception cause)
        : base(message, cause) { }
}
