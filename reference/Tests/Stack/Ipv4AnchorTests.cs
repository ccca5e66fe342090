using System.Net;
using FluentAssertions;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>RFC 5844, Section 3.1.3: the packets of IPv4 home addresses at a local mobility anchor, between core and home.</summary>
public sealed class Ipv4AnchorTests
{
    private static readonly IPAddress _correspondent = IPAddress.Parse("198.51.100.193");
    private static readonly IPAddress _mobileNode = IPAddress.Parse(Ipv4Anchor.First);

    private static readonly IpNodeSettings _node = Lma with
    {
        Interfaces =
        [
            Lma.Interfaces[0],
            Lma.Interfaces[1] with
            {
                Addresses =
                [
                    new ConfiguredAddress(LmaHomeAddress),
                    new ConfiguredAddress(IPAddress.Parse("198.51.100.1"), 24),
                    new ConfiguredAddress(Ipv4Anchor.Router, 32),
                ],
            },
        ],
    };

    private readonly VirtualNetwork _network = new();

    public Ipv4AnchorTests()
    {
        _network.Add(_node, new LocalMobilityAnchor(Ipv4Anchor.Settings, new Random(1)));
        _network.Add(
            new IpNodeSettings
            {
                Name = "CN",
                Interfaces = [new InterfaceSettings(Home, CnMac) { Addresses = [new ConfiguredAddress(_correspondent, 24)] }],
                Routes = [new StaticRoute(IpPrefix.AllIpv4, Home, IPAddress.Parse("198.51.100.1"))],
            }
        );
        _network.Add(
            new IpNodeSettings
            {
                Name = "MAG",
                Interfaces = [new InterfaceSettings(Core, MagCoreMac) { Addresses = [new ConfiguredAddress(MagAddress)] }],
            }
        );
        Register(lifetimeUnits: 150);
    }

    [Fact]
    public void PacketForTheMobileNode_GoesIntoTheTunnel()
    {
        var packet = Ipv4Example.Echo(_correspondent, _mobileNode);

        _network.Inject("home", LmaHomeMac, packet);

        var outer = _network.Ip("core").OfType<Ipv6Packet>().Should().ContainSingle(ip => ip.NextHeader == Ipv4Protocol.Ipv4).Subject;
        (outer.Source, outer.Destination).Should().Be((LmaAddress, MagAddress));
        outer.Payload.ToArray().Should().Equal((packet with { HopLimit = (byte)(packet.HopLimit - 1) }).ToBytes());
    }

    [Fact]
    public void PacketForAnAddressWithoutASession_IsDroppedInSilence()
    {
        _network.Inject("home", LmaHomeMac, Ipv4Example.Echo(_correspondent, IPAddress.Parse(Ipv4Anchor.Unassigned)));

        _network.Ip("core").Should().BeEmpty();
        _network.Icmpv4<Icmpv4Message>("home").Should().BeEmpty();
    }

    [Fact]
    public void PacketOfTheMobileNode_LeavesTheTunnel()
    {
        var packet = Ipv4Example.Echo(_mobileNode, _correspondent);

        FromMobileNode(packet);

        _network.Ip("home").Should().Contain(packet with { HopLimit = (byte)(packet.HopLimit - 1) });
    }

    [Fact]
    public void PacketWithTheAddressOfNoSession_StaysInTheTunnel()
    {
        FromMobileNode(Ipv4Example.Echo(IPAddress.Parse(Ipv4Anchor.Unassigned), _correspondent));

        _network.Ip("home").Should().BeEmpty();
    }

    [Fact]
    public void DefaultRouter_AnswersTheMobileNode()
    {
        FromMobileNode(Ipv4Example.Echo(_mobileNode, Ipv4Anchor.Router));

        var outer = _network.Ip("core").OfType<Ipv6Packet>().Should().ContainSingle(ip => ip.NextHeader == Ipv4Protocol.Ipv4).Subject;
        Ipv4Packet.TryParse(outer.Payload, out var reply, out _).Should().BeTrue();
        (reply!.Source, reply.Destination).Should().Be((Ipv4Anchor.Router, _mobileNode));
        Icmpv4Message.TryParse(reply.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<Icmpv4EchoReply>();
    }

    [Fact]
    public void DeRegistration_EndsBothDirections()
    {
        Register(lifetimeUnits: 0);

        _network.Inject("home", LmaHomeMac, Ipv4Example.Echo(_correspondent, _mobileNode));
        FromMobileNode(Ipv4Example.Echo(_mobileNode, _correspondent));

        _network.Ip("core").Concat(_network.Ip("home")).Should().BeEmpty();
    }

    private void FromMobileNode(Ipv4Packet packet) =>
        _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, Ipv4Protocol.Ipv4, packet.ToBytes()));

    private void Register(ushort lifetimeUnits)
    {
        _network.Run(TimeSpan.FromMilliseconds(1));
        var update = AnchorFixture.Valid.AskingOnly(Ipv4Anchor.Any) with { Source = MagAddress, LifetimeUnits = lifetimeUnits };
        var message = update.ToMessage(_network.Now.Utc).ToBytes(MagAddress, LmaAddress);
        _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.MobilityHeader, message));
        _network.Forget();
    }
}
