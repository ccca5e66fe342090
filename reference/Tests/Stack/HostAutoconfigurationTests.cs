using System.Net;
using FluentAssertions;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>The autoconfiguration of a host's interface from link events and Router Advertisements.</summary>
public sealed class HostAutoconfigurationTests
{
    private const uint Hour = 3600;
    private static readonly IPAddress _linkLocal = MnMac.LinkLocalAddress();
    private static readonly IPAddress _global = Hnp.AddressWith(MnMac.InterfaceIdentifier());
    private static readonly IPAddress _global2 = Hnp2.AddressWith(MnMac.InterfaceIdentifier());
    private readonly VirtualNetwork _network = new();
    private readonly IpNode _host;

    public HostAutoconfigurationTests() => _host = _network.Add(Roamer);

    [Fact]
    public void LinkUp_AtStart_TestsTheLinkLocalAddressAndAsksForRoutersAtOnce()
    {
        var test = _network.Icmp<NeighborSolicitation>("access").Should().ContainSingle().Subject;
        test.Target.Should().Be(_linkLocal);
        var solicitation = _network.On("access").Should().ContainSingle(s => s.Icmp is RouterSolicitation).Subject;
        solicitation.At.Should().Be(TimeSpan.Zero);
        solicitation.Packet.Source.Should().Be(IPAddress.IPv6Any);
        solicitation.Icmp.Should().Be(new RouterSolicitation(NdOptionList.Empty));
    }

    [Fact]
    public void RouterSolicitations_Unanswered_AreThreeFourSecondsApart()
    {
        _network.RunSeconds(60);

        var sent = _network.On("access").Where(s => s.Icmp is RouterSolicitation).ToList();
        sent.Select(s => s.At.TotalSeconds).Should().Equal(0, 4, 8);
        sent[1].Packet.Source.Should().Be(_linkLocal);
        ((RouterSolicitation)sent[1].Icmp!).Options.First<SourceLinkLayerAddressOption>()!.Address.Should().Be(MnMac);
    }

    [Fact]
    public void RouterSolicitations_OnceAnswered_End()
    {
        Advertise(Prefix(Hnp));
        _network.RunSeconds(60);
        _network.Icmp<RouterSolicitation>("access").Should().ContainSingle();
    }

    [Fact]
    public void RouterSolicitations_AnsweredByNoDefaultRouter_GoOn()
    {
        Advertise(lifetimeSeconds: 0, Prefix(Hnp));
        _network.RunSeconds(60);
        _network.Icmp<RouterSolicitation>("access").Should().HaveCount(3);
    }

    [Fact]
    public void FirstSolicitation_WithRandomDelay_ComesWithinIt()
    {
        var network = new VirtualNetwork();
        network.Add(Roamer with { MaxSolicitationDelay = TimeSpan.FromSeconds(1) });
        network.Icmp<RouterSolicitation>("access").Should().BeEmpty();

        network.RunSeconds(1);

        network
            .On("access")
            .Should()
            .ContainSingle(s => s.Icmp is RouterSolicitation)
            .Which.At.Should()
            .BePositive()
            .And.BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void AdvertisedPrefix_GivesAnAddressAfterDad()
    {
        Advertise(Prefix(Hnp));

        _network.Icmp<NeighborSolicitation>("access").Should().Contain(n => n.Target.Equals(_global));
        _host.Addresses(Access).Should().BeEmpty();
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_linkLocal, _global);
    }

    [Fact]
    public void TwoPrefixes_GiveTwoAddresses()
    {
        Advertise(Prefix(Hnp), Prefix(Hnp2));
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_linkLocal, _global, _global2);
    }

    [Fact]
    public void Prefix_NotAutonomousOrNotOf64Bits_GivesNoAddress()
    {
        Advertise(
            Prefix(Hnp) with
            {
                Autonomous = false,
            },
            Prefix(Ipv6Prefix.Parse("2001:db8:8000::/56")),
            Prefix(Hnp2) with
            {
                PreferredLifetimeSeconds = Hour + 1,
            }
        );
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_linkLocal);
    }

    [Fact]
    public void Advertisement_FromGlobalAddress_IsIgnored()
    {
        var source = IPAddress.Parse("2001:db8::1");
        _network.Inject("access", MnMac, Advertisement(source, Hour, Prefix(Hnp)));
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_linkLocal);
    }

    [Fact]
    public void DefaultRouter_IsUsedUntilItsLifetimeEnds()
    {
        Advertise(lifetimeSeconds: 30, Prefix(Hnp));
        _network.Run(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        _network.Forget();

        PingCn(1);
        _network.On("access").Should().ContainSingle().Which.Frame.Destination.Should().Be(MagAccessMac);

        _network.Run(TimeSpan.FromTicks(1));
        PingCn(2);
        _network.Icmp<EchoRequest>("access").Should().ContainSingle();
    }

    [Fact]
    public void OnLinkPrefix_MakesItsAddressesNeighbors()
    {
        Advertise(Prefix(Hnp));
        _network.RunSeconds(1);

        _host.Ping(MnAddress, 1, 1, _network.Now);
        _network.Settle();

        _network.Icmp<NeighborSolicitation>("access").Should().Contain(n => n.Target.Equals(MnAddress));
    }

    [Fact]
    public void PrefixNotOnLink_IsReachedByTheRouter()
    {
        Advertise(Prefix(Hnp) with { OnLink = false });
        _network.RunSeconds(1);

        _host.Ping(MnAddress, 1, 1, _network.Now);
        _network.Settle();

        _network.On("access")[^1].Frame.Destination.Should().Be(MagAccessMac);
    }

    [Fact]
    public void Mtu_Advertised_LimitsWhatIsSent()
    {
        Advertise(Prefix(Hnp), new MtuOption(1280));
        _network.RunSeconds(1);

        _host.Send(Echo(_global, CnAddress, 1280 - 48 + 1), _network.Now);
        _network.Settle();
        _network.Ip("access").Should().OnlyContain(p => p.Length <= 1280).And.Contain(p => p.Protocol == IpProtocol.Fragment);
        _network.Forget();

        _host.Send(Echo(_global, CnAddress, 1280 - 48), _network.Now);
        _network.Settle();
        _network.Icmp<EchoRequest>("access").Should().ContainSingle();
    }

    [Fact]
    public void Address_WithFiniteLifetime_GoesWhenItEnds()
    {
        Advertise(Prefix(Hnp) with { ValidLifetimeSeconds = 100, PreferredLifetimeSeconds = 50 });

        _network.Run(TimeSpan.FromSeconds(100) - TimeSpan.FromTicks(1));
        _host.Addresses(Access).Should().Contain(_global);
        _network.Run(TimeSpan.FromTicks(1));
        _host.Addresses(Access).Should().NotContain(_global);
    }

    [Fact]
    public void Address_AdvertisedWithLifetimeZero_StaysForTwoHours()
    {
        Advertise(Prefix(Hnp) with { ValidLifetimeSeconds = 100 * Hour });
        Advertise(Prefix(Hnp) with { ValidLifetimeSeconds = 0, PreferredLifetimeSeconds = 0 });

        _network.Run(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        _host.Addresses(Access).Should().Contain(_global);
        _network.Run(TimeSpan.FromTicks(1));
        _host.Addresses(Access).Should().NotContain(_global);
    }

    [Fact]
    public void DeprecatedAddress_IsNotChosenAsSource()
    {
        Advertise(Prefix(Hnp) with { PreferredLifetimeSeconds = 10 }, Prefix(Hnp2));
        _network.RunSeconds(9);
        PingCn(1);
        _network.RunSeconds(2);
        PingCn(2);

        _network.On("access").Where(s => s.Icmp is EchoRequest).Select(s => s.Packet.Source).Should().Equal(_global, _global2);
    }

    [Fact]
    public void Move_ToLinkWithSamePrefix_KeepsTheAddressWithoutNewDad()
    {
        Advertise(Prefix(Hnp));
        _network.RunSeconds(10);
        _network.Unplug(_host, Access);
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_global);
        _network.Forget();

        _network.Plug(_host, Access, "elsewhere");
        Advertise("elsewhere", MagAccess2Mac, Hour, Prefix(Hnp));
        PingCn(1);
        _network.RunSeconds(1);

        _network.Icmp<RouterSolicitation>("elsewhere").Should().ContainSingle();
        _network.Icmp<NeighborSolicitation>("elsewhere").Should().ContainSingle().Which.Target.Should().Be(_linkLocal);
        _network.On("elsewhere").Should().ContainSingle(s => s.Icmp is EchoRequest).Which.Frame.Destination.Should().Be(MagAccess2Mac);
        _host.Addresses(Access).Should().BeEquivalentTo([_global, _linkLocal]);
    }

    [Fact]
    public void Move_ToLinkWithOtherPrefix_ReplacesTheAddress()
    {
        Advertise(Prefix(Hnp));
        _network.RunSeconds(10);
        _network.Unplug(_host, Access);

        _network.Plug(_host, Access, "elsewhere");
        Advertise("elsewhere", MagAccess2Mac, Hour, Prefix(Hnp2));
        _network.RunSeconds(1);

        _host.Addresses(Access).Should().BeEquivalentTo([_linkLocal, _global2]);
    }

    [Fact]
    public void Unplugged_HostSendsNothing()
    {
        Advertise(Prefix(Hnp));
        _network.RunSeconds(1);
        _network.Forget();

        _network.Unplug(_host, Access);
        PingCn(1);
        _network.RunSeconds(60);

        _network.On("access").Should().BeEmpty();
    }

    [Fact]
    public void LinkLocalAddress_ThatIsTaken_DisablesTheInterfaceUntilTheNextLinkUp()
    {
        var objection = new NeighborAdvertisement(
            _linkLocal,
            Router: false,
            Solicited: false,
            Override: true,
            new NdOptionList(new TargetLinkLayerAddressOption(Mac(99)))
        );
        var message = objection.ToBytes(_linkLocal, Ipv6Multicast.AllNodes);
        _network.Inject("access", MnMac, new Ipv6Packet(_linkLocal, Ipv6Multicast.AllNodes, IpProtocol.Icmpv6, message) { HopLimit = 255 });
        _network.Forget();

        Advertise(Prefix(Hnp));
        _network.RunSeconds(60);
        _network.On("access").Should().BeEmpty();
        _host.DuplicateAddresses(Access).Should().Equal(_linkLocal);

        _network.Unplug(_host, Access);
        _network.Plug(_host, Access, "access");
        _network.RunSeconds(1);
        _host.Addresses(Access).Should().Equal(_linkLocal);
    }

    private void PingCn(ushort sequence)
    {
        _host.Ping(CnAddress, 1, sequence, _network.Now);
        _network.Settle();
    }

    private void Advertise(params NdOption[] options) => Advertise(Hour, options);

    private void Advertise(uint lifetimeSeconds, params NdOption[] options) => Advertise("access", MagAccessMac, lifetimeSeconds, options);

    private void Advertise(string segment, MacAddress router, uint lifetimeSeconds, params NdOption[] options) =>
        _network.Inject(
            segment,
            MnMac,
            Advertisement(MagLinkLocal, lifetimeSeconds, [new SourceLinkLayerAddressOption(router), .. options])
        );

    private static Ipv6Packet Advertisement(IPAddress source, uint lifetimeSeconds, params NdOption[] options)
    {
        var advertisement = new RouterAdvertisement(
            64,
            Managed: false,
            OtherConfig: false,
            (ushort)lifetimeSeconds,
            0,
            0,
            new NdOptionList(options)
        );
        var bytes = advertisement.ToBytes(source, Ipv6Multicast.AllNodes);
        return new Ipv6Packet(source, Ipv6Multicast.AllNodes, IpProtocol.Icmpv6, bytes) { HopLimit = 255 };
    }

    private static PrefixInformationOption Prefix(Ipv6Prefix prefix) =>
        new(prefix, OnLink: true, Autonomous: true, ValidLifetimeSeconds: Hour, PreferredLifetimeSeconds: Hour);
}
