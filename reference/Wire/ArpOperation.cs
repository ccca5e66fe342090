namespace Pmip.Wire;

/// <summary>The opcode of an ARP packet, RFC 826. Other values are preserved.</summary>
public enum ArpOperation : ushort
{
    Request = 1,
    Reply = 2,
}
