using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>An event that a host reports to a role. The list is closed: a role's switch over it ends in an UnreachableException.</summary>
public abstract record RoleInput
{
    private RoleInput() { }

    /// <summary>The node has started. A host reports this input first, and once.</summary>
    public sealed record Started : RoleInput;

    /// <summary>
    /// A Mobility Header addressed to this node, as received. The host has verified only what the properties say.
    /// </summary>
    /// <param name="Path">The headers before it, with the addresses of the packet as received.</param>
    /// <param name="Link">The link on which the packet arrived.</param>
    /// <param name="MobilityHeader">From the Payload Proto field to the end of the packet.</param>
    public sealed record Signal(SignalingTransport Path, LinkId Link, ReadOnlyMemory<byte> MobilityHeader) : RoleInput
    {
        public IPAddress Source => Path.Source;

        public IPAddress Destination => Path.Destination;

        /// <summary>
        /// The packet as received, from the first IP header on, for quoting in ICMP errors; empty if the host has not kept it.
        /// </summary>
        public ReadOnlyMemory<byte> Packet { get; init; }

        /// <summary>
        /// The checksums that the path requires are right. The host computes them, because they cover addresses of the packet's
        /// headers (RFC 6275, Section 6.1.1).
        /// </summary>
        public bool HasValidChecksum { get; init; } = true;

        /// <summary>The security association by which the host has verified the message; null if the message was not protected.</summary>
        public SignalProtection? Protection { get; init; }
    }

    /// <summary>An ICMPv6 message addressed to this node or to a group that it listens to.</summary>
    /// <param name="Source">Source address of the IPv6 header; unspecified in duplicate address detection.</param>
    /// <param name="Destination">Destination address of the IPv6 header.</param>
    /// <param name="Link">The link on which the packet arrived.</param>
    /// <param name="LinkLayerSource">Source address of the frame, if the link has link-layer addresses.</param>
    /// <param name="Message">From the Type field to the end of the packet.</param>
    public sealed record Icmp(
        IPAddress Source,
        IPAddress Destination,
        LinkId Link,
        MacAddress? LinkLayerSource,
        ReadOnlyMemory<byte> Message
    ) : RoleInput;

    /// <summary>The link has a carrier: a node is attached to it.</summary>
    public sealed record LinkUp(LinkId Link) : RoleInput
    {
        /// <summary>
        /// The network access identifier of the attached mobile node, if it was authenticated on attachment; otherwise null.
        /// </summary>
        public string? MobileNode { get; init; }
    }

    /// <summary>The link has lost its carrier: no node is attached to it any more.</summary>
    public sealed record LinkDown(LinkId Link) : RoleInput;
}
