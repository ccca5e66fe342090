namespace Pmip.Wire;

/// <summary>The 8 bits after the Status field of a Binding Acknowledgement. Bits without a name are preserved.</summary>
[Flags]
public enum BindingAcknowledgementFlags : byte
{
    None = 0,

    /// <summary>K, RFC 6275, Section 6.1.8.</summary>
    KeyManagement = 0x80,

    /// <summary>R, RFC 3963, Section 4.2.</summary>
    MobileRouter = 0x40,

    /// <summary>P, RFC 5213, Section 8.2.</summary>
    ProxyRegistration = 0x20,

    /// <summary>T, RFC 5845, Section 6.3.</summary>
    TlvHeader = 0x10,
}
