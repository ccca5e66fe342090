namespace Pmip.Wire;

/// <summary>Types of DHCP messages, RFC 2132, Section 9.6, and RFC 3203, Section 4. Other values are preserved.</summary>
public enum DhcpMessageType : byte
{
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Ack = 5,
    Nak = 6,
    Release = 7,
    Inform = 8,
    ForceRenew = 9,
}
