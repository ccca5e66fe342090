using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.14, 6.9.2(2) and 6.10.5: nodes without mobility service.</summary>
public class GatewayRegularAccessTests
{
    private static readonly Ipv6Prefix _visited = Ipv6Prefix.Parse("2001:db8:c001::/64");

    private static readonly MobileAccessGatewaySettings _settings = Settings with
    {
        AccessLinks = [.. Settings.AccessLinks.Select(link => link.Link == Link1 ? link with { VisitedPrefix = _visited } : link)],
        Profiles = [new MobileNodeProfile { IdentifierPattern = "025e00000001@*", IsEntitled = false }],
    };

    private readonly GatewayFixture _gateway = new(_settings);

    [Fact]
    public void Visitor_GetsTheVisitedPrefix_AndIsNotRegistered()
    {
        var noticed = Visit(_gateway);

        noticed.Messages<BindingUpdate>().Should().BeEmpty();
        noticed.OfType<RoleAction.AddTunnel>().Should().BeEmpty();
        Routes(noticed)
            .Should()
            .BeEquivalentTo([Downstream(_visited, Link1), new Route(Ipv6Prefix.AllZero, new RouteTarget.Transit()) { From = _visited }]);
        Advertised(noticed).Should().Equal(_visited);
        Advertised(_gateway.Solicit()).Should().Equal(_visited);
    }

    [Fact]
    public void Visitor_ThatLeaves_LeavesNothing()
    {
        Visit(_gateway);

        var left = _gateway.Handle(new RoleInput.LinkDown(Link1));

        left.Messages<BindingUpdate>().Should().BeEmpty();
        left.OfType<RoleAction.RemoveRoute>().Should().HaveCount(2);
        left.OfType<RoleAction.RemoveAddress>().Should().ContainSingle();
    }

    [Fact]
    public void LinkWithoutVisitedPrefix_GivesNoAccess() => _gateway.Solicit(Link2, Mac1).Should().BeEmpty();

    [Fact]
    public void RejectedMobileNode_GetsRegularAccess_UnlessItIsRegisteredAgain()
    {
        var gateway = new GatewayFixture(_settings with { Profiles = [] });
        gateway.Solicit();
        gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).OfType<RoleAction.AddAddress>().Should().BeEmpty();

        var rejected = gateway.Answer(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

        var own = rejected.OfType<RoleAction.AddAddress>().Should().ContainSingle().Which.Address;
        Advertised(gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: true))).Should().Equal(_visited);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PacketsOfAVisitor_ForAMobileNode_GoToItsLma_UnlessLocalRoutingIsEnabled(bool local)
    {
        var gateway = new GatewayFixture(_settings with { EnableMAGLocalRouting = local });
        Visit(gateway);
        RouteTarget target = local ? new RouteTarget.OnLink(Link2) : new RouteTarget.IntoTunnel(TunnelToAnchor);
        var between = new Route(Prefix, target) { From = _visited };

        var registered = gateway.Register(Link2, Mac2);

        Routes(registered).Should().Contain(between);
        gateway.Handle(new RoleInput.LinkDown(Link2));
        var left = gateway.Answer();
        left.OfType<RoleAction.RemoveRoute>().Select(removed => removed.Route).Should().Contain(between);
        left.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
        left.ToList().FindIndex(action => action is RoleAction.RemoveTunnel)
            .Should()
            .BeGreaterThan(left.ToList().FindLastIndex(action => action is RoleAction.RemoveRoute));
    }

    private static IReadOnlyList<RoleAction> Visit(GatewayFixture gateway)
    {
        var noticed = gateway.Solicit();
        var own = noticed.OfType<RoleAction.AddAddress>().Should().ContainSingle().Which;
        own.PerformDad.Should().BeTrue();
        return [.. noticed, .. gateway.Handle(new RoleInput.AddressTested(Link1, own.Address, IsUnique: true))];
    }

    private static IEnumerable<Route> Routes(IEnumerable<RoleAction> actions) =>
        actions.OfType<RoleAction.AddRoute>().Select(added => added.Route);

    private static IEnumerable<Ipv6Prefix> Advertised(IReadOnlyList<RoleAction> actions) =>
        actions.Advertisements().Should().ContainSingle().Which.Options.OfType<PrefixInformationOption>().Select(option => option.Prefix);
}
