namespace Pmip.Wire;

/// <summary>Codes of relay agent sub-options that have a dedicated record.</summary>
public enum RelayAgentSubOptionCode : byte
{
    /// <summary>RFC 3046, Section 3.1.</summary>
    CircuitId = 1,

    /// <summary>RFC 3046, Section 3.2.</summary>
    RemoteId = 2,

    /// <summary>RFC 3527, Section 3.</summary>
    LinkSelection = 5,

    /// <summary>RFC 5010, Section 3.</summary>
    Flags = 10,

    /// <summary>RFC 5107, Section 4.</summary>
    ServerIdentifierOverride = 11,
}
