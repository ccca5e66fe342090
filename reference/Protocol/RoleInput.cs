using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>Everything a host can tell a role. The list is closed: a role's switch over it ends in an UnreachableException.</summary>
public abstract record RoleInput
{
    private RoleInput() { }

    /// <summary>The node runs. The first input a host gives, once.</summary>
    public sealed record Started : RoleInput;

    /// <summary>
    /// A Mobility Header addressed to this node. The host has verified its checksum (RFC 6275, Section 6.1) and nothing else.
    /// </summary>
    /// <param name="Source">Source address of the IPv6 header.</param>
    /// <param name="Destination">Destination address of the IPv6 header.</param>
    /// <param name="Link">The link it came in by.</param>
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
        /// <summary>The packet as received, from the IPv6 header on, for ICMPv6 errors about it; empty where the host has not kept it.</summary>
        public ReadOnlyMemory<byte> Packet { get; init; }

        /// <summary>The address of the Home Address destination option, if there was one and the host knows it.</summary>
        public IPAddress? HomeAddress { get; init; }
    }

    /// <summary>An ICMPv6 message seen by this node, addressed to it or to a group it listens to.</summary>
    /// <param name="Source">Source address of the IPv6 header; unspecified in duplicate address detection.</param>
    /// <param name="Destination">Destination address of the IPv6 header.</param>
    /// <param name="Link">The link it came in by.</param>
    /// <param name="LinkLayerSource">Source address of the frame, where the link has such addresses.</param>
    /// <param name="Message">From the Type field to the end of the packet.</param>
    public sealed record Icmp(
        IPAddress Source,
        IPAddress Destination,
        LinkId Link,
        MacAddress? LinkLayerSource,
        ReadOnlyMemory<byte> Message
    ) : RoleInput;

    /// <summary>The link has a carrier: something is attached to it.</summary>
    public sealed record LinkUp(LinkId Link) : RoleInput
    {
        /// <summary>The network access identifier of who is attached, where whoever let it in has authenticated it; null where nobody has.</summary>
        public string? MobileNode { get; init; }
    }

    /// <summary>The link has lost its carrier: nothing is attached to it any more.</summary>
    public sealed record LinkDown(LinkId Link) : RoleInput;
}
