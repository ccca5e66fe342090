namespace Pmip.Wire;

/// <summary>The 16 bits after the Sequence Number field of a Binding Update. Bits without a name are preserved.</summary>
[Flags]
public enum BindingUpdateFlags : ushort
{
    None = 0,

    /// <summary>A, RFC 6275, Section 6.1.7.</summary>
    Acknowledge = 0x8000,

    /// <summary>H, RFC 6275, Section 6.1.7.</summary>
    HomeRegistration = 0x4000,

    /// <summary>L, RFC 6275, Section 6.1.7.</summary>
    LinkLocalCompatibility = 0x2000,

    /// <summary>K, RFC 6275, Section 6.1.7.</summary>
    KeyManagement = 0x1000,

    /// <summary>M, RFC 4140, Section 4.1.</summary>
    MapRegistration = 0x0800,

    /// <summary>R, RFC 3963, Section 4.1.</summary>
    MobileRouter = 0x0400,

    /// <summary>P, RFC 5213, Section 8.1.</summary>
    ProxyRegistration = 0x0200,

    /// <summary>F, RFC 5555, Section 3.1.3.</summary>
    ForcingUdp = 0x0100,

    /// <summary>T, RFC 5845, Section 6.2.</summary>
    TlvHeader = 0x0080,

    /// <summary>O, RFC 5648, Section 4.2.</summary>
    BulkOverwrite = 0x0040,
}
