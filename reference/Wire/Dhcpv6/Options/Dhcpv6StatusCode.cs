namespace Pmip.Wire;

/// <summary>Status codes, RFC 8415, Section 21.13. Other values are preserved.</summary>
public enum Dhcpv6StatusCode : ushort
{
    Success = 0,
    UnspecFail = 1,
    NoAddrsAvail = 2,
    NoBinding = 3,
    NotOnLink = 4,
    UseMulticast = 5,
    NoPrefixAvail = 6,
}
