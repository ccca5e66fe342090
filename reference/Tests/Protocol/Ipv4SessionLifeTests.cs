using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4Anchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Sections 3.1.2.3 to 3.1.2.5: refresh, handoff and end of sessions with IPv4.</summary>
public sealed class Ipv4SessionLifeTests
{
    private static readonly TestUpdate _deRegistration = Valid with { LifetimeUnits = 0, Handoff = HandoffIndicator.HandoffStateUnknown };
    private static readonly TestUpdate _handoff = Valid with
    {
        Source = Mag2,
        Handoff = HandoffIndicator.HandoffBetweenMobileAccessGateways,
    };

    private readonly AnchorFixture _anchor = Fixture();
    private readonly Ipv6Prefix _prefix;

    public Ipv4SessionLifeTests() => _prefix = PrefixesIn(_anchor.Ask(Valid.Asking(Any))).Single();

    [Fact]
    public void Start_DropsWhatIsForTheHomeNetwork() =>
        _anchor
            .StartActions.Should()
            .Equal(
                new RoleAction.AddRoute(BlackholeTo(Pool)),
                new RoleAction.AddRoute(BlackholeTo(Static1)),
                new RoleAction.AddRoute(BlackholeTo(Static2)),
                new RoleAction.AddRoute(new Route(Ipv4.HomeNetwork, new RouteTarget.Blackhole()))
            );

    [Fact]
    public void Lifetime_OfBothFamilies_EndsTogether()
    {
        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(600)).Should().BeEmpty();
        _anchor
            .Role.Tick()
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(AnchorFixture.RouteTo(_prefix, Mag1)),
                new RoleAction.RemoveRoute(Ipv4Anchor.RouteTo(First, Mag1)),
                new RoleAction.RemoveTunnel(TunnelTo(Mag1))
            );
    }

    [Fact]
    public void Handoff_MovesBothFamilies()
    {
        _anchor
            .Send((_handoff with { Prefixes = [_prefix] }).Asking(First))
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(AnchorFixture.RouteTo(_prefix, Mag1)),
                new RoleAction.RemoveRoute(Ipv4Anchor.RouteTo(First, Mag1)),
                new RoleAction.RemoveTunnel(TunnelTo(Mag1)),
                new RoleAction.AddTunnel(TunnelTo(Mag2)),
                new RoleAction.AddRoute(AnchorFixture.RouteTo(_prefix, Mag2)),
                new RoleAction.AddRoute(Ipv4Anchor.RouteTo(First, Mag2))
            );
    }

    [Fact]
    public void Handoff_WithoutPrefixes_ReleasesThem()
    {
        var actions = _anchor.Send(_handoff.AskingOnly(First));

        actions.OfType<RoleAction.AddRoute>().Should().Equal(new RoleAction.AddRoute(Ipv4Anchor.RouteTo(First, Mag2)));
        PrefixesIn(actions.Only<BindingAcknowledgement>()).Should().BeEmpty();
        Session.Binding.HomeNetworkPrefixes.Should().BeEmpty();
        _anchor.Register(Valid with { Nai = "mn2@dynamic.pmip.example", Prefixes = [_prefix] }).Should().Equal(_prefix);
    }

    [Fact]
    public void Handoff_WithoutIpv4_ReleasesIt()
    {
        var actions = _anchor.Send(_handoff with { Prefixes = [_prefix] });

        actions.OfType<RoleAction.AddRoute>().Should().Equal(new RoleAction.AddRoute(AnchorFixture.RouteTo(_prefix, Mag2)));
        actions.Only<BindingAcknowledgement>().Replies().Should().BeEmpty();
        Session.Binding.Ipv4HomeAddresses.Should().BeEmpty();
        _anchor.RegisterIpv4(Valid.AskingOnly(First) with { Nai = "mn2@dynamic.pmip.example" }).Should().Be(First);
    }

    [Fact]
    public void Handoff_WithAPrefixRequest_OfASessionWithIpv4Only_AddsPrefixesAndKeepsIpv4()
    {
        var other = Valid with { Nai = "mn2@dynamic.pmip.example" };
        var address = _anchor.RegisterIpv4(other.AskingOnly(Any));

        var answer = _anchor.Ask(_handoff with { Nai = other.Nai });

        PrefixesIn(answer).Should().ContainSingle().Which.IsAllZero.Should().BeFalse();
        Sessions[1].Binding.Ipv4HomeAddresses.Should().ContainSingle().Which.Address.ToString().Should().Be(address);
    }

    [Fact]
    public void ReleasedPrefixes_AreAnnouncedNoMore()
    {
        var anchor = new AnchorFixture(Ipv4Anchor.Settings with { AnnounceRoutes = true });
        var prefix = PrefixesIn(anchor.Ask(Valid.Asking(Any))).Single();

        anchor.Send(_handoff.AskingOnly(First)).OfType<RoleAction.WithdrawRoute>().Should().Equal(new RoleAction.WithdrawRoute(prefix));
        anchor
            .Send(Valid.Asking(First) with { Source = Mag2 })
            .OfType<RoleAction.AnnounceRoute>()
            .Should()
            .ContainSingle("prefixes were added");
        anchor
            .Send((_deRegistration with { Source = Mag2, Prefixes = Sessions0(anchor).Binding.HomeNetworkPrefixes }))
            .OfType<RoleAction.WithdrawRoute>()
            .Should()
            .ContainSingle();
    }

    [Fact]
    public void HomeNetwork_IsAnnounced_FromTheFirstSessionToTheLast()
    {
        var network = Ipv4.HomeNetwork;
        var anchor = new AnchorFixture(Ipv4Anchor.Settings with { AnnounceRoutes = true });
        var second = Valid.AskingOnly(Any) with { Nai = "mn2@dynamic.pmip.example" };
        anchor.Send(Valid).Should().NotContain(new RoleAction.AnnounceRoute(network), "the session has no IPv4");

        anchor.Send(Valid.AskingOnly(Any)).Should().Contain(new RoleAction.AnnounceRoute(network));
        anchor.Send(second).OfType<RoleAction.AnnounceRoute>().Should().BeEmpty();
        anchor.Send(_deRegistration.AskingOnly(First)).OfType<RoleAction.WithdrawRoute>().Should().BeEmpty();
        var last = anchor.Send(second with { LifetimeUnits = 0, Handoff = HandoffIndicator.HandoffStateUnknown });

        last.OfType<RoleAction.WithdrawRoute>().Should().BeEmpty("the session may come back");
        anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(10));
        anchor.Role.Tick().Should().Contain(new RoleAction.WithdrawRoute(network));
    }

    [Fact]
    public void DeRegistration_OfBothFamilies_DropsPacketsOfBoth_AndEndsTheSession()
    {
        var actions = _anchor.Send((_deRegistration with { Prefixes = [_prefix] }).Asking(First));

        actions
            .OfType<RoleAction.AddRoute>()
            .Should()
            .Equal(
                new RoleAction.AddRoute(BlackholeTo(_prefix)),
                new RoleAction.AddRoute(new Route(Ipv4Anchor.RouteTo(First, Mag1).To, new RouteTarget.Blackhole()))
            );
        actions.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
        var answer = actions.Only<BindingAcknowledgement>();
        answer.Replies().Should().Equal((0, First, Length));
        answer.Options.Has<Ipv4DefaultRouterAddressOption>().Should().BeTrue();
        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(10)).Should().BeEmpty();
        _anchor.Role.Tick();
        Sessions.Should().BeEmpty();
    }

    [Fact]
    public void DeRegistration_OfIpv4Alone_LeavesThePrefixes()
    {
        var actions = _anchor.Send(_deRegistration.AskingOnly(First)).WithoutLog();

        actions.SkipLast(1).Should().Equal(new RoleAction.RemoveRoute(Ipv4Anchor.RouteTo(First, Mag1)));
        var answer = actions.Only<BindingAcknowledgement>();
        (answer.Status, answer.LifetimeUnits).Should().Be((BindingStatus.ACCEPTED, (ushort)0));
        answer.Replies().Should().Equal([(0, First, Length)], "that address is released");
        _anchor.Role.Advance(TimeSpan.FromSeconds(11)).Should().BeEmpty();
        Session.Should().BeOfType<BindingCacheEntry.Registered>().Which.Binding.HomeNetworkPrefixes.Should().Equal(_prefix);
        _anchor.Role.Advance(TimeSpan.FromSeconds(590)).Should().HaveCount(2, "the lifetime is that of the registration");
    }

    [Fact]
    public void DeRegistration_OfIpv4Alone_IsAnsweredAgain()
    {
        _anchor.Send(_deRegistration.AskingOnly(First));

        _anchor.Ask(_deRegistration.AskingOnly(Any)).Replies().Should().Equal((0, Any, 0));
        Session.Should().BeOfType<BindingCacheEntry.Registered>();
    }

    [Fact]
    public void DeRegistration_OfThePrefixesAlone_LeavesIpv4()
    {
        var actions = _anchor.Send(_deRegistration with { Prefixes = [_prefix] }).WithoutLog();

        actions.SkipLast(1).Should().Equal(new RoleAction.RemoveRoute(AnchorFixture.RouteTo(_prefix, Mag1)));
        PrefixesIn(actions.Only<BindingAcknowledgement>()).Should().Equal([_prefix], "that prefix is released");
        Session.Should().BeOfType<BindingCacheEntry.Registered>().Which.Binding.Ipv4HomeAddresses.Should().ContainSingle();
        _anchor.RegisterIpv4(Valid.AskingOnly(First)).Should().Be(First);
    }

    [Fact]
    public void DeRegistration_ThatNamesNoPrefix_EndsTheSession()
    {
        _anchor.Send(_deRegistration);

        Session.Should().BeOfType<BindingCacheEntry.PendingDeletion>();
    }

    [Fact]
    public void DeRegistration_OfTheOnlyFamily_EndsTheSession()
    {
        var other = Valid with { Nai = "mn2@dynamic.pmip.example" };
        var address = _anchor.RegisterIpv4(other.AskingOnly(Any));

        _anchor.Send(_deRegistration.AskingOnly(address) with { Nai = other.Nai });

        Sessions[1].Should().BeOfType<BindingCacheEntry.PendingDeletion>();
    }

    [Fact]
    public void DeRegistration_FromAnotherGateway_IsIgnored()
    {
        _anchor.Send(_deRegistration.AskingOnly(First) with { Source = Mag2 }).WithoutLog().Should().BeEmpty();

        Session.Binding.Ipv4HomeAddresses.Should().ContainSingle();
    }

    [Fact]
    public void DeRegistration_OfAnUnknownAddress_IsIgnored() =>
        _anchor.Send(_deRegistration.AskingOnly(Unassigned)).WithoutLog().Should().BeEmpty();

    [Fact]
    public void Registration_InTheWait_SavesTheAddress()
    {
        _anchor.Send((_deRegistration with { Prefixes = [_prefix] }).Asking(First));

        _anchor.RegisterIpv4((_handoff with { Prefixes = [_prefix] }).Asking(First)).Should().Be(First);
        _anchor.Role.Advance(TimeSpan.FromSeconds(11)).Should().BeEmpty();
    }

    [Fact]
    public void WithdrawnPrefix_LeavesASessionWithIpv4()
    {
        _anchor.Role.Handle(new RoleInput.Administer(new AdministrativeAction.WithdrawPrefix(_prefix)));

        Session.Binding.Ipv4HomeAddresses.Should().ContainSingle();
        Session.Binding.HomeNetworkPrefixes.Should().BeEmpty();
    }

    [Fact]
    public void ReleasedAddress_IsTheLastToBeAssignedAgain()
    {
        var anchor = Fixture(ipv4 => ipv4 with { AddressPool = IpPrefix.Parse("198.18.0.4/30") });
        TestUpdate Node(int number) => Valid.AskingOnly(Any) with { Nai = $"mn{number}@dynamic.pmip.example" };
        void End(int number)
        {
            anchor.Send(Node(number) with { LifetimeUnits = 0 });
            anchor.Role.Advance(TimeSpan.FromSeconds(10));
        }

        anchor.RegisterIpv4(Node(1)).Should().Be("198.18.0.4");
        anchor.RegisterIpv4(Node(2)).Should().Be("198.18.0.5");
        End(1);
        anchor.RegisterIpv4(Node(3)).Should().Be("198.18.0.6", "it was never assigned");
        End(2);
        anchor.RegisterIpv4(Node(4)).Should().Be("198.18.0.7");
        anchor.RegisterIpv4(Node(5)).Should().Be("198.18.0.4", "it was released first");
        anchor.RegisterIpv4(Node(6)).Should().Be("198.18.0.5");
        anchor.Ask(Node(7)).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
    }

    [Fact]
    public void AddressTakenOnRequest_IsNotAssigned_AndIsFreeOnceReleased()
    {
        var anchor = Fixture(ipv4 => ipv4 with { AddressPool = IpPrefix.Parse("198.18.0.4/31") });
        TestUpdate Node(int number, string address) => Valid.AskingOnly(address) with { Nai = $"mn{number}@dynamic.pmip.example" };
        void End(int number)
        {
            anchor.Send(Node(number, Any) with { LifetimeUnits = 0 });
            anchor.Role.Advance(TimeSpan.FromSeconds(10));
        }

        anchor.RegisterIpv4(Node(1, "198.18.0.4")).Should().Be("198.18.0.4");
        anchor.RegisterIpv4(Node(2, Any)).Should().Be("198.18.0.5");
        anchor.Ask(Node(3, Any)).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
        End(1);
        anchor.RegisterIpv4(Node(3, "198.18.0.4")).Should().Be("198.18.0.4", "the address waits in the queue");
        anchor.Ask(Node(4, Any)).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
        End(3);
        anchor.RegisterIpv4(Node(4, Any)).Should().Be("198.18.0.4");
    }

    private IReadOnlyList<BindingCacheEntry> Sessions => ((LocalMobilityAnchor)_anchor.Role.Tested).Snapshot().Bindings;

    private BindingCacheEntry Session => Sessions.Should().ContainSingle().Subject;

    private static BindingCacheEntry Sessions0(AnchorFixture anchor) => ((LocalMobilityAnchor)anchor.Role.Tested).Snapshot().Bindings[0];
}
