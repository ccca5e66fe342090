using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.HomeAgentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5648, Sections 4 to 6.</summary>
public class HomeAgentMcoaTests
{
    private readonly HomeAgentFixture _agent = OfRfc5648();

    private static TestHomeRegistration Bulk(ushort sequence, params IReadOnlyList<MobilityOption> options) =>
        Valid with
        {
            SequenceNumber = sequence,
            Options = options,
        };

    [Fact]
    public void BindingIds_AddBindings_WithOnePathEach()
    {
        _agent.Register(Bid(1, CareOf1, 1));
        var actions = _agent.Register(Bid(2, CareOf2, 2));
        actions.Should().Contain(new RoleAction.AddRoute(RouteTo(CareOf1, CareOf2)));
        actions.Should().Contain(new RoleAction.PreferPath(Home, CareOf2));
        actions.Only<BindingAcknowledgement>().Options.Should().Equal(Option(2));
        _agent.CareOfAddresses.Should().BeEquivalentTo(new Dictionary<ushort, IPAddress> { [1] = CareOf1, [2] = CareOf2 });
    }

    [Fact]
    public void SequenceNumber_IsOneForTheHomeAddress()
    {
        _agent.Register(Bid(1, CareOf1, 5));
        var answer = _agent.Ask(Bid(2, CareOf2, 5));
        (answer.Status, answer.SequenceNumber).Should().Be((BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, (ushort)5));
        OptionsOf(answer).Should().Equal((2, BindingStatus.ACCEPTED));
    }

    [Fact]
    public void Bulk_RegistersAll_AndOverwriteLeavesOnlyThem()
    {
        _agent.Register(Bulk(1, Option(1, CareOf1), Option(2, CareOf2)));
        _agent.Register(Bulk(2, Option(3, CareOf3)) with { Flags = Valid.Flags | BindingUpdateFlags.BulkOverwrite });
        _agent.CareOfAddresses.Keys.Should().Equal(3);
    }

    [Fact]
    public void Bulk_WithOneUnknownBinding_IsNotComplete()
    {
        var answer = _agent.Ask(Bulk(1, Option(1, CareOf1), Option(2)));
        answer.Status.Should().Be(BindingStatus.MCOA_NOTCOMPLETE);
        OptionsOf(answer).Should().Equal((1, BindingStatus.ACCEPTED), (2, BindingStatus.MCOA_UNKNOWN_COA));
        _agent.CareOfAddresses.Keys.Should().Equal(1);
    }

    [Fact]
    public void WithoutCareOfAddress_TheBindingIsRenewed_AndStaysWhereItIs()
    {
        _agent.Register(Bid(1, CareOf1, 1));
        _agent.Register(Bid(1, null, 2, source: CareOf3));
        _agent.CareOfAddresses[1].Should().Be(CareOf1);
        var answer = _agent.Ask(Bid(2, null, 3));
        answer.Status.Should().Be(BindingStatus.MCOA_UNKNOWN_COA);
        OptionsOf(answer).Should().Equal((2, BindingStatus.ACCEPTED));
    }

    [Fact]
    public void Removal_OfOneBinding_LeavesTheOthers()
    {
        _agent.Register(Bulk(1, Option(1, CareOf1), Option(2, CareOf2)));
        var actions = _agent.Register(Bulk(2, Option(1)) with { LifetimeUnits = 0 });
        actions.Should().NotContain(action => action is RoleAction.RemoveProxyNeighbor);
        actions.Should().Contain(new RoleAction.AddRoute(RouteTo(CareOf2)));
        _agent.StatusOf(Bulk(3, Option(1)) with { LifetimeUnits = 0 }).Should().Be(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE);
        _agent.CareOfAddresses.Keys.Should().Equal(2);
    }

    [Fact]
    public void WithoutBindingId_OneBindingReplacesAll_AndRemovesAll()
    {
        _agent.Register(Bulk(1, Option(1, CareOf1), Option(2, CareOf2)));
        _agent.Register(Valid with { Source = CareOf3, SequenceNumber = 2 });
        _agent.CareOfAddresses.Should().BeEquivalentTo(new Dictionary<ushort, IPAddress> { [0] = CareOf3 });
        _agent.StatusOf(Bid(1, CareOf1, 3)).Should().Be(BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS);
        _agent.Register(Bid(1, CareOf1, 4) with { Flags = Valid.Flags | BindingUpdateFlags.BulkOverwrite });
        _agent.CareOfAddresses.Keys.Should().Equal(1);
        _agent.Register(Valid with { SequenceNumber = 5, LifetimeUnits = 0 });
        _agent.CareOfAddresses.Should().BeEmpty();
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 0 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 1 })]
    [InlineData(new byte[] { })]
    public void WrongLength_IsMalformed(byte[] data)
    {
        var signal = Bulk(1, new UnknownOption(200, new OctetString(data)), Option(2, CareOf2)).ToSignal();
        var octets = signal.MobilityHeader.ToArray();
        octets[Array.IndexOf(octets, (byte)200)] = 35;
        var answer = _agent.Role.Handle(signal with { MobilityHeader = octets }).Only<BindingAcknowledgement>();
        answer.Status.Should().Be(BindingStatus.MCOA_MALFORMED);
        OptionsOf(answer).Should().HaveCount(2);
        _agent.CareOfAddresses.Should().BeEmpty();
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("192.0.2.1")]
    public void CareOfAddress_ThatIsNotRoutable_IsMalformed(string address) =>
        _agent.StatusOf(Bid(1, IPAddress.Parse(address), 1, CareOf1)).Should().Be(BindingStatus.MCOA_MALFORMED);

    [Fact]
    public void Prohibitions_HaveTheirStatuses()
    {
        OfRfc5648(s => s with { AllowsMultipleCareOfAddresses = false })
            .StatusOf(Bid(1, CareOf1, 1))
            .Should()
            .Be(BindingStatus.MCOA_PROHIBITED);
        OfRfc5648(s => s with { AcceptsBulkRegistration = false })
            .StatusOf(Bulk(1, Option(1, CareOf1), Option(2, CareOf2)))
            .Should()
            .Be(BindingStatus.MCOA_BULK_REGISTRATION_PROHIBITED);
        OfRfc5648(s => s with { AllowsSimultaneousHomeAndForeign = false })
            .StatusOf(Bulk(1, Option(1, Home, home: true)))
            .Should()
            .Be(BindingStatus.MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED);
    }

    [Fact]
    public void HomeBinding_EndsInterception_AndAddsTheHomeLink()
    {
        _agent.Register(Bid(1, CareOf1, 1));
        var home = FromHome with { SequenceNumber = 2, LifetimeUnits = 60, Options = [Option(3, Home, home: true)] };
        var actions = _agent.Register(home);
        actions.Should().Contain(new RoleAction.RemoveProxyNeighbor(HomeLink, IpPrefix.Of(Home)));
        actions.Should().Contain(new RoleAction.PreferPath(Home, Home));
        actions
            .OfType<RoleAction.AddRoute>()
            .Single()
            .Route.Target.Should()
            .Be(new RouteTarget.OneOf([TunnelTo(CareOf1)]) { HomeLink = HomeLink });

        var left = _agent.Register(Bid(1, null, 3));
        left.Should().Contain(new RoleAction.AddRoute(RouteTo(CareOf1)));
        left.Should().Contain(new RoleAction.AddProxyNeighbor(HomeLink, IpPrefix.Of(Home)) { Announces = true });
    }

    [Fact]
    public void HomeBinding_BesideOtherRouters_IsDeliveredByItsLinkLayerAddress()
    {
        var agent = OfRfc5648(s => s with { HasOtherRoutersOnHomeLink = true });
        var address = MacAddress.Parse("02:5e:00:00:00:01");
        agent.Register(Bid(1, CareOf1, 1));
        var actions = agent.Send(
            FromHome with
            {
                SequenceNumber = 2,
                LifetimeUnits = 60,
                Options =
                [
                    new MobilityHeaderLinkLayerAddressOption(2, new OctetString([2, 0x5e, 0, 0, 0, 1])),
                    Option(3, Home, home: true),
                ],
            }
        );
        actions.Only<BindingAcknowledgement>().Status.Should().Be(BindingStatus.MCOA_RETURNHOME_WO_NDP);
        actions.Should().Contain(new RoleAction.AddNeighbor(HomeLink, Home, address));
        actions.Should().NotContain(action => action is RoleAction.RemoveProxyNeighbor);
        agent.Register(Bid(1, CareOf1, 3)).Should().Contain(new RoleAction.RemoveNeighbor(HomeLink, Home));
    }

    [Fact]
    public void HomeBinding_ThatIsRefused_IsAnsweredAtItsLinkLayerAddress()
    {
        var agent = OfRfc5648(s => s with { AllowsSimultaneousHomeAndForeign = false });
        var actions = agent.Send(
            FromHome with
            {
                LifetimeUnits = 60,
                Options =
                [
                    new MobilityHeaderLinkLayerAddressOption(2, new OctetString([2, 0x5e, 0, 0, 0, 1])),
                    Option(3, Home, home: true),
                ],
            }
        );
        actions.Should().HaveCount(3);
        actions[0].Should().Be(new RoleAction.AddNeighbor(HomeLink, Home, MacAddress.Parse("02:5e:00:00:00:01")));
        actions[1].Should().BeOfType<RoleAction.SendSignal>().Which.Link.Should().Be(HomeLink);
        actions[2].Should().Be(new RoleAction.RemoveNeighbor(HomeLink, Home));
    }

    [Fact]
    public void RefreshRequest_NamesTheBinding()
    {
        var agent = OfRfc5648(s => s with { RefreshRequestBefore = TimeSpan.FromSeconds(5) });
        agent.Register(Bid(7, CareOf1, 1) with { LifetimeUnits = 5 });
        agent.Role.Advance(TimeSpan.FromSeconds(15)).Only<BindingRefreshRequest>().Options.Should().Equal(Option(7));
    }
}

/// <summary>draft-ietf-monami6-multiplecoa-04, Sections 5 and 6.</summary>
public class HomeAgentMcoaDraftTests
{
    private readonly HomeAgentFixture _agent = OfDraft();

    private static TestHomeRegistration Update(ushort sequence, IPAddress source, params IReadOnlyList<MobilityOption> options) =>
        Valid with
        {
            SequenceNumber = sequence,
            Source = source,
            Options = options,
        };

    [Fact]
    public void WithoutCareOfFlag_TheSourceIsTheCareOfAddress()
    {
        _agent.Register(Update(1, CareOf1, DraftOption(1)));
        _agent.CareOfAddresses[1].Should().Be(CareOf1);
        _agent.Register(Update(2, CareOf2, DraftOption(1)));
        _agent.CareOfAddresses[1].Should().Be(CareOf2);
        _agent.Register(Update(3, CareOf1, new AlternateCareOfAddressOption(CareOf3), DraftOption(1)));
        _agent.CareOfAddresses[1].Should().Be(CareOf3);
    }

    [Fact]
    public void SequenceNumbers_AreThoseOfTheBindings()
    {
        _agent.Register(Update(5, CareOf1, DraftOption(1)));
        _agent.Register(Update(3, CareOf2, DraftOption(2)));
        _agent.StatusOf(Update(3, CareOf2, DraftOption(2))).Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        _agent
            .StatusOf(Update(5, CareOf2, DraftOption(1, CareOf1), DraftOption(2, CareOf2)))
            .Should()
            .Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    [Fact]
    public void PlainBinding_IsReplaced_WithAConflict()
    {
        _agent.Register(Valid);
        var answer = _agent.Ask(Update(1, CareOf2, DraftOption(1)));
        answer.Status.Should().Be(BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS, "the draft's BID CONFLICT has this number");
        answer.LifetimeUnits.Should().Be(60);
        _agent.CareOfAddresses.Should().BeEquivalentTo(new Dictionary<ushort, IPAddress> { [1] = CareOf2 });
    }

    [Fact]
    public void Overwrite_IsInTheOption_AndReplacesAPlainBindingWithoutConflict()
    {
        _agent.Register(Valid);
        _agent.Register(Update(1, CareOf2, DraftOption(1, overwrite: true)));
        _agent.CareOfAddresses.Keys.Should().Equal(1);
    }

    [Fact]
    public void UnequalFlags_AreAConflict_AndWrongLengthsIncompliant()
    {
        _agent
            .StatusOf(Update(1, CareOf1, DraftOption(1, CareOf1, overwrite: true), DraftOption(2, CareOf2)))
            .Should()
            .Be((BindingStatus)new DraftStatusCodes().McoaFlagConflicts);
        _agent.CareOfAddresses.Should().BeEmpty();
    }

    [Fact]
    public void HomeBinding_IsARemovalWithH_AndStays()
    {
        _agent.Register(Update(1, CareOf1, DraftOption(1)));
        _agent.Register(Update(1, CareOf2, DraftOption(2)));
        var home = FromHome with { SequenceNumber = 2, Options = [DraftOption(2, home: true)] };
        _agent.Register(home).Should().Contain(new RoleAction.RemoveProxyNeighbor(HomeLink, IpPrefix.Of(Home)));
        _agent.CareOfAddresses[2].Should().Be(Home);
        _agent.Role.Advance(TimeSpan.FromSeconds(200));
        _agent.Register(Update(2, CareOf1, DraftOption(1)));
        _agent.Role.Advance(TimeSpan.FromSeconds(200));
        _agent.CareOfAddresses.Keys.Should().Equal(1, 2);
        var removal = Update(3, CareOf1, DraftOption(2)) with { LifetimeUnits = 0 };
        _agent.Register(removal).Should().Contain(new RoleAction.AddProxyNeighbor(HomeLink, IpPrefix.Of(Home)) { Announces = true });
    }
}

/// <summary>RFC 3963, Section 6.</summary>
public class HomeAgentMobileRouterTests
{
    private static readonly TestHomeRegistration _router = Valid with { Flags = Valid.Flags | BindingUpdateFlags.MobileRouter };
    private readonly HomeAgentFixture _agent = OfRfc5648();

    [Fact]
    public void Network_IsBehindAllCareOfAddresses()
    {
        var actions = _agent.Register(Named(1, Option(1, CareOf1)));
        actions.Only<BindingAcknowledgement>().Flags.Should().Be(BindingAcknowledgementFlags.MobileRouter);
        actions.Should().Contain(new RoleAction.AddRoute(RouteTo(Network, [CareOf1])));
        _agent.Register(Named(2, Option(2, CareOf2))).Should().Contain(new RoleAction.AddRoute(RouteTo(Network, [CareOf1, CareOf2])));
        var removal = _agent.Register(Named(3, Option(1)) with { LifetimeUnits = 0 });
        removal.Should().Contain(new RoleAction.AddRoute(RouteTo(Network, [CareOf2])));
    }

    [Fact]
    public void ImplicitMode_TakesTheConfiguredNetwork() =>
        _agent.Register(_router).Should().Contain(new RoleAction.AddRoute(RouteTo(Network, [CareOf1])));

    [Theory]
    [InlineData("2001:db8:4000:2::/64", BindingStatus.NOT_AUTHORIZED_FOR_PREFIX)]
    [InlineData("2001:db8:200::/72", BindingStatus.INVALID_PREFIX)]
    [InlineData("fe80::/64", BindingStatus.INVALID_PREFIX)]
    [InlineData("2001:db8:4000:1:8000::/65", BindingStatus.ACCEPTED)]
    public void Prefixes_AreChecked(string prefix, BindingStatus status)
    {
        _agent.StatusOf(_router with { Options = [new MobileNetworkPrefixOption(Ipv6Prefix.Parse(prefix))] }).Should().Be(status);
        _agent.HomeAgent.Bindings.Should().HaveCount(status == BindingStatus.ACCEPTED ? 1 : 0);
    }

    [Fact]
    public void Statuses_OfAHomeAgentThatCannot()
    {
        OfRfc5648(s => s with { MobileNetworks = [] }).StatusOf(_router).Should().Be(BindingStatus.MOBILE_ROUTER_OPERATION_NOT_PERMITTED);
        OfRfc5648(s => s with { MobileNetworks = [new MobileNetworkPolicy("2001:db8:200::9", "2001:db8:4000:9::/64")] })
            .StatusOf(_router)
            .Should()
            .Be(BindingStatus.FORWARDING_SETUP_FAILED);
        _agent
            .StatusOf(_router with { Flags = BindingUpdateFlags.MobileRouter | BindingUpdateFlags.Acknowledge })
            .Should()
            .Be(BindingStatus.MOBILE_ROUTER_OPERATION_NOT_PERMITTED);
        _agent.Register(Valid);
        _agent.StatusOf(_router with { SequenceNumber = 2 }).Should().Be(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED);
    }

    private static TestHomeRegistration Named(ushort sequence, BindingIdentifierOption option) =>
        _router with
        {
            SequenceNumber = sequence,
            Source = option.CareOfAddress ?? CareOf2,
            Options = [option, new MobileNetworkPrefixOption(Network)],
        };
}
