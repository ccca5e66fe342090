using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.HomeAgentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Sections 9.5.1, 10.3 and 10.4, without several care-of addresses.</summary>
public class HomeAgentRegistrationTests
{
    private readonly HomeAgentFixture _agent = new();

    [Fact]
    public void Registration_TestsTheHomeAddress_DefendsIt_AndTunnels()
    {
        _agent.IsUnique = null;
        var before = _agent.Send(Valid with { Flags = Valid.Flags | BindingUpdateFlags.LinkLocalCompatibility }).WithoutLog();
        before.Should().Equal(new RoleAction.TestAddress(HomeLink, Home), new RoleAction.TestAddress(HomeLink, LinkLocal));

        _agent.Role.Handle(new RoleInput.AddressTested(HomeLink, Home, true)).Should().BeEmpty();
        var after = _agent.Role.Handle(new RoleInput.AddressTested(HomeLink, LinkLocal, true)).WithoutLog();

        after.Should().HaveCount(8);
        after
            .Take(7)
            .Should()
            .Equal(
                new RoleAction.AddTunnel(TunnelTo(CareOf1)),
                new RoleAction.AddRoute(RouteTo(CareOf1)),
                new RoleAction.AddProxyNeighbor(HomeLink, IpPrefix.Of(Home)) { Announces = true },
                new RoleAction.AddProxyNeighbor(HomeLink, IpPrefix.Of(LinkLocal)) { Announces = true },
                new RoleAction.AcceptHomeAddress(Home, CareOf1),
                new RoleAction.AddRouteOptimization(Home, CareOf1),
                new RoleAction.PreferPath(Home, CareOf1)
            );
        var answer = after.OfType<RoleAction.SendSignal>().Single();
        answer.Path.Should().Be(new Ipv6Signaling(Agent, CareOf1) { RoutedTo = Home });
        after
            .Only<BindingAcknowledgement>()
            .Should()
            .Be(new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.None, 1, 60, []));
    }

    [Fact]
    public void DuplicateAddress_IsRejected_AndTestedAgain()
    {
        _agent.IsUnique = false;
        _agent.StatusOf(Valid).Should().Be(BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED);
        _agent.HomeAgent.Bindings.Should().BeEmpty();

        _agent.IsUnique = true;
        _agent.StatusOf(Valid with { SequenceNumber = 2 }).Should().Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void Messages_DuringTheTest_AreDecidedInTheirOrder()
    {
        _agent.IsUnique = null;
        _agent.Send(Valid);
        _agent.Send(Valid with { SequenceNumber = 2 }).Should().BeEmpty();
        _agent.Send(Valid with { SequenceNumber = 3, LifetimeUnits = 0 }).Should().BeEmpty();

        var answers = _agent.Role.Handle(new RoleInput.AddressTested(HomeLink, Home, true)).Messages<BindingAcknowledgement>();

        answers.Select(answer => (answer.Status, answer.SequenceNumber)).Should().Equal((0, 1), (0, 2), (0, (ushort)3));
        _agent.HomeAgent.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Refresh_ChangesNothingElse_AndIsNotTested()
    {
        _agent.Register(Valid);
        _agent.IsUnique = null;
        _agent
            .Register(Valid with { SequenceNumber = 2 })
            .WithoutLog()
            .Should()
            .HaveCount(2)
            .And.Contain(new RoleAction.PreferPath(Home, CareOf1));
    }

    [Fact]
    public void Movement_ReplacesTheTunnel()
    {
        _agent.Register(Valid);
        var actions = _agent.Register(Valid with { Source = CareOf2, SequenceNumber = 2 });
        actions
            .WithoutLog()
            .Where(action => action is not RoleAction.SendSignal)
            .Should()
            .Equal(
                new RoleAction.AddTunnel(TunnelTo(CareOf2)),
                new RoleAction.RemoveRoute(RouteTo(CareOf1)),
                new RoleAction.AddRoute(RouteTo(CareOf2)),
                new RoleAction.RemoveTunnel(TunnelTo(CareOf1)),
                new RoleAction.RefuseHomeAddress(Home, CareOf1),
                new RoleAction.AcceptHomeAddress(Home, CareOf2),
                new RoleAction.RemoveRouteOptimization(Home, CareOf1),
                new RoleAction.AddRouteOptimization(Home, CareOf2),
                new RoleAction.PreferPath(Home, CareOf2)
            );
    }

    [Fact]
    public void AlternateCareOfAddress_IsRegistered_AndTheSourceAnswered()
    {
        var actions = _agent.Register(Valid with { Options = [new AlternateCareOfAddressOption(CareOf2)] });
        _agent.CareOfAddresses[0].Should().Be(CareOf2);
        actions.OfType<RoleAction.SendSignal>().Single().Path.Destination.Should().Be(CareOf1);
    }

    [Theory]
    [InlineData(1, BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)]
    [InlineData(0, BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)]
    [InlineData(32769, BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)]
    [InlineData(32768, BindingStatus.ACCEPTED)]
    [InlineData(2, BindingStatus.ACCEPTED)]
    public void SequenceNumber_IsComparedModulo65536(int number, BindingStatus status)
    {
        _agent.Register(Valid);
        var answer = _agent.Ask(Valid with { SequenceNumber = (ushort)number });
        answer.Status.Should().Be(status);
        answer.SequenceNumber.Should().Be(status == BindingStatus.ACCEPTED ? (ushort)number : (ushort)1);
    }

    [Fact]
    public void OtherHomeAddresses_AreRejected()
    {
        _agent.StatusOf(Valid with { Home = IPAddress.Parse("2001:db8:300::1") }).Should().Be(BindingStatus.NOT_HOME_SUBNET);
        _agent.StatusOf(Valid with { Home = IPAddress.Parse("2001:db8:200::2") }).Should().Be(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        _agent.Send(Valid with { Home = IPAddress.Parse("ff0e::1") }).WithoutLog().Should().BeEmpty();
        _agent.Send(Valid with { Home = IPAddress.Parse("fe80::1") }).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void CareOfAddress_ThatIsNotRoutable_IsNotAnswered()
    {
        _agent
            .Send(Valid with { Options = [new AlternateCareOfAddressOption(IPAddress.Parse("ff02::1"))] })
            .WithoutLog()
            .Should()
            .BeEmpty();
        _agent
            .StatusOf(Valid with { Options = [new AlternateCareOfAddressOption(Home)] })
            .Should()
            .Be(BindingStatus.INVALID_CARE_OF_ADDRESS);
    }

    [Fact]
    public void WithoutHomeRegistration_NothingIsCached()
    {
        var other = Valid with { Flags = BindingUpdateFlags.Acknowledge, SequenceNumber = 2 };
        _agent.Send(other).WithoutLog().Should().BeEmpty();
        _agent.Register(Valid);
        _agent.StatusOf(other).Should().Be(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED);
        _agent.Send(Valid with { SequenceNumber = 3, Options = [new NonceIndicesOption(1, 1)] }).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void WithoutAcknowledgeFlag_IsAnsweredAllTheSame() =>
        _agent.StatusOf(Valid with { Flags = BindingUpdateFlags.HomeRegistration }).Should().Be(BindingStatus.ACCEPTED);

    [Fact]
    public void Lifetime_IsLimited_AndEndsTheBinding()
    {
        var answer = _agent.Ask(Valid with { LifetimeUnits = 1000 });
        answer.LifetimeUnits.Should().Be(105);
        _agent.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(420)).Should().BeEmpty();
        _agent
            .Role.Tick()
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(RouteTo(CareOf1)),
                new RoleAction.RemoveTunnel(TunnelTo(CareOf1)),
                new RoleAction.RemoveProxyNeighbor(HomeLink, IpPrefix.Of(Home)),
                new RoleAction.RefuseHomeAddress(Home, CareOf1),
                new RoleAction.RemoveRouteOptimization(Home, CareOf1)
            );
        _agent.StatusOf(Valid).Should().Be(BindingStatus.ACCEPTED, "without a binding every number is accepted");
    }

    [Fact]
    public void ReturningHome_EndsInterceptionBeforeTheAnswer_OnTheHomeLink()
    {
        _agent.Register(Valid);
        var actions = _agent.Register(FromHome with { SequenceNumber = 2 }).WithoutLog();
        actions.Should().Contain(new RoleAction.RemoveProxyNeighbor(HomeLink, IpPrefix.Of(Home)));
        var answer = actions[^1].Should().BeOfType<RoleAction.SendSignal>().Which;
        (answer.Path, answer.Link).Should().Be((new Ipv6Signaling(Agent, Home), HomeLink));
    }

    [Fact]
    public void DelayedRegistration_AfterARemoval_IsRejectedFor10Seconds()
    {
        _agent.Register(Valid);
        _agent.Register(FromHome with { SequenceNumber = 3 });
        var delayed = _agent.Ask(Valid with { SequenceNumber = 2 });
        (delayed.Status, delayed.SequenceNumber).Should().Be((BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, (ushort)3));
        _agent.StatusOf(FromHome with { SequenceNumber = 4 }).Should().Be(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE);
        _agent.Role.Advance(TimeSpan.FromSeconds(10));
        _agent.StatusOf(Valid with { SequenceNumber = 2 }).Should().Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void BindingIdentifiers_AreSkipped()
    {
        _agent.Ask(Bid(1, CareOf1, 1)).Options.Should().BeEmpty();
        _agent.Ask(Bid(2, CareOf2, 2)).Options.Should().BeEmpty();
        _agent.CareOfAddresses.Should().BeEquivalentTo(new Dictionary<ushort, IPAddress> { [0] = CareOf2 });
    }

    [Fact]
    public void RefreshRequest_ComesBeforeTheEnd()
    {
        var agent = new HomeAgentFixture(Settings with { RefreshRequestBefore = TimeSpan.FromSeconds(5) });
        agent.Register(Valid with { LifetimeUnits = 5 });
        agent.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(15)).Should().BeEmpty();
        var actions = agent.Role.Tick();
        actions.Only<BindingRefreshRequest>().Options.Should().BeEmpty();
        actions.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(new Ipv6Signaling(Agent, Home));
    }

    [Fact]
    public void UnverifiedHomeAddress_IsAnsweredByABindingError()
    {
        var actions = _agent.Role.Handle(new RoleInput.UnverifiedHomeAddress(Home, CareOf3, Agent, RoleDriver.Core));
        actions.Only<BindingError>().Should().Be(new BindingError(1, Home, []));
        actions.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(new Ipv6Signaling(Agent, CareOf3));
    }

    [Fact]
    public void Protection_IsThatOfTheHomeAddress()
    {
        var agent = new HomeAgentFixture(Settings with { ProtectionRequired = true });
        agent.Send(Valid).WithoutLog().Should().BeEmpty();
        agent.Send(Valid with { Protection = new SignalProtection(Home2, 1) }).WithoutLog().Should().BeEmpty();
        var answer = agent.Send(Valid with { Protection = new SignalProtection(Home, 1) }).OfType<RoleAction.SendSignal>().Single();
        answer.ProtectedFor.Should().Be(Home);
    }

    /// <summary>RFC 5648, Section 9.3.2: every care-of address has a tunnel under the one association of the home address.</summary>
    [Fact]
    public void ProtectedTunnels_AreThoseOfTheirHomeAddress()
    {
        var agent = new HomeAgentFixture(Settings with { Mcoa = McoaEdition.Rfc5648, ProtectedTunnels = [Home] });

        var tunnels = agent
            .Register(Bid(1, CareOf1, 1))
            .Concat(agent.Register(Bid(2, CareOf2, 2)))
            .OfType<RoleAction.AddTunnel>()
            .Select(action => action.Tunnel);
        tunnels.Should().Equal(Protected(CareOf1), Protected(CareOf2));
        var of2 = agent.Register(Bid(1, CareOf3, 1) with { Home = Home2, Source = CareOf3 });
        of2.OfType<RoleAction.AddTunnel>().Single().Tunnel.Should().Be(new Tunnel(Agent, CareOf3));

        (Settings with { ProtectedTunnels = [Agent] }).Invoking(settings => settings.Validate()).Should().Throw<ArgumentException>();

        static Tunnel Protected(IPAddress careOf) => new(Agent, careOf, TunnelMode.EspTunnel) { ProtectedFor = Home };
    }

    [Fact]
    public void PrefixSolicitation_IsAnsweredAtARegisteredCareOfAddress()
    {
        _agent.Register(Valid);
        var message = new MobilePrefixSolicitation(7, []).ToBytes(Home, Agent);
        var solicitation = new RoleInput.Icmp(CareOf1, Agent, RoleDriver.Core, null, message) { HomeAddress = Home };

        var answer = _agent.Role.Handle(solicitation).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>().Which;

        (answer.Source, answer.Destination, answer.RoutedTo).Should().Be((Agent, CareOf1, Home));
        RoleActions.ParseIcmp(answer.Message).Should().BeOfType<MobilePrefixAdvertisement>().Which.Identifier.Should().Be(7);
        _agent.Role.Handle(solicitation with { Source = CareOf2 }).WithoutLog().Should().BeEmpty();
    }
}
