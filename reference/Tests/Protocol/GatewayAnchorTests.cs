using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.2 and 6.9.1: the LMA of a mobile node is that of its profile.</summary>
public class GatewayAnchorTests
{
    private static readonly IPAddress _otherAnchor = IPAddress.Parse("2001:db8:100::2");
    private static readonly IPAddress _router = IPAddress.Parse("2001:db8:100::fe");
    private static readonly Tunnel _otherTunnel = new(Gateway, _otherAnchor);

    private readonly GatewayFixture _gateway = new(
        Settings with
        {
            Profiles =
            [
                new MobileNodeProfile { IdentifierPattern = "025e00000002@*", LocalMobilityAnchorAddress = _otherAnchor },
                new MobileNodeProfile { IdentifierPattern = "link3@*", LocalMobilityAnchorAddress = _otherAnchor },
                new MobileNodeProfile { IdentifierPattern = "*", HomeNetworkPrefixes = [OtherPrefix] },
            ],
        }
    );

    [Fact]
    public void Update_GoesToTheAnchorOfTheProfile_OrOfTheSettings()
    {
        Destination(_gateway.Solicit()).Should().Be(Anchor);
        Destination(_gateway.Solicit(Link2, Mac2)).Should().Be(_otherAnchor);
        Destination(_gateway.Handle(new RoleInput.LinkUp(Bound))).Should().Be(_otherAnchor);
    }

    [Fact]
    public void Profile_NamesThePrefixes_AlsoWithoutAnAnchor() =>
        _gateway.Solicit().Only<BindingUpdate>().Options.First<HomeNetworkPrefixOption>()!.Prefix.Should().Be(OtherPrefix);

    [Fact]
    public void LaterUpdates_GoToTheSameAnchor()
    {
        RegisterAtOtherAnchor();

        var extension = _gateway.Advance(TimeSpan.FromSeconds(300));
        Destination(extension).Should().Be(_otherAnchor);
        _gateway.Answer(source: _otherAnchor);

        Destination(_gateway.Handle(new RoleInput.LinkDown(Link2))).Should().Be(_otherAnchor);
    }

    [Fact]
    public void Answer_IsAcceptedFromTheAnchorOfTheMobileNodeOnly()
    {
        _gateway.Solicit(Link2, Mac2);

        _gateway.Answer(source: Anchor).WithoutLog().Should().BeEmpty();
        _gateway.Answer(source: _router).WithoutLog().Should().BeEmpty();
        _gateway.Answer(source: _otherAnchor).Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void Answer_OfOneAnchor_IsNotTakenForThatOfAnother_WithTheSameSequenceNumber()
    {
        var gateway = new GatewayFixture(
            Settings with
            {
                TimestampBasedApproachInUse = false,
                Profiles = [new MobileNodeProfile { IdentifierPattern = "025e00000002@*", LocalMobilityAnchorAddress = _otherAnchor }],
            }
        );
        gateway.Solicit();
        gateway.Solicit(Link2, Mac2);

        // The answer names no mobile node, so that only number and sender say whose it is.
        var answered = gateway.Answer(
            source: Anchor,
            edit: answer =>
                answer with
                {
                    Options = new MobilityOptionList(
                        answer.Options.Where(option => option is not MobileNodeIdentifierOption and not MobileNodeLinkLayerIdentifierOption)
                    ),
                }
        );

        answered.OfType<RoleAction.AddTunnel>().Should().ContainSingle().Which.Tunnel.Should().Be(TunnelToAnchor);
        answered.OfType<RoleAction.SendIcmp>().Should().ContainSingle().Which.Link.Should().Be(Link1);
    }

    [Fact]
    public void Traffic_GoesThroughTheTunnelToTheAnchorOfTheMobileNode()
    {
        _gateway.Register();

        var registered = RegisterAtOtherAnchor();

        registered.Should().Contain(new RoleAction.AddTunnel(_otherTunnel));
        registered
            .OfType<RoleAction.AddRoute>()
            .Select(added => added.Route.Target)
            .Should()
            .Contain(new RouteTarget.IntoTunnel(_otherTunnel))
            .And.NotContain(new RouteTarget.IntoTunnel(TunnelToAnchor));
    }

    private static IPAddress Destination(IReadOnlyList<RoleAction> actions) =>
        actions.OfType<RoleAction.SendSignal>().Should().ContainSingle().Which.Path.Destination;

    private IReadOnlyList<RoleAction> RegisterAtOtherAnchor()
    {
        _gateway.Solicit(Link2, Mac2);
        return _gateway.Answer(source: _otherAnchor, prefixes: [OtherPrefix]);
    }
}
