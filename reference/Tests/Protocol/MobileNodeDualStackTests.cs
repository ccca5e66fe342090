using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.MobileNodeFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5648, Section 8, with RFC 5555.</summary>
public class MobileNodeDualStackTests
{
    private const ushort Port = UdpPort.DualStackMobileIpv6;

    private static readonly IPAddress _agent = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _home = IPAddress.Parse("198.51.100.61");
    private static readonly IPAddress _careOf = IPAddress.Parse("192.0.2.62");
    private static readonly Ipv4HomeAddressOption _wanted = new(_home, 32, RequestsPrefix: false);
    private static readonly Tunnel _plain = new(_careOf, _agent, TunnelMode.Ipv4);
    private static readonly Tunnel _inUdp = new(_careOf, _agent, TunnelMode.Ipv4Udp, new TunnelPorts(Port, Port));
    private static readonly Tunnel _overIpv6 = new(CareOf(1), Agent);

    private readonly MobileNodeFixture _tested = With(settings => settings);

    private static MobileNodeFixture With(Func<MobileNodeSettings, MobileNodeSettings> edit) =>
        MobileNodeFixture.Of(
            McoaEdition.Rfc5648,
            settings =>
                edit(
                    settings with
                    {
                        RegistersInBulk = true,
                        DualStack = new DualStackMobileNodeSettings { HomeAgent = _agent, HomeAddress = _home },
                    }
                )
        );

    private static Route ReverseTunnel(params IReadOnlyList<Tunnel> tunnels) =>
        new(IpPrefix.AllIpv4, new RouteTarget.OneOf(tunnels)) { From = IpPrefix.Of(_home) };

    private static BindingIdentifierOption Bid(ushort bid, IPAddress? careOf = null) =>
        new(bid, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, careOf);

    private void AttachIpv4() => _tested.Do(new RoleInput.AddressUsable(Links[1], _careOf, IpPrefix.Parse("192.0.2.0/24")));

    private void DetachIpv4() => _tested.Do(new RoleInput.AddressGone(Links[1], _careOf));

    /// <summary>The next answer has these options, too.</summary>
    private void AnswerNextWith(params IReadOnlyList<MobilityOption> options) =>
        _tested.Edits.Enqueue((_, answer) => answer with { Options = [.. options, .. answer.Options] });

    private static Ipv4AddressAcknowledgementOption Acknowledges(Ipv4AddressAcknowledgementStatus status = 0) =>
        new(status, (byte)(status == 0 ? 32 : 0), _home);

    [Fact]
    public void Ipv4CareOfAddress_IsRegisteredInUdp_FromTheHomeAddress()
    {
        AttachIpv4();
        var update = _tested.Updates.Should().ContainSingle().Which;
        update.Action.Path.Should().Be(new Ipv4UdpIpv6Signaling(_careOf, _agent, Port, Port, new Ipv6Signaling(Home, Agent)));
        update.Update.Options.Should().Equal(_wanted, Bid(2, _careOf));
        _tested.Actions.Should().Contain(new RoleAction.AddTunnel(_plain));
        _tested.MobileNode.Bindings.Should().ContainSingle().Which.Binding.CareOf.Should().Be(_careOf);
    }

    [Fact]
    public void Ipv4CareOfAddress_IsNeverPartOfABulkRegistration()
    {
        _tested.Attach(1, 3);
        AttachIpv4();
        _tested.Advance(5);
        _tested.Updates.Select(sent => sent.BindingIds).Should().BeEquivalentTo([new ushort[] { 1, 3 }, [2]], o => o.WithStrictOrdering());
        _tested.Forget();
        DetachIpv4();
        AttachIpv4();
        _tested.Advance(5);
        _tested.Updates[^1].Update.Options.Should().Equal(_wanted, Bid(2, _careOf));
        _tested.Forget();
        _tested.Advance(200);
        _tested.Updates.Should().NotBeEmpty().And.OnlyContain(sent => !sent.BindingIds.Contains((ushort)2) || sent.BindingIds.Count == 1);
    }

    [Fact]
    public void LostIpv4CareOfAddress_IsRemovedFromAnotherOne()
    {
        AttachIpv4();
        _tested.Attach(1);
        _tested.Advance(5);
        _tested.Forget();
        DetachIpv4();
        _tested.Advance(1);
        var update = _tested.Updates.Should().ContainSingle().Which;
        update.Path.Source.Should().Be(CareOf(1));
        update.Update.LifetimeUnits.Should().Be(0);
        update.Update.Options.Should().Equal(_wanted, Bid(2));
        _tested.Actions.Should().Contain(new RoleAction.RemoveTunnel(_plain));
    }

    [Fact]
    public void NatDetectionOption_PutsTheTunnelIntoUdp_AndTheNatIsKeptOpen()
    {
        AnswerNextWith(new NatDetectionOption(ForcesUdp: false, 20));
        AttachIpv4();
        _tested.Actions.Should().Contain(new RoleAction.AddTunnel(_inUdp));
        _tested.Forget();
        _tested.Advance(19);
        _tested.Updates.Should().BeEmpty();
        _tested.Advance(2);
        _tested.Updates.Should().ContainSingle().Which.Update.Options.Should().Equal(_wanted, Bid(2, _careOf));
        _tested.Actions.Should().Contain(new RoleAction.RemoveTunnel(_inUdp)).And.Contain(new RoleAction.AddTunnel(_plain));
    }

    [Fact]
    public void NatThatNeedsNothingForLong_DoesNotPostponeTheRefresh()
    {
        _tested.Granted = 30;
        AnswerNextWith(new NatDetectionOption(ForcesUdp: false, 110));
        AttachIpv4();
        _tested.Forget();
        _tested.Advance(89);
        _tested.Updates.Should().BeEmpty();
        _tested.Advance(2);
        _tested.Updates.Should().ContainSingle();
    }

    [Fact]
    public void RefreshAdvice_DoesNotLetTheNatClose()
    {
        AnswerNextWith(new NatDetectionOption(ForcesUdp: false, 20), new BindingRefreshAdviceOption(50));
        AttachIpv4();
        _tested.Forget();
        _tested.Advance(21);
        _tested.Updates.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MessagesOfOtherNodes_AreTakenFromATunnelInUdp_OfTheHomeAgentAlone(bool isOfHomeAgent)
    {
        var tested = With(settings => settings with { OptimizesRoutes = true });
        tested.Attach(1);
        tested.Hear();
        tested.Advance(5);
        tested.UpdatesTo(Correspondent).Should().ContainSingle();
        tested.Forget();

        var inside = new Ipv6Signaling(Correspondent, Home);
        var path = new Ipv4UdpIpv6Signaling(isOfHomeAgent ? _agent : IPAddress.Parse("192.0.2.9"), _careOf, Port, Port, inside);
        tested.Do(new RoleInput.Signal(path, Links[1], path.Complete(new BindingRefreshRequest([]))));
        tested.Advance(1);
        tested.UpdatesTo(Correspondent).Should().HaveCount(isOfHomeAgent ? 1 : 0);
    }

    [Fact]
    public void HomeTest_IsTakenFromATunnelInUdp()
    {
        var tested = With(settings => settings with { OptimizesRoutes = true });
        tested.AnswersTests = false;
        tested.Attach(1);
        tested.Advance(5);
        tested.Hear();
        tested.Advance(0.5);
        var cookie = ((HomeTestInit)tested.Of<HomeTestInit>()[0].Message).Cookie;
        tested.Forget();

        var path = new Ipv4UdpIpv6Signaling(_agent, _careOf, Port, Port, new Ipv6Signaling(Correspondent, Home));
        tested.Do(new RoleInput.Signal(path, Links[1], path.Complete(new HomeTest(7, cookie, HomeToken(7), []))));
        tested.Advance(20);
        tested.Of<HomeTestInit>().Should().BeEmpty();
        tested.Of<CareOfTestInit>().Should().NotBeEmpty();
    }

    [Fact]
    public void Ipv4HomeAddress_IsUsedByAllTunnels_WhileItIsAcknowledged()
    {
        AnswerNextWith(Acknowledges());
        AttachIpv4();
        _tested.Actions.Should().Contain(new RoleAction.AddHomeAddress(_home));
        _tested.Actions.Should().Contain(new RoleAction.AddRoute(ReverseTunnel(_plain)));
        AnswerNextWith(Acknowledges());
        _tested.Attach(1);
        _tested.Advance(5);
        _tested.Actions.Should().Contain(action => IsReverseTunnel(action, new[] { _plain, _overIpv6 }));

        AnswerNextWith(Acknowledges(Ipv4AddressAcknowledgementStatus.AdministrativelyProhibited));
        _tested.Forget();
        _tested.Attach(3);
        _tested.Advance(5);
        _tested.Actions.Should().Contain(new RoleAction.RemoveHomeAddress(_home));
        _tested.Actions.Should().NotContain(action => IsReverseTunnel(action, Array.Empty<Tunnel>()));
    }

    [Fact]
    public void DynamicIpv4HomeAddress_IsAskedForByItsNameOnceItIsKnown()
    {
        var tested = With(settings => settings with { DualStack = settings.DualStack! with { HomeAddress = IPAddress.Any } });
        tested.Edits.Enqueue((_, answer) => answer with { Options = [Acknowledges(), .. answer.Options] });
        tested.Attach(1);
        tested.Advance(5);
        tested.Attach(3);
        tested.Advance(5);
        tested.Updates.Select(sent => sent.Update.Options.First<Ipv4HomeAddressOption>()!.HomeAddress).Should().Equal(IPAddress.Any, _home);
    }

    [Fact]
    public void HomeAgentWithoutBindingIds_GetsTheIpv4CareOfAddressOption()
    {
        _tested.Edits.Enqueue((_, answer) => answer with { Options = [new NatDetectionOption(ForcesUdp: true, 110)] });
        AttachIpv4();
        _tested.Actions.Should().Contain(new RoleAction.AddTunnel(_inUdp));
        _tested.Forget();
        _tested.Advance(200);
        _tested.Updates[0].Update.Options.Should().Equal(new Ipv4CareOfAddressOption(_careOf), _wanted);
    }

    [Fact]
    public void AtHome_ThereIsNoHomeBinding()
    {
        var tested = With(settings => settings with { AtHome = ReturnPolicy.Simultaneous });
        tested.Attach(1);
        tested.Advance(5);
        tested.Forget();
        tested.AttachHome();
        tested.Advance(5);
        tested.Updates.Should().ContainSingle().Which.Update.LifetimeUnits.Should().Be(0);
        tested.Updates[0].BindingIds.Should().BeEmpty();
    }

    [Fact]
    public void WithoutTheSettings_Ipv4AddressesAreNoCareOfAddresses()
    {
        var plain = MobileNodeFixture.Of(McoaEdition.Rfc5648);
        plain.Do(new RoleInput.AddressUsable(Links[1], _careOf, IpPrefix.Parse("192.0.2.0/24"))).Should().BeEmpty();
        plain.Updates.Should().BeEmpty();
    }

    [Fact]
    public void Settings_AreThoseOfRfc5648()
    {
        var dualStack = new DualStackMobileNodeSettings { HomeAgent = _agent };
        var settings = Settings with { Mcoa = McoaEdition.Rfc5648, DualStack = dualStack };
        settings.Invoking(known => known.Validate()).Should().NotThrow();
        (settings with { Mcoa = McoaEdition.Draft04 }).Invoking(known => known.Validate()).Should().Throw<ArgumentException>();
        foreach (
            var wrong in (DualStackMobileNodeSettings[])
                [dualStack with { HomeAgent = Agent }, dualStack with { HomeAddress = Home }, dualStack with { Port = 0 }]
        )
        {
            (settings with { DualStack = wrong }).Invoking(known => known.Validate()).Should().Throw<ArgumentException>();
        }
    }

    private static bool IsReverseTunnel(RoleAction action, Tunnel[] tunnels) =>
        action is RoleAction.AddRoute { Route: { Target: RouteTarget.OneOf several, From: { IsIpv4: true } } }
        && (tunnels.Length == 0 || several.Tunnels.ToHashSet().SetEquals(tunnels));
}
