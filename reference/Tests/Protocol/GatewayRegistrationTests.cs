using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.9.1.1, 6.9.1.3 to 6.9.1.5, 6.9.2 and 6.9.4.</summary>
public class GatewayRegistrationTests
{
    private readonly GatewayFixture _gateway = new();

    [Fact]
    public void Extension_OfMorePrefixesThanAMessageHasRoomFor_NamesSomeOfThem()
    {
        const int mostInAMessage = 85;
        _gateway.Solicit();
        var prefixes = Enumerable.Range(1, mostInAMessage).Select(index => Ipv6Prefix.Parse("2001:db8:8000::/48").Subnet(64, (ulong)index));
        _gateway.Answer(edit: answer => answer with { Options = new(prefixes.Select(prefix => new HomeNetworkPrefixOption(prefix))) });

        var extension = _gateway.Advance(Settings.RequestedLifetime * Settings.RefreshAt).Messages<BindingUpdate>()[^1];

        extension.Options.All<HomeNetworkPrefixOption>().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void RouterSolicitation_OfIdentifiedMobileNode_StartsARegistration()
    {
        var actions = _gateway.Solicit();

        var sent = actions.WithoutLog().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendSignal>().Subject;
        sent.Path.Should().Be(new Ipv6Signaling(Gateway, Anchor));
        var request = actions.Only<BindingUpdate>();
        request.Flags.Should().Be(BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration);
        request.Lifetime.Should().Be(Settings.RequestedLifetime);
        request
            .Options.Should()
            .Equal(
                MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
                new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
                new HandoffIndicatorOption(HandoffIndicator.HandoffStateUnknown),
                new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                new TimestampOption(Timestamp.FromUtc(_gateway.Role.TrueTime)),
                new MobileNodeLinkLayerIdentifierOption(new OctetString(Mac1.ToArray())),
                new LinkLocalAddressOption(IPAddress.IPv6Any)
            );
    }

    [Fact]
    public void DuplicateAddressDetection_OfIdentifiedMobileNode_StartsARegistration()
    {
        var target = Mac1.LinkLocalAddress();

        _gateway
            .FromMobileNode(
                Link1,
                Mac1,
                IPAddress.IPv6Any,
                Ipv6Multicast.SolicitedNode(target),
                new NeighborSolicitation(target, NdOptionList.Empty)
            )
            .Messages<BindingUpdate>()
            .Should()
            .ContainSingle();
    }

    [Fact]
    public void LinkUp_OfBoundPort_StartsARegistration_WithoutLinkLayerIdentifierUntilItIsKnown()
    {
        var first = _gateway.Handle(new RoleInput.LinkUp(Bound)).Only<BindingUpdate>();
        _gateway.Solicit(Bound);
        var second = _gateway.Advance(TimeSpan.FromSeconds(1)).Only<BindingUpdate>();

        first.Options.First<MobileNodeIdentifierOption>()!.Nai.Should().Be("link3@dynamic.pmip.example");
        first.Options.Has<MobileNodeLinkLayerIdentifierOption>().Should().BeFalse();
        second.Options.First<MobileNodeLinkLayerIdentifierOption>()!.Identifier.Should().Be(new OctetString(Mac1.ToArray()));
    }

    [Fact]
    public void LinkUp_WithAnAuthenticatedMobileNode_StartsItsRegistration() =>
        _gateway
            .Handle(new RoleInput.LinkUp(Link1) { MobileNode = "mn7@pmip.example" })
            .Only<BindingUpdate>()
            .Options.First<MobileNodeIdentifierOption>()!
            .Nai.Should()
            .Be("mn7@pmip.example");

    [Fact]
    public void Strangers_AndTheGatewayItself_AreNotRegistered()
    {
        _gateway.Handle(new RoleInput.LinkUp(Link1)).Should().BeEmpty();
        _gateway.Solicit(mac: MacAddress.Parse("02:99:00:00:00:01")).Should().BeEmpty();
        _gateway.Solicit(Bound, GatewayMac).Should().BeEmpty();
        _gateway.Solicit(RoleDriver.Core).Should().BeEmpty();
    }

    [Fact]
    public void FixedLinkLocalAddress_IsConfiguredFromTheBeginning_AndNotAskedFor()
    {
        var gateway = new GatewayFixture(Settings with { FixedMAGLinkLocalAddressOnAllAccessLinks = LinkLocal });

        gateway.StartActions.Should().HaveCount(3).And.Contain(new RoleAction.AddAddress(Link1, LinkLocal, PerformDad: false));
        gateway.Solicit().Only<BindingUpdate>().Options.Has<LinkLocalAddressOption>().Should().BeFalse();
        gateway.Answer().Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void Registration_Unanswered_IsRepeatedAfter1_2_4To32Seconds_WithNewTimestampAndNumber()
    {
        var last = _gateway.Solicit().Only<BindingUpdate>();

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 32, 32 })
        {
            _gateway.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(seconds)).Should().BeEmpty();
            var next = _gateway.Role.Tick().WithoutLog().Only<BindingUpdate>();
            next.SequenceNumber.Should().Be((ushort)(last.SequenceNumber + 1));
            next.Options.First<TimestampOption>()!.Value.Should().Be(Timestamp.FromUtc(_gateway.Role.TrueTime));
            last = next;
        }
    }

    [Fact]
    public void Registration_OfMobileNodeThatHasLeft_IsNotRepeated()
    {
        _gateway.Solicit();

        _gateway.Handle(new RoleInput.LinkDown(Link1)).WithoutLog().Should().BeEmpty();
        _gateway.Advance(TimeSpan.FromMinutes(5)).Should().BeEmpty();
        _gateway.Solicit().Should().BeEmpty("the link is down: the message was sent before");
        _gateway.Handle(new RoleInput.LinkUp(Link1));
        _gateway.Solicit().Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void Acceptance_SetsUpTunnelRoutesAddress_AndAdvertises()
    {
        var actions = _gateway.Register();

        actions
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.AddTunnel(TunnelToAnchor),
                new RoleAction.AddRoute(Downstream(Prefix, Link1)),
                new RoleAction.AddRoute(Upstream(Prefix)),
                new RoleAction.AddAddress(Link1, LinkLocal, PerformDad: false)
            );
        var sent = actions[^1].Should().BeOfType<RoleAction.SendIcmp>().Subject;
        (sent.Source, sent.Destination, sent.Link).Should().Be((LinkLocal, Ipv6Multicast.AllNodes, Link1));
        var advertisement = actions.Advertisements().Single();
        advertisement.RouterLifetimeSeconds.Should().BeGreaterThan(0);
        advertisement.Options.First<MtuOption>()!.Mtu.Should().Be(1460);
        advertisement.Options.First<SourceLinkLayerAddressOption>()!.Address.Should().Be(GatewayMac);
        var information = advertisement.Options.All<PrefixInformationOption>().Should().ContainSingle().Subject;
        (information.Prefix, information.OnLink, information.Autonomous).Should().Be((Prefix, true, true));
    }

    [Fact]
    public void RouterSolicitation_IsAnsweredOnlyWithABinding()
    {
        _gateway.Solicit();
        _gateway.Solicit().Should().BeEmpty();
        _gateway.Answer();

        var advertisement = _gateway.Solicit().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>().Subject;

        advertisement.Source.Should().Be(LinkLocal);
    }

    [Fact]
    public void SeveralPrefixes_AreAdvertised_AndInEveryFurtherRequest()
    {
        _gateway
            .Register(prefixes: [Prefix, OtherPrefix])
            .Advertisements()
            .Single()
            .Options.All<PrefixInformationOption>()
            .Should()
            .HaveCount(2);

        PrefixesIn(_gateway.Advance(TimeSpan.FromSeconds(300)).Only<BindingUpdate>()).Should().Equal(Prefix, OtherPrefix);
        PrefixesIn(_gateway.Handle(new RoleInput.LinkDown(Link1)).Only<BindingUpdate>()).Should().Equal(Prefix, OtherPrefix);
    }

    [Fact]
    public void Extension_IsAskedForAtHalfOfTheGrantedLifetime_WithTheSameOptions()
    {
        var initial = _gateway.Solicit().Only<BindingUpdate>();
        _gateway.Answer(edit: answer => answer with { LifetimeUnits = 10 });

        _gateway.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(20)).Should().BeEmpty();
        var extension = _gateway.Role.Tick().Only<BindingUpdate>();

        extension.Options.Select(option => option.Type).Should().Equal(initial.Options.Select(option => option.Type));
        extension.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateNotChanged);
        extension.Lifetime.Should().Be(Settings.RequestedLifetime);
        PrefixesIn(extension).Should().Equal(Prefix);
    }

    [Fact]
    public void Extension_Accepted_ChangesNothingButTheTimes()
    {
        _gateway.Register();
        _gateway.Advance(TimeSpan.FromSeconds(300));

        _gateway.Answer().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>("the prefix is advertised again");
        _gateway.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(300)).Should().BeEmpty();
        _gateway.Role.Tick().Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void GrantedLifetime_OverWithoutAnAnswer_EndsTheService_AndRegistersAnew()
    {
        _gateway.Register();
        _gateway.Advance(TimeSpan.FromSeconds(599.9)).OfType<RoleAction.RemoveRoute>().Should().BeEmpty();

        var actions = _gateway.Advance(TimeSpan.FromSeconds(0.1));

        actions.OfType<RoleAction.RemoveRoute>().Should().HaveCount(2);
        actions.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
        PrefixesIn(actions.Only<BindingUpdate>()).Single().IsAllZero.Should().BeTrue();
        _gateway.Solicit().Should().BeEmpty("there is no binding to advertise");
    }

    [Fact]
    public void Detachment_IsDeRegistered_WithTheSameOptions_AndForgottenWithTheAnswer()
    {
        var initial = _gateway.Solicit().Only<BindingUpdate>();
        _gateway.Answer();

        var actions = _gateway.Handle(new RoleInput.LinkDown(Link1));

        var request = actions.WithoutLog().Only<BindingUpdate>();
        request.LifetimeUnits.Should().Be(0);
        request.Options.Select(option => option.Type).Should().Equal(initial.Options.Select(option => option.Type));
        request.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateUnknown);
        PrefixesIn(request).Should().Equal(Prefix);
        _gateway.Answer().WithoutLog().Should().Equal(EndOfLink1());
        _gateway.Advance(TimeSpan.FromMinutes(30)).Should().BeEmpty();
    }

    [Fact]
    public void Detachment_NotAnswered_IsForgottenAfterTheInitialTimeout_AndNotRepeated()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1));

        _gateway.Role.AdvanceToJustBefore(Settings.InitialBindackTimeout).Should().BeEmpty();
        _gateway.Role.Tick().Should().Equal(EndOfLink1());
        _gateway.Advance(TimeSpan.FromMinutes(30)).Should().BeEmpty();
    }

    [Fact]
    public void ReturnToTheLink_BeforeTheDeRegistrationIsAnswered_IsANewRegistration()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Handle(new RoleInput.LinkUp(Link1));

        var actions = _gateway.Solicit();

        actions.SkipLast(1).Should().Equal(EndOfLink1());
        actions.Only<BindingUpdate>().LifetimeUnits.Should().BeGreaterThan(0);
        _gateway.Answer().Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void AnotherMobileNode_OnTheLink_TakesThePlaceOfTheFirst()
    {
        _gateway.Register();

        var requests = _gateway.Solicit(mac: Mac2).Messages<BindingUpdate>();

        requests.Select(request => request.LifetimeUnits).Should().Equal(0, 150);
        requests[1].Options.First<MobileNodeIdentifierOption>()!.Nai.Should().StartWith("025e00000002@");
    }

    [Fact]
    public void Tunnel_SharedByTwoMobileNodes_OutlivesTheFirst()
    {
        _gateway.Register();
        _gateway.Register(Link2, Mac2, [OtherPrefix]).OfType<RoleAction.AddTunnel>().Should().BeEmpty();

        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Answer().OfType<RoleAction.RemoveTunnel>().Should().BeEmpty();
        _gateway.Handle(new RoleInput.LinkDown(Link2));
        _gateway.Answer().OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
    }

    [Fact]
    public void LocalRouting_WhereAllowed_JoinsTheMobileNodesOfTheGateway()
    {
        var gateway = new GatewayFixture(Settings with { EnableMAGLocalRouting = true });
        gateway.Register();

        var joined = gateway.Register(Link2, Mac2, [OtherPrefix]).OfType<RoleAction.AddRoute>().Select(add => add.Route);
        joined
            .Should()
            .Contain([
                new Route(Prefix, new RouteTarget.OnLink(Link1)) { From = OtherPrefix },
                new Route(OtherPrefix, new RouteTarget.OnLink(Link2)) { From = Prefix },
            ]);

        gateway.Handle(new RoleInput.LinkDown(Link2));
        gateway
            .Answer()
            .OfType<RoleAction.RemoveRoute>()
            .Select(remove => remove.Route)
            .Should()
            .Contain(new Route(OtherPrefix, new RouteTarget.OnLink(Link2)) { From = Prefix });
    }

    [Fact]
    public void MoveToAnotherLink_KeepsTheUpstreamRoute_WhenTheDeRegistrationOfTheFirstIsNotAnswered()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1)).Messages<BindingUpdate>().Should().ContainSingle();
        _gateway.Register(Link2, Mac1);

        var removed = _gateway.Advance(Settings.InitialBindackTimeout).OfType<RoleAction.RemoveRoute>().Select(remove => remove.Route);

        removed.Should().Equal(Downstream(Prefix, Link1));
    }

    [Fact]
    public void MoveToAnotherLink_BeforeTheFirstIsDown_IsNotUndoneWhenItGoesDown()
    {
        _gateway.Register();

        var moved = _gateway.Solicit(Link2, Mac1);
        _gateway
            .Answer()
            .OfType<RoleAction.AddRoute>()
            .Select(add => add.Route)
            .Should()
            .Equal(Downstream(Prefix, Link2), Upstream(Prefix));

        moved.Only<BindingUpdate>().LifetimeUnits.Should().NotBe(0);
        moved.OfType<RoleAction.RemoveRoute>().Select(remove => remove.Route).Should().Contain(Downstream(Prefix, Link1));
        _gateway.Handle(new RoleInput.LinkDown(Link1)).Should().BeEmpty("the session has moved to the other link");
    }

    private static IReadOnlyList<RoleAction> EndOfLink1() =>
        [
            new RoleAction.RemoveRoute(Downstream(Prefix, Link1)),
            new RoleAction.RemoveRoute(Upstream(Prefix)),
            new RoleAction.RemoveTunnel(TunnelToAnchor),
            new RoleAction.RemoveAddress(Link1, LinkLocal),
        ];

    private static IReadOnlyList<Ipv6Prefix> PrefixesIn(BindingUpdate request) =>
        [.. request.Options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix)];
}
