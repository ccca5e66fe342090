using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// An action that a role requests from its host. The list is closed: a host's switch over it ends in an UnreachableException.
/// </summary>
public abstract record RoleAction
{
    private RoleAction() { }

    /// <summary>Send a Mobility Header, complete and with the checksum that the path requires.</summary>
    public sealed record SendSignal(SignalingTransport Path, ReadOnlyMemory<byte> MobilityHeader) : RoleAction
    {
        /// <summary>
        /// The peer under whose security association the message is sent, or not sent if there is none; null to send it without
        /// protection.
        /// </summary>
        public IPAddress? ProtectedFor { get; init; }

        /// <summary>
        /// The link on which the destination is a neighbour, whatever the routes say; null to route the message. For a mobile node on its
        /// home link whose home address has other paths, too.
        /// </summary>
        public LinkId? Link { get; init; }
    }

    /// <summary>
    /// Send an ICMPv6 message, complete and with its checksum. With a <paramref name="Link"/> it is sent on that link, with hop
    /// limit 255 (a Neighbor Discovery message); without one it is routed.
    /// </summary>
    public sealed record SendIcmp(IPAddress Source, IPAddress Destination, LinkId? Link, ReadOnlyMemory<byte> Message) : RoleAction
    {
        /// <summary>
        /// The address of a type 2 routing header: the home address of the mobile node at <see cref="Destination"/>, which the checksum of
        /// the message covers instead (RFC 6275, Section 6.4). Null to send the message without the header.
        /// </summary>
        public IPAddress? RoutedTo { get; init; }

        /// <summary>
        /// The address of a Home Address option: the home address of this node, which is at <see cref="Source"/>. The checksum of the
        /// message covers it instead (RFC 6275, Section 6.3). Null to send the message without the option.
        /// </summary>
        public IPAddress? HomeAddress { get; init; }

        /// <summary>The packet of a message that is routed.</summary>
        public Ipv6Packet ToPacket()
        {
            var (next, payload) = (IpProtocol.Icmpv6, Message);
            if (HomeAddress is not null)
            {
                payload = new DestinationOptionsHeader(next, [new HomeAddressOption(HomeAddress)]).Before(payload.Span);
                next = IpProtocol.DestinationOptions;
            }
            if (RoutedTo is not null)
            {
                payload = new Type2RoutingHeader(next, RoutedTo).Before(payload.Span);
                next = IpProtocol.Routing;
            }
            return new Ipv6Packet(Source, Destination, next, payload);
        }
    }

    /// <summary>
    /// Report the datagrams to a UDP port, over both families, until the port is closed. A tunnel may end at the same port if the content
    /// is <see cref="UdpContent.MobilityHeadersInIpv6"/>.
    /// </summary>
    public sealed record OpenUdp(ushort Port, UdpContent Content) : RoleAction;

    public sealed record CloseUdp(ushort Port) : RoleAction;

    /// <summary>
    /// Send a datagram. With a <paramref name="Link"/> it is sent on that link, as is necessary to a group or to all nodes of the link;
    /// without one it is routed.
    /// </summary>
    public sealed record SendUdp(UdpPath Path, LinkId? Link, ReadOnlyMemory<byte> Payload) : RoleAction
    {
        /// <summary>
        /// The link-layer address of the destination on the link, for a node that does not answer for its address yet; null to resolve it.
        /// </summary>
        public MacAddress? LinkLayerDestination { get; init; }
    }

    /// <summary>
    /// Report the IPv4 datagrams to a UDP port that arrive on a link, whatever their destination, as if it were an address of this node,
    /// and forward none of them. Lasts until the node stops.
    /// </summary>
    public sealed record InterceptUdp(LinkId Link, ushort Port) : RoleAction;

    /// <summary>Create a tunnel end. A tunnel is added before the first route into it and removed after the last one.</summary>
    public sealed record AddTunnel(Tunnel Tunnel) : RoleAction;

    public sealed record RemoveTunnel(Tunnel Tunnel) : RoleAction;

    public sealed record AddRoute(Route Route) : RoleAction;

    public sealed record RemoveRoute(Route Route) : RoleAction;

    /// <summary>
    /// Configure an address on a link of this node, after a test for uniqueness if <paramref name="PerformDad"/>, whose outcome is
    /// reported as <see cref="RoleInput.AddressTested"/>.
    /// </summary>
    public sealed record AddAddress(LinkId Link, IPAddress Address, bool PerformDad) : RoleAction;

    public sealed record RemoveAddress(LinkId Link, IPAddress Address) : RoleAction;

    /// <summary>Give the interface of a link another link-layer address, by which it sends and receives.</summary>
    public sealed record SetLinkLayerAddress(LinkId Link, MacAddress Address) : RoleAction;

    /// <summary>
    /// Answer for the neighbours of a prefix on a link, by Neighbor Discovery or ARP: packets for them come to this node. Their IPv6
    /// addresses are defended in duplicate address detection.
    /// </summary>
    public sealed record AddProxyNeighbor(LinkId Link, IpPrefix Neighbors) : RoleAction
    {
        /// <summary>
        /// Tell the nodes on the link at once that packets for the neighbour go to this node (RFC 6275, Section 10.4.1). The prefix is that
        /// of one IPv6 address.
        /// </summary>
        public bool Announces { get; init; }

        /// <summary>The neighbours are routers, and answers say so (RFC 3963, Section 6.2).</summary>
        public bool AreRouters { get; init; }
    }

    public sealed record RemoveProxyNeighbor(LinkId Link, IpPrefix Neighbors) : RoleAction;

    /// <summary>
    /// Test whether an IPv6 address that is not of this node is unique on a link; the outcome is reported as
    /// <see cref="RoleInput.AddressTested"/> (RFC 6275, Section 10.3.1).
    /// </summary>
    public sealed record TestAddress(LinkId Link, IPAddress Address) : RoleAction;

    /// <summary>
    /// Use a link-layer address for a neighbour until it is removed, whatever the neighbour advertises (RFC 5648, Section 6.3). A later one
    /// replaces it.
    /// </summary>
    public sealed record AddNeighbor(LinkId Link, IPAddress Address, MacAddress LinkLayerAddress) : RoleAction;

    public sealed record RemoveNeighbor(LinkId Link, IPAddress Address) : RoleAction;

    /// <summary>
    /// Deliver packets from a care-of address with this Home Address option, as packets from the home address. Packets with another option
    /// are dropped and reported as <see cref="RoleInput.UnverifiedHomeAddress"/>, except Mobility Headers (RFC 6275, Section 9.3.1).
    /// </summary>
    public sealed record AcceptHomeAddress(IPAddress Home, IPAddress CareOf) : RoleAction;

    public sealed record RefuseHomeAddress(IPAddress Home, IPAddress CareOf) : RoleAction;

    /// <summary>
    /// Send this node's own packets for a home address to the care-of address, with a type 2 routing header (RFC 6275, Section 9.3.2).
    /// Signals are sent as they are. Of several care-of addresses each flow uses one (<see cref="PreferPath"/>).
    /// </summary>
    public sealed record AddRouteOptimization(IPAddress Home, IPAddress CareOf) : RoleAction;

    public sealed record RemoveRouteOptimization(IPAddress Home, IPAddress CareOf) : RoleAction;

    /// <summary>
    /// The mobile node has just been heard at a care-of address, or on its home link if that is the home address itself: its new flows use
    /// this path until it is heard elsewhere. A mobile node says so of its own care-of addresses.
    /// </summary>
    public sealed record PreferPath(IPAddress Home, IPAddress CareOf) : RoleAction;

    /// <summary>
    /// The address is a home address of this node, on no link: packets to it are for this node, also out of a tunnel or with a type 2
    /// routing header from a care-of address, and no link is asked or told about it in Neighbor Discovery (RFC 6275, Section 11.3). Its own
    /// packets take the routes that have it as their source prefix, and without one those of the link that has the address, too.
    /// </summary>
    /// <remarks>
    /// From the first such action on, packets of this node from an address of an interface leave by that interface and its routers.
    /// </remarks>
    public sealed record AddHomeAddress(IPAddress Home) : RoleAction;

    public sealed record RemoveHomeAddress(IPAddress Home) : RoleAction;

    /// <summary>
    /// Use an address on a link at once, without a test for uniqueness, and keep silent about it in Neighbor Discovery: it is not
    /// advertised and not defended, and no solicitation comes from it (RFC 5648, Section 5.6.3). Ends with <see cref="RemoveAddress"/>, or
    /// with an
    /// <see cref="AddAddress"/> of the same.
    /// </summary>
    public sealed record SilenceAddress(LinkId Link, IPAddress Address) : RoleAction;

    /// <summary>
    /// Send this node's own packets from a home address to a peer from a care-of address, with a Home Address option (RFC 6275, Section
    /// 11.3.1). Signals are sent as they are. Of several care-of addresses each flow uses one (<see cref="PreferPath"/>).
    /// </summary>
    public sealed record AddOptimizedPeer(IPAddress Peer, IPAddress Home, IPAddress CareOf) : RoleAction;

    public sealed record RemoveOptimizedPeer(IPAddress Peer, IPAddress Home, IPAddress CareOf) : RoleAction;

    /// <summary>
    /// Announce a route over this node for a prefix to the routers on its links, by RIPng (RFC 2080) or RIP version 2 (RFC 2453), until it
    /// is withdrawn.
    /// </summary>
    public sealed record AnnounceRoute(IpPrefix Prefix) : RoleAction;

    public sealed record WithdrawRoute(IpPrefix Prefix) : RoleAction;

    /// <summary>
    /// Save the value of a variable, in place of an earlier one, so that it survives restarts of the role and of the node. After the next
    /// start the host reports it in <see cref="RoleInput.Started"/>.
    /// </summary>
    public sealed record SaveVariable(string Name, string Value) : RoleAction;

    /// <summary>
    /// Write a log line. <paramref name="Rule"/> is a short PascalCase name, <paramref name="Text"/> the message for people.
    /// </summary>
    public sealed record Log(string Rule, string Text) : RoleAction;
}
