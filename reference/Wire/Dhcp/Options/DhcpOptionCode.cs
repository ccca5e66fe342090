namespace Pmip.Wire;

/// <summary>Codes of DHCP options: those that have a record of their own here, and the three that make no option of their own.</summary>
public enum DhcpOptionCode : byte
{
    /// <summary>RFC 2132, Section 3.1: one octet, skipped when read.</summary>
    Pad = 0,

    SubnetMask = 1,
    Router = 3,
    InterfaceMtu = 26,
    RequestedAddress = 50,
    LeaseTime = 51,

    /// <summary>RFC 2132, Section 9.3: the fields file or sname hold options; understood when read, not written.</summary>
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

    /// <summary>RFC 2132, Section 3.2: one octet, behind the last option.</summary>
    End = 255,
}
