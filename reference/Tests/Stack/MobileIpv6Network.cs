using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// A mobile node, its home agent and a correspondent node with their roles: two foreign links behind a router, the home link behind the
/// home agent, and a core between them. The test advertises prefixes in place of the routers.
/// </summary>
internal sealed class MobileIpv6Network
{
    public MobileIpv6Network(McoaEdition edition, Func<MobileNodeSettings, MobileNodeSettings>? edit = null)
    {
        Agent = new HomeAgent(
            new HomeAgentSettings
            {
                Address = AgentAddress,
                HomeLink = HomeLink,
                HomePrefixes = [HomePrefix],
                MobileNodes = [HomePrefix],
                Mcoa = edition,
            }
        );
        var correspondent = new CorrespondentNodeSettings { Address = MobileIpv6Nodes.CorrespondentAddress, Mcoa = edition };
        Peer = new CorrespondentNode(correspondent, CorrespondentNodeRules.For(correspondent), new Random(2));
        var settings = new MobileNodeSettings
        {
            HomeAddress = HomeAddress,
            HomePrefix = HomePrefix,
            HomeAgent = AgentAddress,
            Links = MobileIpv6Nodes.Links,
            Mcoa = edition,
            LinkLayerAddresses = MobileIpv6Nodes.Links.ToDictionary(link => link, MacOf),
        };
        settings = edit?.Invoke(settings) ?? settings;
        Role = new MobileNode(settings, MobileNodeRules.For(settings), new Random(1));

        Network.Add(MobileIpv6Nodes.Router);
        Network.Add(MobileIpv6Nodes.HomeAgent, Agent);
        Network.Add(MobileIpv6Nodes.Correspondent, Peer);
        Node = Network.Add(MobileIpv6Nodes.MobileNode, Role);
        foreach (var link in MobileIpv6Nodes.Links)
        {
            Network.Unplug(Node, link);
        }
    }

    public VirtualNetwork Network { get; } = new();

    public HomeAgent Agent { get; }

    public CorrespondentNode Peer { get; }

    public MobileNode Role { get; }

    public IpNode Node { get; }

    /// <summary>The care-of addresses that the home agent has.</summary>
    public IEnumerable<IPAddress> AtHomeAgent => Agent.Bindings.Select(binding => binding.CareOf);

    /// <summary>The care-of addresses that the correspondent has.</summary>
    public IEnumerable<IPAddress> AtCorrespondent => Peer.Bindings.Select(binding => binding.CareOf);

    /// <summary>Gives a link to the mobile node, whose router advertises itself, and lets it settle.</summary>
    public void Attach(LinkId link)
    {
        Network.Plug(Node, link, link.Name);
        Advertise(link);
        Network.RunSeconds(10);
    }

    public void Detach(LinkId link)
    {
        Network.Unplug(Node, link);
        Network.RunSeconds(10);
    }

    /// <summary>Sends an echo request to the correspondent. True if the answer comes.</summary>
    public bool Ping(ushort identifier)
    {
        Network.Forget();
        Node.Ping(MobileIpv6Nodes.CorrespondentAddress, identifier, 1, Network.Now);
        Network.RunSeconds(4);
        return Node.TryTakeEchoReply(out var reply) && reply.Destination.Equals(HomeAddress);
    }

    /// <summary>The links on which the mobile node was sent or has sent packets with an echo in them since the last ping.</summary>
    public IEnumerable<LinkId> PathOfPing =>
        MobileIpv6Nodes.Links.Where(link => Network.Ip(link.Name).OfType<Ipv6Packet>().Any(packet => IsEcho(packet)));

    /// <summary>The headers in front of the echoes that were seen on the links of the mobile node since the last ping.</summary>
    public IEnumerable<byte> HeadersOfPing =>
        MobileIpv6Nodes
            .Links.SelectMany(link => Network.Ip(link.Name).OfType<Ipv6Packet>())
            .Where(packet => IsEcho(packet))
            .Select(packet => packet.NextHeader)
            .Distinct();

    private void Advertise(LinkId link)
    {
        var (prefix, mac) =
            link == Link1 ? (Prefix1, MobileIpv6Nodes.RouterMac1)
            : link == Link2 ? (Prefix2, MobileIpv6Nodes.RouterMac2)
            : (HomePrefix, MobileIpv6Nodes.AgentMac);
        var source = mac.LinkLocalAddress();
        var options = new NdOptionList(new SourceLinkLayerAddressOption(mac), Advertised(prefix));
        var message = new RouterAdvertisement(64, false, false, 1800, 0, 0, options).ToBytes(source, Ipv6Multicast.AllNodes);
        Network.Inject(
            link.Name,
            MacAddress.ForMulticast(Ipv6Multicast.AllNodes),
            new Ipv6Packet(source, Ipv6Multicast.AllNodes, IpProtocol.Icmpv6, message) { HopLimit = 255 }
        );
    }

    private static bool IsEcho(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Ipv6
            ? Ipv6Packet.TryParse(packet.Payload, out var inner, out _) && IsEcho(inner)
            : packet.TryGetUpperLayer(out var upper, out _)
                && upper.Protocol == IpProtocol.Icmpv6
                && Icmpv6Message.TryParse(upper.Payload.Span, out var message, out _)
                && message is EchoRequest or EchoReply;
}
