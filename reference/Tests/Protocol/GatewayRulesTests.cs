using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Every list of rules of a MAG reaches what it is about: a MAG without one of its rules behaves differently.</summary>
public class GatewayRulesTests
{
    private static readonly TimeSpan _refresh = TimeSpan.FromSeconds(300);
    private static readonly MobileAccessGatewayRules _rules = MobileAccessGatewayRules.Default;

    [Fact]
    public void WithoutIdentificationByLinkLayerAddress_NoMobileNodeIsRegistered_ButThatOfAPortIs()
    {
        var gateway = With(_rules with { Identification = _rules.Identification.Without("ByLinkLayerAddress") });

        gateway.Solicit().Should().BeEmpty();
        gateway.Solicit(Bound).Only<BindingUpdate>();
    }

    [Fact]
    public void WithoutLeavingTheOtherLink_AMovedMobileNodeKeepsItsRoutesThere()
    {
        Moved(_rules).OfType<RoleAction.RemoveRoute>().Should().Contain(new RoleAction.RemoveRoute(Downstream(Prefix, Link1)));
        Moved(_rules with { Detection = _rules.Detection.Without("LeftOtherLink") }).OfType<RoleAction.RemoveRoute>().Should().BeEmpty();
    }

    [Fact]
    public void WithoutRegistrationOnDetection_NothingIsSent() =>
        With(_rules with { Detection = _rules.Detection.Without("Registered") }).Solicit().Should().BeEmpty();

    [Fact]
    public void WithoutAnswersToSolicitations_TheMobileNodeGetsTheFirstAdvertisementOnly()
    {
        var gateway = With(_rules with { Detection = _rules.Detection.Without("SolicitationAnswered") });
        gateway.Solicit();
        gateway.Answer().Advertisements().Should().ContainSingle();

        gateway.Solicit().Advertisements().Should().BeEmpty();
    }

    [Fact]
    public void WithoutRememberingRefusals_AMobileNodeIsRegisteredAgain()
    {
        var gateway = With(_rules with { StartOfRegistration = _rules.StartOfRegistration.Without("NotEnabled") });
        gateway.Solicit();
        gateway.Answer(BindingStatus.PROXY_REG_NOT_ENABLED);
        gateway.Handle(new RoleInput.LinkDown(Link1));
        gateway.Handle(new RoleInput.LinkUp(Link1));

        gateway.Solicit().Only<BindingUpdate>();
    }

    [Fact]
    public void WithoutStartOfExtension_TheLifetimeEnds()
    {
        var gateway = With(_rules with { StartOfExtension = new RuleList<AttachmentEvent>() });
        gateway.Register();

        gateway.Advance(_refresh).Should().BeEmpty();
        gateway.Advance(_refresh).OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
    }

    [Fact]
    public void WithoutRegistrationAfterTheLifetime_TheMobileNodeStaysRefused()
    {
        var gateway = With(_rules with { EndOfLifetime = _rules.EndOfLifetime.Without("RegisteredAgain") });
        gateway.Register();

        gateway.Advance(_refresh - TimeSpan.FromSeconds(1));
        gateway.Advance(_refresh + TimeSpan.FromSeconds(1)).OfType<RoleAction.RemoveRoute>().Should().NotBeEmpty();
        gateway.Advance(_refresh).Should().BeEmpty();
    }

    [Fact]
    public void WithoutRemovalOfRoutes_ARejectedMobileNodeKeepsThem()
    {
        var gateway = With(_rules with { EndOfService = _rules.EndOfService.Without("RoutesRemoved") });
        gateway.Register();
        gateway.Advance(_refresh);

        var rejected = gateway.Answer(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

        rejected.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
        rejected.OfType<RoleAction.RemoveRoute>().Should().BeEmpty();
    }

    [Fact]
    public void WithoutDeRegistration_ADetachedMobileNodeIsForgottenInSilence()
    {
        var gateway = With(_rules with { StartOfDeRegistration = _rules.StartOfDeRegistration.Without("UpdateSent") });
        gateway.Register();

        gateway.Handle(new RoleInput.LinkDown(Link1)).Messages<BindingUpdate>().Should().BeEmpty();
    }

    [Fact]
    public void WithoutUpstreamRoutes_OnlyDeliveryIsSetUp()
    {
        var gateway = With(_rules with { Routing = _rules.Routing.Without("FromMobileNode") });

        gateway
            .Register()
            .OfType<RoleAction.AddRoute>()
            .Select(added => added.Route)
            .Should()
            .ContainSingle()
            .Which.Should()
            .Be(Downstream(Prefix, Link1));
    }

    [Fact]
    public void Snapshot_ShowsWhatIsAttached_AndStaysAsItIs()
    {
        var role = new MobileAccessGateway(Settings, new Random(1));
        var driver = new RoleDriver(role);
        driver.Handle(new RoleInput.Started());
        driver.Handle(new RoleInput.LinkUp(Bound));

        var snapshot = role.Snapshot();
        driver.Handle(new RoleInput.LinkDown(Bound));

        snapshot.Attachments.Should().ContainSingle().Which.Attachment.Should().BeOfType<Attachment.Registering>();
        role.Snapshot().Attachments.Should().BeEmpty();
    }

    private static GatewayFixture With(MobileAccessGatewayRules rules) => new(rules: rules);

    private static IReadOnlyList<RoleAction> Moved(MobileAccessGatewayRules rules)
    {
        var gateway = With(rules);
        gateway.Register();
        return gateway.Solicit(Link2);
    }
}
