namespace Pmip.Protocol.Stack;

/// <summary>
/// What is wrong with a packet, for an ICMP error in answer to it. The message is that of the family of the packet:
/// <see cref="IcmpErrors"/>.
/// </summary>
public abstract record PacketError
{
    private PacketError() { }

    /// <summary>The hop limit or time to live does not allow another hop.</summary>
    public sealed record HopLimitExceeded : PacketError;

    /// <summary>Fragments of the packet are still missing.</summary>
    public sealed record ReassemblyTimeExceeded : PacketError;

    public sealed record NoRoute : PacketError;

    /// <summary>The next hop does not answer, or an error in a tunnel has no other meaning for the source.</summary>
    public sealed record AddressUnreachable : PacketError;

    public sealed record PortUnreachable : PacketError;

    /// <summary>The packet is larger than <paramref name="Mtu"/> octets, and may not be fragmented.</summary>
    public sealed record TooBig(uint Mtu) : PacketError;

    /// <param name="Pointer">The offset of the field in octets from the start of the packet.</param>
    public sealed record ErroneousField(int Pointer) : PacketError;

    /// <param name="Pointer">The offset of the field that announces the protocol.</param>
    public sealed record UnknownProtocol(int Pointer) : PacketError;

    /// <summary>The first fragment does not have all headers (RFC 8200, Section 4.5).</summary>
    public sealed record IncompleteHeaderChain : PacketError;

    /// <param name="Pointer">The offset of the option.</param>
    public sealed record UnknownOption(int Pointer) : PacketError;
}
