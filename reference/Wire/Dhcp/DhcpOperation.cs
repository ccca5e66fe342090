namespace Pmip.Wire;

/// <summary>The op field of a DHCP message, RFC 2131, Section 2.</summary>
public enum DhcpOperation : byte
{
    BootRequest = 1,
    BootReply = 2,
}
