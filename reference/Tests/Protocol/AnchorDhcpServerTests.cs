using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4Anchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Sections 3.4.2 and 3.4.3: the DHCP server of a local mobility anchor.</summary>
public sealed class AnchorDhcpServerTests
{
    private static readonly IPAddress _server = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _relay = IPAddress.Parse("198.51.100.161");
    private static readonly OctetString _client = new([2, 0x5e, 0, 0, 0, 1]);

    private readonly AnchorFixture _anchor = Server();

    [Fact]
    public void Start_OpensThePort() =>
        _anchor.StartActions.Should().Contain(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));

    [Fact]
    public void Start_WithoutAServer_OpensNone() => Ipv4Anchor.Fixture().StartActions.OfType<RoleAction.OpenUdp>().Should().BeEmpty();

    [Fact]
    public void Discover_GetsTheAddressOfTheSession_AndItsParameters()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (sent, offer) = Answer(_anchor, DhcpMessageType.Discover, remote: First);

        offer.Type.Should().Be(DhcpMessageType.Offer);
        offer.YourAddress.ToString().Should().Be(First);
        offer.ServerAddress.Should().Be(_server);
        offer.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(_server);
        offer.Options.First<DhcpLeaseTimeOption>().Should().Be(new DhcpLeaseTimeOption(3_600));
        offer.Options.First<DhcpSubnetMaskOption>()!.PrefixLength.Should().Be(Length);
        offer.Options.First<DhcpRouterOption>().Should().Be(new DhcpRouterOption(Router));
        offer.Options.First<DhcpInterfaceMtuOption>().Should().Be(new DhcpInterfaceMtuOption(1_460));
        offer.Options[offer.Options.Count - 1].Should().BeOfType<DhcpRelayAgentInformationOption>("RFC 3046, Section 2.1");
        offer.RelayAddress.Should().Be(_relay);
        sent.Path.Should().Be(new UdpPath(_server, UdpPort.DhcpServer, _relay, UdpPort.DhcpServer));
        sent.Link.Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("198.18.0.99")]
    public void Discover_WithoutASession_IsNotAnswered(string? remote)
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        Send(_anchor, DhcpMessageType.Discover, remote).OfType<RoleAction.SendUdp>().Should().BeEmpty();
    }

    [Fact]
    public void Request_ForTheAddressOfTheSession_IsAcknowledged()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (_, answer) = Answer(_anchor, DhcpMessageType.Request, First, requested: First);

        answer.Type.Should().Be(DhcpMessageType.Ack);
        answer.YourAddress.ToString().Should().Be(First);
    }

    [Theory]
    [InlineData(First, "198.18.0.99")]
    [InlineData("198.18.0.99", "198.18.0.99")]
    [InlineData(null, First)]
    public void Request_ForAnotherAddress_IsRefused_AndBroadcast(string? remote, string requested)
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (_, answer) = Answer(_anchor, DhcpMessageType.Request, remote, requested);

        answer.Type.Should().Be(DhcpMessageType.Nak);
        answer.Broadcast.Should().BeTrue();
        answer.YourAddress.Should().Be(IPAddress.Any);
        answer.Options.Has<DhcpLeaseTimeOption>().Should().BeFalse();
    }

    [Fact]
    public void Request_ToAnotherServer_IsNotAnswered()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        Send(_anchor, DhcpMessageType.Request, First, requested: First, server: "198.51.100.67")
            .OfType<RoleAction.SendUdp>()
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void Renewal_ThroughTheTunnel_IsAnsweredToTheClient()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (sent, answer) = Renew(_anchor, First, First);

        answer.Type.Should().Be(DhcpMessageType.Ack);
        sent.Path.Should().Be(new UdpPath(_server, UdpPort.DhcpServer, IPAddress.Parse(First), UdpPort.DhcpClient));
    }

    [Fact]
    public void Renewal_OfAnotherAddressThanTheSource_IsRefused()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        Renew(_anchor, source: "198.18.0.99", own: First).Message.Type.Should().Be(DhcpMessageType.Nak);
    }

    [Fact]
    public void Lease_EndsWithTheSession()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));
        _anchor.Send(Valid.AskingOnly(First) with { LifetimeUnits = 0, Handoff = HandoffIndicator.HandoffStateUnknown });

        Send(_anchor, DhcpMessageType.Discover, First).OfType<RoleAction.SendUdp>().Should().BeEmpty();
        Answer(_anchor, DhcpMessageType.Request, First, requested: First).Message.Type.Should().Be(DhcpMessageType.Nak);
    }

    [Fact]
    public void Identifier_IsThatOfTheRelayAgent_IfItOverridesIt()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (_, offer) = Answer(_anchor, DhcpMessageType.Discover, First, more: [new ServerIdentifierOverrideSubOption(_relay)]);

        offer.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(_relay);
        Answer(_anchor, DhcpMessageType.Request, First, First, server: _relay.ToString(), [new ServerIdentifierOverrideSubOption(_relay)])
            .Message.Type.Should()
            .Be(DhcpMessageType.Ack);
    }

    [Fact]
    public void Inform_GetsParameters_AndNoLease()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));

        var (_, answer) = Answer(_anchor, DhcpMessageType.Inform, First);

        answer.Type.Should().Be(DhcpMessageType.Ack);
        answer.YourAddress.Should().Be(IPAddress.Any);
        answer.Options.Has<DhcpLeaseTimeOption>().Should().BeFalse();
        answer.Options.Has<DhcpRouterOption>().Should().BeTrue();
    }

    [Fact]
    public void Malformed_IsLogged() =>
        _anchor
            .Role.Handle(new RoleInput.Udp(Path(_relay), RoleDriver.Core, null, new byte[3]))
            .Should()
            .ContainSingle()
            .Which.Should()
            .BeOfType<RoleAction.Log>();

    [Fact]
    public void Answer_ThatFitsIntoNoDatagram_IsNotSent()
    {
        var lengths = Enumerable.Repeat(248, 258).Append(226);
        _anchor.RegisterIpv4(Valid.Asking(Any));
        var many = lengths.Select(length => new UnknownRelayAgentSubOption(200, new OctetString(new byte[length])));

        var actions = Send(_anchor, DhcpMessageType.Discover, First, more: [.. many]);

        actions.OfType<RoleAction.SendUdp>().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().Contain(log => log.Rule == "DhcpTooLong");
    }

    [Fact]
    public void Message_OfAClientThatHasNoAddress_WithoutARelayAgent_IsIgnored()
    {
        _anchor.RegisterIpv4(Valid.Asking(Any));
        var message = new DhcpMessage(
            DhcpOperation.BootRequest,
            7,
            [new DhcpMessageTypeOption(DhcpMessageType.Request), new DhcpRequestedAddressOption(IPAddress.Parse(First))]
        )
        {
            HardwareAddress = _client,
        };
        var path = new UdpPath(IPAddress.Any, UdpPort.DhcpClient, IPAddress.Broadcast, UdpPort.DhcpServer);

        _anchor.Role.Handle(new RoleInput.Udp(path, RoleDriver.Core, null, message.ToBytes())).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Draft02_ChoosesAnAddressOfThePool_ForAClientWithoutASession()
    {
        var anchor = Server(Ipv4Edition.Draft02);

        Answer(anchor, DhcpMessageType.Discover, remote: null).Message.YourAddress.ToString().Should().Be("198.18.128.1");
        Answer(anchor, DhcpMessageType.Discover, remote: null)
            .Message.YourAddress.ToString()
            .Should()
            .Be("198.18.128.1", "it is the same client");
        Answer(anchor, DhcpMessageType.Discover, remote: null, client: new OctetString([2, 0x5e, 0, 0, 0, 2]))
            .Message.YourAddress.ToString()
            .Should()
            .Be("198.18.128.2");
        Answer(anchor, DhcpMessageType.Request, null, requested: "198.18.128.1").Message.Type.Should().Be(DhcpMessageType.Ack);
        Answer(anchor, DhcpMessageType.Request, null, requested: "198.18.128.2").Message.Type.Should().Be(DhcpMessageType.Nak);
    }

    [Fact]
    public void Draft02_OfferedAddress_IsFreeAgain_AfterAMinute()
    {
        var anchor = Server(Ipv4Edition.Draft02);
        Answer(anchor, DhcpMessageType.Discover, remote: null);

        anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(60));
        Other().Should().Be("198.18.128.2");
        anchor.Role.Tick();
        Other().Should().Be("198.18.128.2", "the other client has it");
        Answer(anchor, DhcpMessageType.Discover, remote: null).Message.YourAddress.ToString().Should().Be("198.18.128.1");

        string Other() =>
            Answer(anchor, DhcpMessageType.Discover, remote: null, client: new OctetString([2, 0x5e, 0, 0, 0, 2]))
                .Message.YourAddress.ToString();
    }

    private static AnchorFixture Server(Ipv4Edition edition = Ipv4Edition.Rfc5844) =>
        Ipv4Anchor.Fixture(ipv4 =>
            ipv4 with
            {
                Edition = edition,
                DhcpServerAddress = _server,
                DhcpPool = edition == Ipv4Edition.Draft02 ? IpPrefix.Parse("198.18.128.0/18") : null,
            }
        );

    private static UdpPath Path(IPAddress source) => new(source, UdpPort.DhcpServer, _server, UdpPort.DhcpServer);

    private static IReadOnlyList<RoleAction> Send(
        AnchorFixture anchor,
        DhcpMessageType type,
        string? remote,
        string? requested = null,
        string? server = null,
        IReadOnlyList<RelayAgentSubOption>? more = null,
        OctetString? client = null
    )
    {
        List<DhcpOption> options = [new DhcpMessageTypeOption(type)];
        options.AddRange(requested is null ? [] : [new DhcpRequestedAddressOption(IPAddress.Parse(requested))]);
        options.AddRange(server is null ? [] : [new DhcpServerIdentifierOption(IPAddress.Parse(server))]);
        List<RelayAgentSubOption> agent = [new CircuitIdSubOption(new OctetString([1])), .. more ?? []];
        agent.AddRange(remote is null ? [] : [RemoteIdSubOption.ForAddress(IPAddress.Parse(remote))]);
        options.Add(new DhcpRelayAgentInformationOption(new RelayAgentSubOptionList(agent)));
        var message = new DhcpMessage(DhcpOperation.BootRequest, 7, new DhcpOptionList(options))
        {
            HardwareAddress = client ?? _client,
            RelayAddress = _relay,
        };
        return anchor.Role.Handle(new RoleInput.Udp(Path(_relay), RoleDriver.Core, null, message.ToBytes()));
    }

    private static (RoleAction.SendUdp Action, DhcpMessage Message) Answer(
        AnchorFixture anchor,
        DhcpMessageType type,
        string? remote,
        string? requested = null,
        string? server = null,
        IReadOnlyList<RelayAgentSubOption>? more = null,
        OctetString? client = null
    ) => Send(anchor, type, remote, requested, server, more, client).Dhcp().Should().ContainSingle().Subject;

    private static (RoleAction.SendUdp Action, DhcpMessage Message) Renew(AnchorFixture anchor, string source, string own)
    {
        var message = new DhcpMessage(DhcpOperation.BootRequest, 7, [new DhcpMessageTypeOption(DhcpMessageType.Request)])
        {
            HardwareAddress = _client,
            ClientAddress = IPAddress.Parse(own),
        };
        var path = new UdpPath(IPAddress.Parse(source), UdpPort.DhcpClient, _server, UdpPort.DhcpServer);
        return anchor
            .Role.Handle(new RoleInput.Udp(path, RoleDriver.Core, null, message.ToBytes()))
            .Dhcp()
            .Should()
            .ContainSingle()
            .Subject;
    }
}
