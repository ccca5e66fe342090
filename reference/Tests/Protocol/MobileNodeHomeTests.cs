using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.MobileNodeFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Section 11.5.5; RFC 5648, Sections 5.5 and 5.6; draft-ietf-monami6-multiplecoa-04, Section 5.5.</summary>
public class MobileNodeHomeTests
{
    private static MobileNodeFixture With(McoaEdition edition, ReturnPolicy policy, bool inBulk = false) =>
        Of(edition, settings => settings with { AtHome = policy, RegistersInBulk = inBulk, BulkDelay = TimeSpan.Zero });

    [Theory]
    [InlineData(McoaEdition.None)]
    [InlineData(McoaEdition.Rfc5648)]
    [InlineData(McoaEdition.Draft04)]
    public void ReturnHome_RemovesAll_FromTheHomeAddress(McoaEdition edition)
    {
        var node = With(edition, ReturnPolicy.HomeOnly);
        node.Attach(1, 2);
        node.Advance(2);
        node.Forget();
        node.AttachHome();

        var sent = node.Updates.Should().ContainSingle().Which;
        sent.Path.Should().Be(new Ipv6Signaling(Home, Agent));
        sent.Action.Link.Should().Be(HomeLink);
        sent.Update.LifetimeUnits.Should().Be(0);
        sent.Update.Flags.Should().Be(BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration);
        sent.Identities.Should().BeEmpty();
        node.Actions.Should().Contain(new RoleAction.AddAddress(HomeLink, Home, PerformDad: false));
        node.Actions.Should().Contain(new RoleAction.RemoveTunnel(new Tunnel(CareOf(1), Agent)));
        var icmp = node.Actions.OfType<RoleAction.SendIcmp>().Should().ContainSingle().Which;
        (icmp.Link, icmp.Destination).Should().Be((HomeLink, Ipv6Multicast.AllNodes));
        RoleActions
            .ParseIcmp(icmp.Message)
            .Should()
            .Be(new NeighborAdvertisement(Home, false, false, true, [new TargetLinkLayerAddressOption(HomeMac)]));
        node.MobileNode.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void LeavingHome_RegistersAgain()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.HomeOnly);
        node.Attach(1);
        node.AttachHome();
        node.Advance(2);
        node.Forget();
        node.DetachHome();
        node.Updates.Should().ContainSingle().Which.Identities.Should().Equal(new BindingIdentifierOption(1, 0, false, CareOf(1)));
        node.Actions.Should().Contain(new RoleAction.RemoveAddress(HomeLink, Home));
    }

    [Fact]
    public void Home_WithoutBindings_IsNotToldToTheHomeAgent_AndTheAddressIsTested()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.HomeOnly);
        node.AttachHome();
        node.Updates.Should().BeEmpty();
        node.Actions.Should().Equal(new RoleAction.AddAddress(HomeLink, Home, PerformDad: true));
    }

    [Fact]
    public void ForeignOnly_DoesNotUseTheHomeLink()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.ForeignOnly);
        node.Attach(1);
        node.Forget();
        node.AttachHome();
        node.Sent.Should().BeEmpty();
        node.Actions.Should().BeEmpty();
    }

    [Fact]
    public void Simultaneous_RegistersAHomeBinding_AndUsesBoth()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.Advance(1);
        node.Forget();
        node.AttachHome();
        var sent = node.Updates.Should().ContainSingle().Which;
        sent.Identities.Should().Equal(new BindingIdentifierOption(4, 0, true, Home));
        sent.Update.LifetimeUnits.Should().BePositive();
        sent.Path.HomeAddress.Should().Be(Home);
        sent.Update.Options.First<MobilityHeaderLinkLayerAddressOption>()!.OptionCode.Should().Be(2);
        node.Actions.Should().Contain(new RoleAction.AddAddress(HomeLink, Home, PerformDad: false));
        node.Actions.OfType<RoleAction.AddRoute>()
            .Single()
            .Route.Target.Should()
            .Be(new RouteTarget.OneOf([new Tunnel(CareOf(1), Agent)]) { HomeLink = HomeLink });
    }

    [Fact]
    public void HomeAddress_IsSilent_BeforeTheAcknowledgement_AndAfterStatus5()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.Advance(1);
        node.AgentAnswers = false;
        node.AttachHome();
        node.Actions.OfType<RoleAction.AddAddress>().Should().BeEmpty();
        node.AgentAnswers = true;
        node.Edits.Enqueue((_, answer) => answer with { Options = [node.Option(4, BindingStatus.MCOA_RETURNHOME_WO_NDP)] });
        node.Advance(2);
        node.Actions.Should().Contain(new RoleAction.SilenceAddress(HomeLink, Home));
        node.Actions.Should().Contain(new RoleAction.AddNeighbor(HomeLink, Router, RouterMac));
        node.Actions.OfType<RoleAction.AddAddress>().Should().BeEmpty();
    }

    [Fact]
    public void HomeBinding_IsInEveryUpdate()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.AttachHome();
        node.Advance(1);
        node.Forget();
        node.Attach(2);
        node.Advance(1);
        node.Updates.Should().ContainSingle().Which.BindingIds.Should().BeEquivalentTo([(ushort)2, (ushort)4]);
    }

    [Fact]
    public void LeavingHome_RefreshesForeignBindings_WithoutH()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.AttachHome();
        node.Advance(1);
        node.Forget();
        node.DetachHome();
        node.Updates.Should().ContainSingle().Which.Identities.Should().Equal(new BindingIdentifierOption(1, 0, false, null));
        node.Actions.Should().Contain(new RoleAction.RemoveAddress(HomeLink, Home));
    }

    [Fact]
    public void HomeBindingProhibited_LeavesTheForeignLinks()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.Advance(1);
        node.AnswerNext(BindingStatus.MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED);
        node.AttachHome();
        node.Advance(300);
        node.Updates.Skip(2).Should().OnlyContain(sent => sent.BindingIds.SequenceEqual(new ushort[] { 1 }));
        node.MobileNode.Bindings.Should().ContainSingle();
    }

    [Fact]
    public void AllForeignLinksLost_ReturnsHome()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.AttachHome();
        node.Advance(1);
        node.Forget();
        node.Detach(1);
        node.Updates.Should().ContainSingle().Which.Path.Source.Should().Be(Home);
        node.MobileNode.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Draft_HomeBinding_IsADeRegistrationWithH()
    {
        var node = With(McoaEdition.Draft04, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1, 2);
        node.Advance(1);
        node.Forget();
        node.AttachHome();
        var sent = node.Updates.Should().ContainSingle().Which;
        sent.Identities.Should().Equal(new BindingUniqueIdentifierOption(4, 0, false, true, null));
        sent.Update.LifetimeUnits.Should().Be(0);
        node.Actions.Should().Contain(new RoleAction.AddAddress(HomeLink, Home, PerformDad: false));
        node.Advance(1);
        node.Forget();
        node.DetachHome();
        var removal = node.Updates.Should().ContainSingle().Which;
        removal.Identities.Should().Equal(new BindingUniqueIdentifierOption(4, 0, false, false, null));
        removal.Path.Source.Should().Be(CareOf(1));
    }

    [Fact]
    public void ReturnHome_RemovesBindingsAtCorrespondents()
    {
        var node = Of(McoaEdition.Rfc5648, settings => settings with { OptimizesRoutes = true });
        node.Attach(1);
        node.Hear();
        node.Forget();
        node.AttachHome();
        var sent = node.UpdatesTo(Correspondent).Should().ContainSingle().Which;
        sent.Path.Should().Be(new Ipv6Signaling(Home, Correspondent));
        sent.Update.LifetimeUnits.Should().Be(0);
        sent.Update.Options.First<NonceIndicesOption>()!.CareOfNonceIndex.Should().Be(0);
        var (key, address) = Authority(sent);
        BindingAuthorization.TryVerify(key, address, Correspondent, sent.Action.MobilityHeader.Span, out _).Should().BeTrue();
    }

    [Fact]
    public void LastForeignBinding_IsRemoved_WhenTheNextIsThere()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.AttachHome();
        node.Advance(2);
        node.AgentAnswers = false;
        node.Detach(1);
        node.Attach(2);
        node.Forget();
        node.AgentAnswers = true;
        node.Advance(5);
        var removal = node.Updates.First(sent => sent.Update.LifetimeUnits == 0);
        node.Updates.First(sent => sent.BindingIds.Contains((ushort)2))
            .Update.SequenceNumber.Should()
            .BeLessThan(removal.Update.SequenceNumber);
        node.MobileNode.Bindings.Select(entry => entry.Binding.Key.BindingId).Should().BeEquivalentTo([(ushort?)2, (ushort?)4]);
    }

    [Fact]
    public void DuplicateHomeAddress_ThatThisNodeItselfDefends_IsRegisteredAgain()
    {
        var node = With(McoaEdition.Rfc5648, ReturnPolicy.Simultaneous, inBulk: true);
        node.Attach(1);
        node.AttachHome();
        node.Advance(2);
        node.AnswerNext(BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED);
        node.Attach(2);
        node.Advance(3);
        node.MobileNode.Bindings.Should().HaveCount(3);
    }
}
