using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Reference.Tests.Security;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;
using static Pmip.Reference.Tests.Stack.HomeAgentNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Packets of a mobile node with several paths under ESP, by one association: RFC 5648, Section 9.3.2.</summary>
public sealed class ProtectedPathTests
{
    private const uint Inbound = 0x1501,
        InboundOfOther = 0x1502,
        Outbound = 0x2501;

    private static readonly IPAddress _unregistered = IPAddress.Parse("2001:db8:100::5e3:1");
    private static readonly IPAddress _otherHome = IPAddress.Parse("2001:db8:200::5e00:2");
    private static readonly Tunnel _path1 = Protected(CareOf1, HomeAddress);
    private static readonly Tunnel _path2 = Protected(CareOf2, HomeAddress);
    private static readonly Tunnel _ofOther = Protected(_unregistered, _otherHome);

    private readonly HomeAgentNetwork _network = new(
        new SecuritySettings
        {
            Associations =
            [
                InTunnelMode(Keys.Association(Inbound, HomeAddress, Own)),
                InTunnelMode(Keys.Association(Outbound, HomeAddress, HomeAddress)),
                InTunnelMode(Keys.Association(InboundOfOther, _otherHome, Own)),
            ],
        }
    );

    private readonly SecurityAssociationDatabase _mobileNode = MobileNode(
        Keys.Association(Inbound, Own, Own),
        Keys.Association(Outbound, Own, HomeAddress)
    );

    private readonly SecurityAssociationDatabase _otherMobileNode = MobileNode(Keys.Association(InboundOfOther, Own, Own));

    public ProtectedPathTests()
    {
        _network.Ask(new RoleAction.AddTunnel(_path1), new RoleAction.AddTunnel(_path2));
        _network.Bind(_path1, _path2);
    }

    [Fact]
    public void PacketsFromEachCareOfAddress_ComeThroughTheOneAssociation()
    {
        From(CareOf1).Should().Equal(Peer);
        From(CareOf2).Should().Equal(Peer);
    }

    [Fact]
    public void PacketFromAnAddressThatIsNotRegistered_IsDropped() => From(_unregistered).Should().BeEmpty();

    [Fact]
    public void PacketFromAnAddressThatAnotherMobileNodeHasRegistered_IsDropped()
    {
        _network.Ask(new RoleAction.AddTunnel(_ofOther), new RoleAction.AddRoute(RouteTo(IpPrefix.Of(_otherHome), _ofOther)));

        From(_unregistered).Should().BeEmpty();
        From(CareOf1, _otherMobileNode).Should().BeEmpty();
        From(_unregistered, _otherMobileNode, source: _otherHome).Should().Equal(Peer);
        From(_unregistered, _otherMobileNode).Should().BeEmpty("the packet in the tunnel is from the home address of another");
    }

    [Fact]
    public void PacketInClear_IsDropped() => _network.ReceiveThrough(new Tunnel(Own, CareOf1), FromMobileNode(1)).Should().BeEmpty();

    [Fact]
    public void Packet_LeavesToTheCareOfAddressOfItsFlow_UnderTheOneAssociation()
    {
        From(CareOf1, flow: 1).Should().Equal(Peer);
        From(CareOf2, flow: 2).Should().Equal(Peer);
        foreach (var (flow, careOf) in new[] { (1, CareOf1), (2, CareOf2), (1, CareOf1) })
        {
            var packet = ToMobileNode((ushort)flow);
            _network.Receive(packet).Should().Equal(careOf);

            var outer = _network.Network.Ip("core").OfType<Ipv6Packet>().Should().ContainSingle().Subject;
            (outer.Source, outer.NextHeader).Should().Be((Own, IpProtocol.Esp));
            _mobileNode.TryOpen(Own, HomeAddress, outer.Payload, out var opened, out _).Should().BeTrue();
            opened!.Header.SecurityParametersIndex.Should().Be(Outbound);
            opened.Payload.ToArray().Should().Equal((packet with { HopLimit = 63 }).ToBytes());
        }
    }

    private IReadOnlyList<IPAddress> From(
        IPAddress careOf,
        SecurityAssociationDatabase? sender = null,
        IPAddress? source = null,
        ushort flow = 1
    ) => _network.Receive((sender ?? _mobileNode).Protect(Wrap(careOf, Own, FromMobileNode(flow, source)), Own)!);

    private static Tunnel Protected(IPAddress careOf, IPAddress home) => new(Own, careOf, TunnelMode.EspTunnel) { ProtectedFor = home };

    private static SecurityAssociation InTunnelMode(SecurityAssociation association) => association with { Mode = EspMode.Tunnel };

    private static SecurityAssociationDatabase MobileNode(params SecurityAssociation[] associations) =>
        new(new SecuritySettings { Associations = [.. associations.Select(InTunnelMode)] }, new Random(1).NextBytes, (_, _) => { });
}
