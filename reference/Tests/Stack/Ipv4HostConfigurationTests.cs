using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>RFC 2131, Section 4.4: the DHCP client of a simulated host, with a server that a test scripts.</summary>
public sealed class Ipv4HostConfigurationTests
{
    private static readonly LinkId _link = new("left");
    private static readonly MacAddress _hostMac = Mac(0x0a);
    private static readonly MacAddress _serverMac = Mac(0x01);
    private static readonly IPAddress _server = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _offered = IPAddress.Parse("192.0.2.10");
    private static readonly IPAddress _other = IPAddress.Parse("192.0.2.11");

    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly List<(RoleInput.Udp Input, DhcpMessage Message)> _received = [];
    private readonly IpNode _host;
    private Func<DhcpMessage, DhcpMessageType?> _answer = message =>
        message.Type == DhcpMessageType.Discover ? DhcpMessageType.Offer : DhcpMessageType.Ack;

    public Ipv4HostConfigurationTests()
    {
        _role.Told = Serve;
        _role.Ask(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));
        _network.Add(
            new IpNodeSettings
            {
                Name = "S",
                IsRouter = true,
                Interfaces = [new InterfaceSettings(_link, _serverMac) { Addresses = [new ConfiguredAddress(_server, 24)] }],
            },
            _role
        );
        _host = _network.Add(
            new IpNodeSettings
            {
                Name = "H",
                Interfaces = [new InterfaceSettings(_link, _hostMac) { AutoconfigureIpv4 = true, InitiallyUp = false }],
            }
        );
    }

    [Fact]
    public void Host_GetsAnAddressAndARouter()
    {
        _network.Plug(_host, _link, "left");

        Types.Should().Equal(DhcpMessageType.Discover, DhcpMessageType.Request);
        _host.Addresses(_link).Should().Contain(_offered);
        _received[1].Message.Options.First<DhcpRequestedAddressOption>()!.Address.Should().Be(_offered);
        _received[1].Message.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(_server);

        _host.Ping(IPAddress.Parse("198.51.100.1"), 1, 1, _network.Now);
        _network.Settle();
        _network.Arp("left").Should().Contain(arp => arp.TargetAddress.Equals(_server), "packets go to the router");
    }

    [Fact]
    public void Discover_IsRepeated_WithGrowingWaits()
    {
        _answer = _ => null;
        _network.Plug(_host, _link, "left");

        _network.RunSeconds(20);

        _received.Count.Should().Be(3, "the waits are 4 s, 8 s and 16 s, but for a second");
    }

    [Fact]
    public void Lease_IsRenewedByUnicast_AtHalfOfItsTime()
    {
        _network.Plug(_host, _link, "left");
        _received.Clear();

        _network.RunSeconds(299);
        _received.Should().BeEmpty();
        _network.RunSeconds(2);

        var (input, renewal) = _received.Should().ContainSingle().Which;
        input.Path.Source.Should().Be(_offered);
        input.Path.Destination.Should().Be(_server);
        renewal.ClientAddress.Should().Be(_offered);
        renewal.Options.Has<DhcpServerIdentifierOption>().Should().BeFalse();
        renewal.Options.Has<DhcpRequestedAddressOption>().Should().BeFalse();
    }

    [Fact]
    public void Lease_IsRebound_AndEnds_IfNobodyAnswers()
    {
        _network.Plug(_host, _link, "left");
        _received.Clear();
        _answer = _ => null;

        _network.RunSeconds(524);
        _received.Should().OnlyContain(received => received.Input.Path.Destination.Equals(_server));
        _received.Clear();
        _network.RunSeconds(70);
        _received.Should().Contain(received => received.Input.Path.Destination.Equals(IPAddress.Broadcast));
        _host.Addresses(_link).Should().Contain(_offered);
        _network.RunSeconds(10);
        _host.Addresses(_link).Should().NotContain(_offered);
        Types[^1].Should().Be(DhcpMessageType.Discover);
    }

    [Fact]
    public void Host_AsksOnTheNextLink_WhetherItMayKeepItsAddress()
    {
        _network.Plug(_host, _link, "left");
        _network.Unplug(_host, _link);
        _received.Clear();

        _network.Plug(_host, _link, "left");

        var (_, question) = _received.Should().ContainSingle().Which;
        question.Type.Should().Be(DhcpMessageType.Request);
        question.ClientAddress.Should().Be(IPAddress.Any);
        question.Options.First<DhcpRequestedAddressOption>()!.Address.Should().Be(_offered);
        question.Options.Has<DhcpServerIdentifierOption>().Should().BeFalse();
    }

    [Fact]
    public void Refusal_MakesTheHostBeginAnew()
    {
        _network.Plug(_host, _link, "left");
        _network.Unplug(_host, _link);
        _received.Clear();
        _answer = message => message.Type == DhcpMessageType.Discover ? null : DhcpMessageType.Nak;

        _network.Plug(_host, _link, "left");

        Types.Should().Equal(DhcpMessageType.Request, DhcpMessageType.Discover);
        _host.Addresses(_link).Should().NotContain(_offered);
    }

    [Fact]
    public void Host_KeepsItsAddress_IfNobodyAnswersOnTheNextLink()
    {
        _network.Plug(_host, _link, "left");
        _network.Unplug(_host, _link);
        _answer = _ => null;

        _network.Plug(_host, _link, "left");
        _network.RunSeconds(40);

        _host.Addresses(_link).Should().Contain(_offered);
    }

    [Fact]
    public void Answer_OfAnotherTransaction_IsIgnored()
    {
        _answer = _ => null;
        _network.Plug(_host, _link, "left");

        var offer = new DhcpMessage(
            DhcpOperation.BootReply,
            _received[0].Message.TransactionId + 1,
            [new DhcpMessageTypeOption(DhcpMessageType.Offer), new DhcpServerIdentifierOption(_server)]
        )
        {
            HardwareAddress = new OctetString(_hostMac.ToArray()),
            YourAddress = _other,
        };
        var path = new UdpPath(_server, UdpPort.DhcpServer, _other, UdpPort.DhcpClient);
        _network.Inject("left", _hostMac, path.Wrap(offer.ToBytes()));

        Types.Should().Equal(DhcpMessageType.Discover);
    }

    private IReadOnlyList<DhcpMessageType> Types => [.. _received.Select(received => received.Message.Type)];

    private void Serve(RoleInput input)
    {
        if (input is not RoleInput.Udp datagram)
        {
            return;
        }

        DhcpMessage.TryParse(datagram.Payload.Span, out var message, out _).Should().BeTrue();
        _received.Add((datagram, message!));
        if (_answer(message!) is not { } type)
        {
            return;
        }

        var answer = new DhcpMessage(
            DhcpOperation.BootReply,
            message!.TransactionId,
            [
                new DhcpMessageTypeOption(type),
                new DhcpServerIdentifierOption(_server),
                new DhcpLeaseTimeOption(600),
                new DhcpSubnetMaskOption(24),
                new DhcpRouterOption(_server),
            ]
        )
        {
            HardwareAddress = message.HardwareAddress,
            YourAddress = type == DhcpMessageType.Nak ? IPAddress.Any : _offered,
        };
        var path = new UdpPath(_server, UdpPort.DhcpServer, _offered, UdpPort.DhcpClient);
        _role.Ask(new RoleAction.SendUdp(path, _link, answer.ToBytes()) { LinkLayerDestination = _hostMac });
    }
}
