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
    /// A Mobility Header addressed to this node, as received. The host has verified nothing, but says whether its checksum is right.
    /// </summary>
    /// <param name="Source">Source address of the IPv6 header.</param>
    /// <param name="Destination">Destination address of the IPv6 header.</param>
    /// <param name="Link">The link on which the packet arrived.</param>
    /// <param name="MobilityHeader">From the Payload Proto field to the end of the packet.</param>
    /// <param name="HasHomeAddressOption">The packet carried a Home Address destination option.</param>
    /// <param name="HasType2RoutingHeader">The packet carried a type 2 routing header.</param>
    public sealed record Signal(
        IPAddress Source,
        IPAddress Destination,
        LinkId Link,
        ReadOnlyMemory<byte> MobilityHeader,
        bool HasHomeAddressOption = false,
        bool HasType2RoutingHeader = false
    ) : RoleInput
    {
        /// <summary>
        /// The packet as received, from the IPv6 header on, for quoting in ICMPv6 errors; empty if the host has not kept it.
        /// </summary>
        public ReadOnlyMemory<byte> Packet { get; init; }

        /// <summary>The address of the Home Address destination option, if there was one and the host knows it.</summary>
        public IPAddress? HomeAddress { get; init; }

        /// <summary>
        /// The checksum is that of the message. The host computes it, because it covers addresses of the packet's extension headers
        /// (RFC 6275, Section 6.1.1).
        /// </summary>
        public bool HasValidChecksum { get; init; } = true;
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
