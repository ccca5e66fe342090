namespace Pmip.Wire;

/// <summary>Codes of DHCPv6 options that have a dedicated record, RFC 8415, Section 21.</summary>
public enum Dhcpv6OptionCode : ushort
{
    ClientIdentifier = 1,
    ServerIdentifier = 2,
    IaNa = 3,
    IaAddress = 5,
    RelayMessage = 9,
    StatusCode = 13,
    InterfaceId = 18,
}
