using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// A mobile node with a home address and three interfaces, one of them for its home link. The test plays the routers, the home agent and a
/// correspondent.
/// </summary>
internal sealed class MobileNodeNetwork
{
    public const uint Hour = 3600;
    public static readonly LinkId Link1 = new("link1");
    public static readonly LinkId Link2 = new("link2");
    public static readonly LinkId HomeLink = new("home");
    public static readonly Ipv6Prefix Prefix1 = Ipv6Prefix.Parse("2001:db8:101::/64");
    public static readonly Ipv6Prefix Prefix2 = Ipv6Prefix.Parse("2001:db8:102::/64");
    public static readonly Ipv6Prefix HomePrefix = Ipv6Prefix.Parse("2001:db8:200::/64");
    public static readonly IPAddress HomeAddress = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress AgentAddress = IPAddress.Parse("2001:db8:200::1");
    public static readonly IPAddress Correspondent = IPAddress.Parse("2001:db8:300::c1");
    public static readonly IPAddress Router = IPAddress.Parse("fe80::ff");
    public static readonly MacAddress RouterMac = ExampleNodes.Mac(0xff);
    public static readonly IPAddress CareOf1 = AddressOf(Prefix1, Link1);
    public static readonly IPAddress CareOf2 = AddressOf(Prefix2, Link2);
    public static readonly Tunnel Tunnel1 = new(CareOf1, AgentAddress);
    public static readonly Tunnel Tunnel2 = new(CareOf2, AgentAddress);

    public MobileNodeNetwork(Func<IpNodeSettings, IpNodeSettings>? edit = null)
    {
        var settings = new IpNodeSettings
        {
            Name = "MN",
            Interfaces =
            [
                .. new[] { Link1, Link2, HomeLink }.Select(link => new InterfaceSettings(link, MacOf(link))
                {
                    Autoconfigure = true,
                    InitiallyUp = false,
                }),
            ],
        };
        Node = Network.Add(edit?.Invoke(settings) ?? settings, Role);
        Ask(new RoleAction.AddHomeAddress(HomeAddress));
    }

    public VirtualNetwork Network { get; } = new();

    public ScriptedRole Role { get; } = new();

    public IpNode Node { get; }

    public static MacAddress MacOf(LinkId link) =>
        ExampleNodes.Mac(
            link == Link1 ? (byte)0x51
            : link == Link2 ? (byte)0x52
            : (byte)0x54
        );

    /// <summary>The packets of one link other than those of Neighbor Discovery since the last question.</summary>
    public IReadOnlyList<Ipv6Packet> SentOn(LinkId link)
    {
        List<Ipv6Packet> sent = [.. Network.On(link.Name).Where(seen => !IsNeighborDiscovery(seen)).Select(seen => seen.Packet)];
        Network.Forget();
        return sent;
    }

    /// <summary>The packets of all links other than those of Neighbor Discovery since the last question, with their links.</summary>
    public IReadOnlyList<(LinkId Link, Ipv6Packet Packet)> Sent
    {
        get
        {
            List<(LinkId, Ipv6Packet)> sent =
            [
                .. new[] { Link1, Link2, HomeLink }.SelectMany(link =>
                    Network.On(link.Name).Where(seen => !IsNeighborDiscovery(seen)).Select(seen => (link, seen.Packet))
                ),
            ];
            Network.Forget();
            return sent;
        }
    }

    public void Ask(params RoleAction[] actions)
    {
        Role.Ask(actions);
        Node.HandleTimeout(Network.Now);
        Network.Settle();
    }

    /// <summary>Gives a link to the node, whose router advertises a prefix; then the address of the node is usable.</summary>
    public void Attach(LinkId link, Ipv6Prefix prefix)
    {
        Network.Plug(Node, link, link.Name);
        Advertise(link, Hour, Advertised(prefix));
        Network.RunSeconds(1);
        Network.Forget();
    }

    /// <summary>Attaches both foreign links, and makes a reverse tunnel from each.</summary>
    public void LeaveHome()
    {
        Attach(Link1, Prefix1);
        Attach(Link2, Prefix2);
        Ask(
            new RoleAction.AddTunnel(Tunnel1),
            new RoleAction.AddTunnel(Tunnel2),
            new RoleAction.AddRoute(ReverseTunnels(new RouteTarget.OneOf([Tunnel1, Tunnel2])))
        );
    }

    public static Route ReverseTunnels(RouteTarget target) => new(Ipv6Prefix.AllZero, target) { From = IpPrefix.Of(HomeAddress) };

    public void Advertise(LinkId link, uint lifetime, params NdOption[] options) =>
        Network.Inject(link.Name, MacAddress.ForMulticast(Ipv6Multicast.AllNodes), AdvertisementOf(lifetime, options));

    /// <summary>An advertisement of the router of a link.</summary>
    public static Ipv6Packet AdvertisementOf(uint lifetime, params NdOption[] options)
    {
        var advertisement = new RouterAdvertisement(
            64,
            Managed: false,
            OtherConfig: false,
            (ushort)lifetime,
            0,
            0,
            new NdOptionList([new SourceLinkLayerAddressOption(RouterMac), .. options])
        );
        var bytes = advertisement.ToBytes(Router, Ipv6Multicast.AllNodes);
        return new Ipv6Packet(Router, Ipv6Multicast.AllNodes, IpProtocol.Icmpv6, bytes) { HopLimit = 255 };
    }

    public static PrefixInformationOption Advertised(Ipv6Prefix prefix, uint valid = Hour, uint preferred = Hour) =>
        new(prefix, OnLink: true, Autonomous: true, ValidLifetimeSeconds: valid, PreferredLifetimeSeconds: preferred);

    public void Receive(LinkId link, Ipv6Packet packet) => Network.Inject(link.Name, MacOf(link), packet);

    public void Send(Ipv6Packet packet)
    {
        Node.Send(packet, Network.Now);
        Network.Settle();
    }

    public static IPAddress AddressOf(Ipv6Prefix prefix, LinkId link) => prefix.AddressWith(MacOf(link).InterfaceIdentifier());

    /// <summary>A datagram of the correspondent to the home address.</summary>
    public static Ipv6Packet Datagram(ushort from = 9, ushort to = 4000) => Udp(Correspondent, HomeAddress, from, to);

    public static Ipv6Packet Udp(IPAddress source, IPAddress destination, ushort from, ushort to) =>
        new(source, destination, Ipv4Protocol.Udp, new UdpDatagram(from, to, new byte[] { 1, 2, 3 }).ToBytes(source, destination));

    /// <summary>An Echo Request of the correspondent to the home address.</summary>
    public static Ipv6Packet EchoOfCorrespondent(ushort identifier = 1) =>
        new(Correspondent, HomeAddress, IpProtocol.Icmpv6, new EchoRequest(identifier, 1, default).ToBytes(Correspondent, HomeAddress));

    /// <summary>The packet in a tunnel of the home agent to a care-of address.</summary>
    public static Ipv6Packet ThroughTunnel(IPAddress careOf, Ipv6Packet inner) => ExampleNodes.Wrap(AgentAddress, careOf, inner);

    /// <summary>The packet of a correspondent to a care-of address, with a type 2 routing header to its destination.</summary>
    public static Ipv6Packet Routed(IPAddress careOf, Ipv6Packet plain) =>
        plain with
        {
            Destination = careOf,
            NextHeader = IpProtocol.Routing,
            Payload = new Type2RoutingHeader(plain.NextHeader, plain.Destination).Before(plain.Payload.Span),
        };

    /// <summary>The packet in a reverse tunnel.</summary>
    public static Ipv6Packet Inside(Ipv6Packet outer)
    {
        outer.NextHeader.Should().Be(IpProtocol.Ipv6);
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _).Should().BeTrue();
        return inner!;
    }

    private static bool IsNeighborDiscovery(VirtualNetwork.Seen seen) =>
        seen.Icmp is NeighborSolicitation or NeighborAdvertisement or RouterSolicitation;
}
