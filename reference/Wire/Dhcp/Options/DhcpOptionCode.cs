namespace Pmip.Wire;

/// <summary>
/// Codes of DHCP options that have a dedicated record, and the codes Pad, Overload and End, which are not represented as options.
/// </summary>
public enum DhcpOptionCode : byte
{
    /// <summary>RFC 2132, Section 3.1: one octet, skipped when read.</summary>
    Pad = 0,

    SubnetMask = 1,
    Router = 3,
    InterfaceMtu = 26,
    RequestedAddress = 50,
    LeaseTime = 51,

    /// <summary>RFC 2132, Section 9.3: the fields file or sname contain options; interpreted when read, never written.</summary>
    Overload = 52,

    MessageType = 53,
    ServerIdentifier = 54,
    ParameterRequestList = 55,
    MaximumMessageSize = 57,
    RenewalTime = 58,
    RebindingTime = 59,
    ClientIdentifier = 61,

    /// <summary>RFC 3046.</summary>
    RelayAgentInformation = 82,

    /// <summary>RFC 3118.</summary>
    Authentication = 90,

    /// <summary>RFC 3011.</summary>
    SubnetSelection = 118,

    /// <summary>RFC 2132, Section 3.2: one octet, after the last option.</summary>
    End = 255,
}
