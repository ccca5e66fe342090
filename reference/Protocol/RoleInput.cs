using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>An event that a host reports to a role. The list is closed: a role's switch over it ends in an UnreachableException.</summary>
public abstract record RoleInput
{
    private RoleInput() { }

    /// <summary>The node has started. A host reports this input first, and once.</summary>
    public sealed record Started : RoleInput
    {
        /// <summary>What the role has saved before the restart (<see cref="RoleAction.SaveVariable"/>): the last value by name.</summary>
        public IReadOnlyDictionary<string, string> Saved { get; init; } = new Dictionary<string, string>();
    }

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
        /// The address by which the sender is known: the source of the IPv6 packet behind UDP, if there is one, otherwise that of the
        /// packet.
        /// </summary>
        public IPAddress Sender => Path is Ipv4UdpIpv6Signaling { Inner.Source: var inner } ? inner : Path.Source;

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
    ) : RoleInput
    {
        /// <summary>
        /// The address of the Home Address option of the packet, which the role has accepted for <see cref="Source"/>; null if there was no
        /// such option (RFC 6275, Section 6.3).
        /// </summary>
        public IPAddress? HomeAddress { get; init; }

        /// <summary>
        /// The home address of this node in a type 2 routing header of the packet; <see cref="Destination"/> stays the care-of address.
        /// Null if there was no such header (RFC 6275, Section 6.4).
        /// </summary>
        public IPAddress? RoutedTo { get; init; }
    }

    /// <summary>
    /// A packet other than a Mobility Header was dropped, because the role has not accepted the address of its Home Address option (RFC
    /// 6275, Section 9.3.1).
    /// </summary>
    /// <param name="Home">The address of the option.</param>
    /// <param name="CareOf">Source address of the IPv6 header.</param>
    /// <param name="Destination">Destination address of the IPv6 header, an address of this node.</param>
    /// <param name="Link">The link on which the packet arrived.</param>
    public sealed record UnverifiedHomeAddress(IPAddress Home, IPAddress CareOf, IPAddress Destination, LinkId Link) : RoleInput;

    /// <summary>A datagram to a UDP port that the role has opened, with a correct checksum or, over IPv4, without one.</summary>
    /// <param name="Path">The addresses and ports of the datagram.</param>
    /// <param name="Link">The link on which the packet arrived.</param>
    /// <param name="LinkLayerSource">Source address of the frame, if the host knows it.</param>
    /// <param name="Payload">From the end of the UDP header on.</param>
    public sealed record Udp(UdpPath Path, LinkId Link, MacAddress? LinkLayerSource, ReadOnlyMemory<byte> Payload) : RoleInput;

    /// <summary>
    /// The outcome of a test for uniqueness on the link (RFC 4862, Section 5.4; RFC 5227): no other node has the address, or another one
    /// does. Reported of every address that was tested, for this node or for another (<see cref="RoleAction.TestAddress"/>); of an address
    /// of this node also if another node claims it later.
    /// </summary>
    public sealed record AddressTested(LinkId Link, IPAddress Address, bool IsUnique) : RoleInput;

    /// <summary>
    /// A router has reported the MTU of the path to <paramref name="Destination"/>, about a packet of this node (RFC 8201, RFC 1191). In
    /// octets, at least 1280 if the destination is one of IPv6.
    /// </summary>
    public sealed record PathMtuChanged(IPAddress Destination, uint Mtu) : RoleInput;

    /// <summary>An administrator intervenes.</summary>
    public sealed record Administer(AdministrativeAction Action) : RoleInput;

    /// <summary>The link has a carrier: a node is attached to it.</summary>
    public sealed record LinkUp(LinkId Link) : RoleInput
    {
        /// <summary>
        /// The network access identifier of the attached mobile node, if it was authenticated on attachment; otherwise null.
        /// </summary>
        public string? MobileNode { get; init; }

        /// <summary>
        /// How the mobile node has come to the link, as the access network says; null if it does not (RFC 5213, Section 8.4).
        /// </summary>
        public HandoffIndicator? Hint { get; init; }

        /// <summary>The timestamp that the mobile node gave on attachment; null if it gave none (RFC 5213, Section 5.5).</summary>
        public Timestamp? Timestamp { get; init; }
    }

    /// <summary>The link has lost its carrier: no node is attached to it any more.</summary>
    public sealed record LinkDown(LinkId Link) : RoleInput;

    /// <summary>
    /// An autoconfigured global address of this node can be used on its link: it is unique and preferred, and a default router is known
    /// there (RFC 6275, Section 11.5.3). Reported again when the address can be used again. Of an autoconfigured link with an IPv4 address
    /// in its settings that is reported, too, while the link has a carrier (RFC 5555, Section 4.4.1).
    /// </summary>
    /// <param name="Link">The link on which the address was formed.</param>
    /// <param name="Address">A care-of address, or an address of the home link.</param>
    /// <param name="Prefix">The prefix of the address, advertised or configured.</param>
    public sealed record AddressUsable(LinkId Link, IPAddress Address, IpPrefix Prefix) : RoleInput;

    /// <summary>
    /// An address that was reported as usable is not any more: it or its prefix was given up, or the link has lost its carrier or its last
    /// default router.
    /// </summary>
    public sealed record AddressGone(LinkId Link, IPAddress Address) : RoleInput;

    /// <summary>
    /// A router on an autoconfigured link advertises itself as a default router, for the first time since the link was attached (RFC 4861,
    /// Section 6.3.4).
    /// </summary>
    /// <param name="Link">The link of the router.</param>
    /// <param name="Router">The link-local address of the router.</param>
    /// <param name="LinkLayerAddress">What the advertisement gives as the link-layer address of the router; null if nothing.</param>
    public sealed record DefaultRouter(LinkId Link, IPAddress Router, MacAddress? LinkLayerAddress) : RoleInput;

    /// <summary>
    /// A packet to a home address of this node has come out of a tunnel of the role, and has neither a Mobility Header nor the address of
    /// the other end of the tunnel as its source: a correspondent does not know the care-of address (RFC 6275, Section 11.7.2). Reported at
    /// most once a second of each source.
    /// </summary>
    /// <param name="Tunnel">The tunnel. Its local address is the care-of address.</param>
    /// <param name="Source">The source of the packet in the tunnel.</param>
    /// <param name="Destination">The home address.</param>
    public sealed record TunnelledPacket(Tunnel Tunnel, IPAddress Source, IPAddress Destination) : RoleInput;
}
