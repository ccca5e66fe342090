using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Home agents, correspondent nodes and mobile nodes continue to work after malformed frames.</summary>
public sealed class MutatedMobilityFrameTests
{
    private const int Frames = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(6275)]
    public void Correspondent_StillWorks(int seed)
    {
        var random = new Random(seed);
        var network = new CorrespondentNetwork();
        network.Bind(CorrespondentNetwork.CareOf1);
        network.Bind(CorrespondentNetwork.CareOf2);
        network.Node.Ping(CorrespondentNetwork.HomeAddress, 1, 1, network.Network.Now);
        network.Network.Settle();
        var routed = new OctetString(network.Sent.Single().ToBytes());
        byte[] echo = new EchoRequest(1, 1, new OctetString(new byte[16])).ToBytes(
            CorrespondentNetwork.HomeAddress,
            CorrespondentNetwork.Own
        );
        byte[][] samples =
        [
            Frame(CorrespondentNetwork.EchoFrom(CorrespondentNetwork.CareOf1)),
            Frame(CorrespondentNetwork.DatagramFrom(CorrespondentNetwork.CareOf2, 5000)),
            Frame(
                CorrespondentNetwork.From(
                    CorrespondentNetwork.CareOf1,
                    IpProtocol.Fragment,
                    new FragmentHeader(IpProtocol.Icmpv6, 0, true, 7).Before(echo.AsSpan(0, 16))
                )
            ),
            Frame(
                CorrespondentNetwork.From(
                    CorrespondentNetwork.CareOf1,
                    IpProtocol.MobilityHeader,
                    new UnknownMobilityMessage(200, new OctetString(new byte[26])).ToBytes(
                        CorrespondentNetwork.HomeAddress,
                        CorrespondentNetwork.Own
                    )
                )
            ),
            Frame(Icmp(CorrespondentNetwork.CareOf1, CorrespondentNetwork.Own, new PacketTooBig(1400, routed))),
            Frame(Icmp(CorrespondentNetwork.CareOf1, CorrespondentNetwork.Own, new DestinationUnreachable(3, routed))),
        ];
        network.Node.Applications = seed == 1 ? null : _ => { };

        foreach (var frame in Mutants(samples, random))
        {
            network.Network.Inject("core", frame);
            network.Network.Forget();
        }
        network.Network.RunSeconds(1000);
        _ = network.Sent;

        network.Receive(CorrespondentNetwork.EchoFrom(CorrespondentNetwork.CareOf1, identifier: 99));
        network.Sent.Should().ContainSingle().Which.Destination.Should().Be(CorrespondentNetwork.CareOf1);

        static byte[] Frame(Ipv6Packet packet) => FrameTo(CorrespondentNetwork.Mac, packet);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5648)]
    public void HomeAgent_StillWorks(int seed)
    {
        var random = new Random(seed);
        var network = new HomeAgentNetwork();
        network.Bind(HomeAgentNetwork.Tunnel1, HomeAgentNetwork.Tunnel2);
        network.Ask(
            new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAgentNetwork.HomeAddress)) { Announces = true },
            new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAgentNetwork.LinkLocal))
        );
        var (home, peer) = (HomeAgentNetwork.HomeAddress, HomeAgentNetwork.Peer);
        var about = new OctetString(HomeAgentNetwork.FromMobileNode(1).ToBytes());
        byte[][] samples =
        [
            Core(HomeAgentNetwork.ToMobileNode(1)),
            Core(Icmp(peer, home, new EchoRequest(1, 1, default))),
            Core(Icmp(peer, home, new PacketTooBig(1300, about))),
            Core(new Ipv6Packet(peer, home, IpProtocol.Fragment, new FragmentHeader(17, 0, true, 7).Before(new byte[16]))),
            Core(Wrap(HomeAgentNetwork.CareOf1, HomeAgentNetwork.Own, HomeAgentNetwork.FromMobileNode(1))),
            Core(Wrap(HomeAgentNetwork.CareOf2, HomeAgentNetwork.Own, Icmp(home, peer, new DestinationUnreachable(3, about)))),
        ];
        byte[][] onHomeLink =
        [
            FrameTo(HomeAgentNetwork.HomeMac, HomeAgentNetwork.ToMobileNode(2)),
            Question(home, IPAddress.IPv6Any),
            Question(HomeAgentNetwork.LinkLocal, CnMac.LinkLocalAddress()),
            FrameTo(HomeAgentNetwork.HomeMac, HomeAgentNetwork.ToMobileNode(2, HomeAgentNetwork.LinkLocal)),
        ];

        foreach (var frame in Mutants([.. samples, .. onHomeLink], random))
        {
            network.Ask(new RoleAction.TestAddress(Home, IPAddress.Parse($"2001:db8:200::{random.Next(16):x}")));
            network.Network.Inject(random.Next(2) == 0 ? "core" : "home", frame);
            network.Network.Forget();
        }
        network.Network.RunSeconds(1000);

        network.ReceiveThrough(HomeAgentNetwork.Tunnel1, HomeAgentNetwork.FromMobileNode(999)).Should().Equal(peer);
        network.Receive(HomeAgentNetwork.ToMobileNode(999)).Should().Equal(HomeAgentNetwork.CareOf1);

        static byte[] Core(Ipv6Packet packet) => FrameTo(HomeAgentNetwork.CoreMac, packet);

        static byte[] Question(IPAddress target, IPAddress source) =>
            FrameTo(
                MacAddress.ForMulticast(Ipv6Multicast.SolicitedNode(target)),
                Icmp(source, Ipv6Multicast.SolicitedNode(target), new NeighborSolicitation(target, NdOptionList.Empty)) with
                {
                    HopLimit = 255,
                }
            );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6275)]
    public void MobileNode_StillWorks(int seed)
    {
        var random = new Random(seed);
        var network = new MobileNodeNetwork();
        network.LeaveHome();
        var (home, peer) = (MobileNodeNetwork.HomeAddress, MobileNodeNetwork.Correspondent);
        network.Ask(new RoleAction.AddOptimizedPeer(peer, home, MobileNodeNetwork.CareOf1));
        network.Node.Ping(peer, 1, 1, network.Network.Now);
        network.Network.Settle();
        var marked = new OctetString(network.Sent.Single().Packet.ToBytes());
        var update = new Ipv6Signaling(MobileNodeNetwork.AgentAddress, MobileNodeNetwork.CareOf1) { RoutedTo = home };
        byte[][] samples =
        [
            Frame(MobileNodeNetwork.ThroughTunnel(MobileNodeNetwork.CareOf1, MobileNodeNetwork.EchoOfCorrespondent())),
            Frame(MobileNodeNetwork.ThroughTunnel(MobileNodeNetwork.CareOf1, MobileNodeNetwork.Datagram())),
            Frame(MobileNodeNetwork.Routed(MobileNodeNetwork.CareOf1, MobileNodeNetwork.EchoOfCorrespondent())),
            Frame(MobileNodeNetwork.Routed(MobileNodeNetwork.CareOf1, MobileNodeNetwork.Datagram())),
            Frame((Ipv6Packet)update.ToPacket(update.Complete(new BindingRefreshRequest([])))),
            Frame(Icmp(peer, MobileNodeNetwork.CareOf1, new PacketTooBig(1400, marked))),
            Frame(Icmp(peer, MobileNodeNetwork.CareOf1, new DestinationUnreachable(3, marked))),
            Frame(MobileNodeNetwork.AdvertisementOf(MobileNodeNetwork.Hour, MobileNodeNetwork.Advertised(MobileNodeNetwork.Prefix1))),
        ];
        network.Node.Applications = seed == 1 ? null : _ => { };

        foreach (var frame in Mutants(samples, random))
        {
            network.Network.Inject("link1", frame);
            network.Network.Forget();
        }
        network.Network.RunSeconds(1000);
        network.Network.Unplug(network.Node, MobileNodeNetwork.Link1);
        network.Attach(MobileNodeNetwork.Link1, MobileNodeNetwork.Prefix1);

        network.Receive(
            MobileNodeNetwork.Link1,
            MobileNodeNetwork.ThroughTunnel(MobileNodeNetwork.CareOf1, MobileNodeNetwork.EchoOfCorrespondent(identifier: 99))
        );
        network.SentOn(MobileNodeNetwork.Link1).Should().ContainSingle().Which.Source.Should().Be(MobileNodeNetwork.CareOf1);

        static byte[] Frame(Ipv6Packet packet) => FrameTo(MobileNodeNetwork.MacOf(MobileNodeNetwork.Link1), packet);
    }

    private static IEnumerable<byte[]> Mutants(byte[][] samples, Random random)
    {
        for (var i = 0; i < Frames; i++)
        {
            yield return MutatedFrameTests.Mutate(samples[random.Next(samples.Length)], random);
        }
    }

    private static Ipv6Packet Icmp(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        new(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination));

    private static byte[] FrameTo(MacAddress destination, Ipv6Packet packet) =>
        new EthernetFrame(destination, Mac(250), EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes();
}
