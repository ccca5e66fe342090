using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4Anchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Sections 3.1.2.2, 3.1.2.6 and 3.1.2.7: sessions with IPv4 home addresses, and how requests find them.</summary>
public sealed class Ipv4RegistrationTests
{
    private readonly AnchorFixture _anchor = Fixture();

    [Fact]
    public void FirstRequest_GetsAnAddressWithRouteTunnelAndRouter()
    {
        var actions = _anchor.Send(Valid.AskingOnly(Any));

        actions
            .SkipLast(1)
            .Should()
            .Equal(new RoleAction.AddTunnel(TunnelTo(Mag1)), new RoleAction.AddRoute(Ipv4Anchor.RouteTo(First, Mag1)));
        var answer = actions.Only<BindingAcknowledgement>();
        answer.Replies().Should().Equal((0, First, Length));
        answer.Options.First<Ipv4DefaultRouterAddressOption>()!.Address.Should().Be(Router);
        PrefixesIn(answer).Should().BeEmpty();
        answer.LifetimeUnits.Should().Be(150);
    }

    [Fact]
    public void BothVersions_AreOneSession()
    {
        var actions = _anchor.Send(Valid.Asking(Any));
        var prefix = PrefixesIn(actions.Only<BindingAcknowledgement>()).Single();

        actions
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.AddTunnel(TunnelTo(Mag1)),
                new RoleAction.AddRoute(AnchorFixture.RouteTo(prefix, Mag1)),
                new RoleAction.AddRoute(Ipv4Anchor.RouteTo(First, Mag1))
            );
        Sessions(_anchor).Should().ContainSingle().Which.Binding.HomeNetworkPrefixes.Should().Equal(prefix);
    }

    [Theory]
    [InlineData(null, new byte[] { 8, 22, 37, 38, 23, 24, 27, 25, 26 })]
    [InlineData(true, new byte[] { 8, 22, 37, 38, 39, 23, 24, 27, 25, 26 })]
    [InlineData(false, new byte[] { 8, 22, 37, 38, 39, 23, 24, 27, 25, 26 })]
    public void Options_AreInTheOrderOfTheFigures(bool? actsAsServer, byte[] types)
    {
        var anchor = Fixture(ipv4 => ipv4 with { GatewayActsAsDhcpServer = actsAsServer });

        var answer = anchor.Ask(Valid.Asking(Any) with { LinkLocal = IPAddress.IPv6Any });

        answer.Options.Select(option => option.Type).Should().Equal(types);
        (answer.Options.First<Ipv4DhcpSupportModeOption>()?.ActsAsServer).Should().Be(actsAsServer);
    }

    [Fact]
    public void SupportMode_IsForAcceptedRequestsForIpv4Only()
    {
        var anchor = Fixture(ipv4 => ipv4 with { GatewayActsAsDhcpServer = true });

        anchor.Ask(Valid).Options.Has<Ipv4DhcpSupportModeOption>().Should().BeFalse();
        anchor.Ask(Valid.AskingOnly(Foreign)).Options.Has<Ipv4DhcpSupportModeOption>().Should().BeFalse();
    }

    [Fact]
    public void AddressesOfPoolsAndPolicies()
    {
        _anchor.RegisterIpv4(Valid.AskingOnly(Any)).Should().Be(First);
        _anchor.RegisterIpv4(Valid.AskingOnly(Any) with { Nai = "mn1@fixed-ipv4.pmip.example" }).Should().Be(Fixed);
        _anchor.RegisterIpv4(Valid.AskingOnly(Any) with { Nai = "mn1@two-ipv4.pmip.example" }).Should().Be("198.18.0.3");
        _anchor.RegisterIpv4(Valid.AskingOnly(Unassigned) with { Nai = "mn3@dynamic.pmip.example" }).Should().Be(Unassigned);
    }

    [Fact]
    public void Refresh_KeepsTheAddress_WhateverItAsksForWithThePrefix()
    {
        var prefixes = PrefixesIn(_anchor.Ask(Valid.Asking(Any)));
        var refresh = Valid with { Prefixes = prefixes, Handoff = HandoffIndicator.HandoffStateNotChanged };

        foreach (var requested in new[] { First, Any, Unassigned, Foreign })
        {
            var actions = _anchor.Send(refresh.Asking(requested)).WithoutLog();
            actions.Should().ContainSingle("no route changes");
            actions.Only<BindingAcknowledgement>().Replies().Should().Equal([(0, First, Length)], requested);
        }
        Sessions(_anchor).Should().ContainSingle();
    }

    [Fact]
    public void Refresh_ThatLeavesAFamilyOut_KeepsIt()
    {
        var prefixes = PrefixesIn(_anchor.Ask(Valid.Asking(Any)));
        var refresh = Valid with { Handoff = HandoffIndicator.HandoffStateNotChanged };

        PrefixesIn(_anchor.Ask(refresh.AskingOnly(First))).Should().BeEmpty("the request has none");
        _anchor.Ask(refresh with { Prefixes = prefixes }).Replies().Should().BeEmpty("the request has none");

        var binding = Sessions(_anchor).Should().ContainSingle().Which.Binding;
        binding.HomeNetworkPrefixes.Should().Equal(prefixes);
        binding.Ipv4HomeAddresses.Should().ContainSingle();
    }

    [Fact]
    public void Ipv4_IsAddedToASessionWithPrefixesOnly()
    {
        var prefixes = _anchor.Register(Valid);

        var actions = _anchor.Send(Valid.Asking(Any) with { Prefixes = prefixes, Handoff = HandoffIndicator.HandoffStateNotChanged });

        actions.SkipLast(1).Should().Equal(new RoleAction.AddRoute(Ipv4Anchor.RouteTo(First, Mag1)));
        PrefixesIn(actions.Only<BindingAcknowledgement>()).Should().Equal(prefixes);
        var session = Sessions(_anchor).Should().ContainSingle().Subject;
        session.Binding.Ipv4DefaultRouter.Should().Be(Router);
    }

    [Fact]
    public void Ipv4_ThatCannotBeAdded_LeavesTheSessionAsItIs()
    {
        var prefixes = _anchor.Register(Valid);

        var answer = _anchor.Ask(Valid.Asking(Foreign) with { Prefixes = prefixes });

        answer.Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        Sessions(_anchor).Should().ContainSingle().Which.Binding.Ipv4HomeAddresses.Should().BeEmpty();
        _anchor.Register(Valid with { Prefixes = prefixes }).Should().Equal(prefixes);
    }

    [Fact]
    public void Prefixes_AreAddedToASessionWithIpv4Only()
    {
        _anchor.RegisterIpv4(Valid.AskingOnly(Any));

        var answer = _anchor.Ask(Valid.Asking(First));

        PrefixesIn(answer).Should().ContainSingle().Which.IsAllZero.Should().BeFalse();
        Sessions(_anchor).Should().ContainSingle().Which.Binding.HomeNetworkPrefixes.Should().Equal(PrefixesIn(answer));
    }

    [Theory]
    [InlineData("same interface", HandoffIndicator.AttachmentOverNewInterface, "same", AccessTechnologyType.Ieee8023, true)]
    [InlineData("between interfaces", HandoffIndicator.HandoffBetweenInterfaces, "other", AccessTechnologyType.Ieee80211, true)]
    [InlineData("other interface", HandoffIndicator.HandoffBetweenMobileAccessGateways, "other", AccessTechnologyType.Ieee8023, false)]
    [InlineData("other technology", HandoffIndicator.HandoffBetweenMobileAccessGateways, "same", AccessTechnologyType.Ieee80211, false)]
    public void AddressOfASession_FromAnotherGateway(
        string why,
        HandoffIndicator handoff,
        string identifier,
        AccessTechnologyType technology,
        bool isUpdate
    )
    {
        var address = _anchor.RegisterIpv4(Valid.AskingOnly(Any));

        var answer = _anchor.Ask(
            Valid.AskingOnly(address) with
            {
                Source = Mag2,
                Handoff = handoff,
                LinkLayerIdentifier = identifier == "same" ? Valid.LinkLayerIdentifier : OtherInterface,
                Technology = technology,
            }
        );

        // A new session cannot have an address that is in use.
        answer.Status.Should().Be(isUpdate ? BindingStatus.ACCEPTED : BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, why);
        answer.Replies().Single().Address.Should().Be(address);
        Sessions(_anchor).Should().ContainSingle().Which.Binding.ProxyCareOfAddress.Should().Be(isUpdate ? Mag2 : Mag1);
    }

    [Theory]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways, true)]
    [InlineData(HandoffIndicator.AttachmentOverNewInterface, false)]
    public void AddressOfASession_WithAnUnnamedInterface(HandoffIndicator handoff, bool isUpdate)
    {
        var unnamed = Valid with { LinkLayerIdentifier = null };
        var address = _anchor.RegisterIpv4(unnamed.AskingOnly(Any));

        var answer = _anchor.Ask(unnamed.AskingOnly(address) with { Source = Mag2, Handoff = handoff });

        (answer.Status == BindingStatus.ACCEPTED).Should().Be(isUpdate);
    }

    [Fact]
    public void AddressOfASession_FromItsGateway_UpdatesItWhateverTheInterface()
    {
        var address = _anchor.RegisterIpv4(Valid.AskingOnly(Any));

        _anchor.RegisterIpv4(Valid.AskingOnly(address) with { LinkLayerIdentifier = OtherInterface }).Should().Be(address);
        Sessions(_anchor).Should().ContainSingle();
    }

    [Fact]
    public void NoAddressNamed_TheInterfaceFindsTheSession()
    {
        var address = _anchor.RegisterIpv4(Valid.AskingOnly(Any));

        _anchor.RegisterIpv4(Valid.AskingOnly(Any) with { Source = Mag2 }).Should().Be(address);
        _anchor.RegisterIpv4(Valid.AskingOnly(Any) with { LinkLayerIdentifier = OtherInterface }).Should().NotBe(address);
    }

    [Fact]
    public void AddressOfASession_IsTheKey_ThoughItsInterfaceHasAnotherSession()
    {
        var first = _anchor.RegisterIpv4(Valid.AskingOnly(Any));
        var second = _anchor.RegisterIpv4(Valid.AskingOnly(Any) with { LinkLayerIdentifier = OtherInterface });

        var answer = _anchor.Ask(Valid.AskingOnly(second) with { Source = Mag2, Handoff = HandoffIndicator.HandoffBetweenInterfaces });

        answer.Replies().Single().Address.Should().Be(second);
        second.Should().NotBe(first);
        Sessions(_anchor).Select(session => session.Binding.ProxyCareOfAddress).Should().Equal(Mag1, Mag2);
    }

    [Fact]
    public void UnknownAddress_OpensASession()
    {
        _anchor.RegisterIpv4(Valid.AskingOnly(Any));

        _anchor.RegisterIpv4(Valid.AskingOnly(Unassigned)).Should().Be(Unassigned);
        Sessions(_anchor).Should().HaveCount(2);
    }

    private static IReadOnlyList<BindingCacheEntry> Sessions(AnchorFixture anchor) =>
        ((LocalMobilityAnchor)anchor.Role.Tested).Snapshot().Bindings;
}
