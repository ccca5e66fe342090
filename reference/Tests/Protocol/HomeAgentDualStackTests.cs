using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.HomeAgentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5648, Section 8, with RFC 5555.</summary>
public class HomeAgentDualStackTests
{
    private const ushort Port = UdpPort.DualStackMobileIpv6;

    private static readonly IPAddress _agent = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _careOf = IPAddress.Parse("192.0.2.11");
    private static readonly IPAddress _nat = IPAddress.Parse("192.0.2.240");
    private static readonly IPAddress _home = IPAddress.Parse("198.51.100.101");
    private static readonly IPAddress _pooled = IPAddress.Parse("198.51.100.200");

    private readonly HomeAgentFixture _tested = With(settings => settings);

    private static HomeAgentFixture With(Func<DualStackHomeAgentSettings, DualStackHomeAgentSettings> edit)
    {
        var dualStack = new DualStackHomeAgentSettings
        {
            Address = _agent,
            HomeAddresses = new Dictionary<IPAddress, IPAddress> { [Home] = _home },
            Pool = [_pooled],
        };
        return new(Settings with { Mcoa = McoaEdition.Rfc5648, DualStack = edit(dualStack) }, isDualStack: true);
    }

    /// <summary>A Binding Update over IPv4.</summary>
    private static RoleInput.Signal Update(
        ushort sequence,
        IReadOnlyList<MobilityOption> options,
        IPAddress? source = null,
        ushort port = Port,
        BindingUpdateFlags flags = BindingUpdateFlags.None,
        ushort lifetime = 60,
        IPAddress? home = null
    )
    {
        var path = new Ipv4UdpIpv6Signaling(source ?? _careOf, _agent, port, Port, new Ipv6Signaling(home ?? Home, Agent));
        var message = new BindingUpdate(sequence, Valid.Flags | flags, lifetime, new MobilityOptionList(options));
        return new RoleInput.Signal(path, RoleDriver.Core, path.Complete(message));
    }

    private static Route Into(IPAddress to, params IReadOnlyList<Tunnel> tunnels) => new(IpPrefix.Of(to), new RouteTarget.OneOf(tunnels));

    private static Tunnel Plain(IPAddress careOf) => new(_agent, careOf, TunnelMode.Ipv4);

    private static Tunnel InUdp(IPAddress careOf, ushort port) => new(_agent, careOf, TunnelMode.Ipv4Udp, new TunnelPorts(Port, port));

    private static Ipv4HomeAddressOption Wants(string address, byte length = 32, bool prefix = false) =>
        new(IPAddress.Parse(address), length, prefix);

    private static Ipv4AddressAcknowledgementOption Acknowledges(IPAddress address) =>
        new(Ipv4AddressAcknowledgementStatus.Success, 32, address);

    private static MobilityOption[] OptionsOf(IEnumerable<RoleAction> actions) => [.. actions.Only<BindingAcknowledgement>().Options];

    [Fact]
    public void BindingUpdateOverIpv4_IsAnsweredOnItsPath_AndTunnelledInIpv4()
    {
        var actions = _tested.Role.Handle(Update(1, [Option(1, _careOf)]));
        OptionsOf(actions).Should().Equal(Option(1));
        actions
            .OfType<RoleAction.SendSignal>()
            .Single()
            .Path.Should()
            .Be(new Ipv4UdpIpv6Signaling(_agent, _careOf, Port, Port, new Ipv6Signaling(Agent, Home)));
        actions.Should().Contain(new RoleAction.AddTunnel(Plain(_careOf)));
        actions.Should().Contain(new RoleAction.AddRoute(Into(Home, Plain(_careOf))));
        actions.Should().Contain(new RoleAction.PreferPath(Home, _careOf));
        actions.Should().NotContain(action => action is RoleAction.AcceptHomeAddress || action is RoleAction.AddRouteOptimization);
    }

    [Fact]
    public void BothFamilies_AreRegisteredBesideEachOther_AndInBulk()
    {
        _tested.Role.Handle(Update(1, [Option(1, _careOf)]));
        _tested.Register(Bid(2, CareOf2, 2)).Should().Contain(new RoleAction.AddRoute(Into(Home, Plain(_careOf), TunnelTo(CareOf2))));
        _tested
            .Register(Valid with { SequenceNumber = 3, Options = [Option(1, _careOf), Option(2, CareOf2)] })
            .Should()
            .NotContain(action => action is RoleAction.RemoveTunnel);
        _tested.CareOfAddresses.Should().BeEquivalentTo(new Dictionary<ushort, IPAddress> { [1] = _careOf, [2] = CareOf2 });
    }

    [Fact]
    public void SourceOfAnotherAddress_IsThatOfNat_AndTheTunnelIsInUdp()
    {
        var actions = _tested.Role.Handle(Update(1, [Option(1, _careOf)], _nat, port: 40_000));
        OptionsOf(actions).Should().Equal(Option(1), new NatDetectionOption(ForcesUdp: false, 110));
        actions.Should().Contain(new RoleAction.AddRoute(Into(Home, InUdp(_nat, 40_000))));
        _tested.CareOfAddresses[1].Should().Be(_nat);

        var other = _tested.Role.Handle(Update(2, [Option(1)], _nat, port: 40_001));
        other.Should().Contain(new RoleAction.AddRoute(Into(Home, InUdp(_nat, 40_001))));
        OptionsOf(other).Should().Equal(Option(1), new NatDetectionOption(ForcesUdp: false, 110));

        var left = _tested.Role.Handle(Update(3, [Option(1, _careOf)]));
        left.Should().Contain(new RoleAction.AddRoute(Into(Home, Plain(_careOf))));
        OptionsOf(left).Should().Equal(Option(1));
    }

    [Fact]
    public void UdpIsUsedOnRequest_IfThatIsPermitted()
    {
        var actions = _tested.Role.Handle(Update(1, [Option(1, _careOf)], flags: BindingUpdateFlags.ForcingUdp));
        OptionsOf(actions).Should().Equal(Option(1), new NatDetectionOption(ForcesUdp: true, NatDetectionOption.NoKeepaliveNeeded));
        actions.Should().Contain(new RoleAction.AddTunnel(InUdp(_careOf, Port)));

        var refusing = With(settings => settings with { AcceptsForcedUdp = false });
        refusing
            .Role.Handle(Update(1, [Option(1, _careOf)], flags: BindingUpdateFlags.ForcingUdp))
            .Only<BindingAcknowledgement>()
            .Status.Should()
            .Be(BindingStatus.CANNOT_FORCE_UDP_ENCAPSULATION);
    }

    [Fact]
    public void WithoutBindingIds_TheSourceIsRegistered_AndIpv4CareOfAddressOptionTellsOfNat()
    {
        var actions = _tested.Role.Handle(Update(1, [new Ipv4CareOfAddressOption(_careOf)], _nat));
        OptionsOf(actions).Should().Equal(new NatDetectionOption(ForcesUdp: false, 110));
        _tested.CareOfAddresses[0].Should().Be(_nat);
    }

    [Fact]
    public void Ipv4HomeAddress_IsAnsweredAheadOfBindingIds_AndHasTheSamePaths()
    {
        var actions = _tested.Role.Handle(Update(1, [Option(1, _careOf), Wants("198.51.100.101")]));
        OptionsOf(actions).Should().Equal(Acknowledges(_home), Option(1));
        actions.Should().Contain(new RoleAction.AddRoute(Into(_home, Plain(_careOf))));
        actions.Should().Contain(new RoleAction.AddProxyNeighbor(HomeLink, IpPrefix.Of(_home)));

        var second = _tested.Send(Bid(2, CareOf2, 2) with { Options = [Option(2, CareOf2), Wants("198.51.100.101")] });
        OptionsOf(second).Should().Equal(Acknowledges(_home), Option(2));
        second.Should().Contain(new RoleAction.AddRoute(Into(_home, Plain(_careOf), TunnelTo(CareOf2))));

        var without = _tested.Send(Bid(2, CareOf2, 3));
        without.Should().Contain(new RoleAction.RemoveRoute(Into(_home, Plain(_careOf), TunnelTo(CareOf2))));
        without.Should().Contain(new RoleAction.RemoveProxyNeighbor(HomeLink, IpPrefix.Of(_home)));
    }

    [Fact]
    public void Ipv4HomeAddressOfChoice_ComesFromThePool_AndReturnsWithTheLastBinding()
    {
        var tested = With(settings => settings with { HomeAddresses = new Dictionary<IPAddress, IPAddress>() });
        OptionsOf(tested.Role.Handle(Update(1, [Option(1, _careOf), Wants("0.0.0.0")]))).Should().Equal(Acknowledges(_pooled), Option(1));
        OptionsOf(tested.Role.Handle(Update(2, [Option(1), Wants("0.0.0.0")]))).Should().Equal(Acknowledges(_pooled), Option(1));

        OptionsOf(tested.Role.Handle(Update(1, [Option(1, _nat), Wants("0.0.0.0")], _nat, home: Home2)))
            .Should()
            .Equal(
                new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.DynamicAssignmentNotAvailable, 0, IPAddress.Any),
                Option(1)
            );
        tested.Role.Handle(Update(3, [Option(1)], lifetime: 0)).Should().Contain(new RoleAction.RemoveRoute(Into(_pooled, Plain(_careOf))));
        OptionsOf(tested.Role.Handle(Update(2, [Option(1), Wants("0.0.0.0")], _nat, home: Home2)))
            .Should()
            .Equal(Acknowledges(_pooled), Option(1));
    }

    [Fact]
    public void Ipv4HomeAddressOfChoice_IsTheFixedOneOfItsMobileNode() =>
        OptionsOf(_tested.Role.Handle(Update(1, [Option(1, _careOf), Wants("0.0.0.0")]))).Should().Equal(Acknowledges(_home), Option(1));

    [Theory]
    [InlineData("198.51.100.102", 32, false, Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress)]
    [InlineData("224.0.0.1", 32, false, Ipv4AddressAcknowledgementStatus.InvalidIpv4Address)]
    [InlineData("198.51.100.101", 0, false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified)]
    [InlineData("0.0.0.0", 24, true, Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized)]
    public void Ipv4HomeAddressThatIsRefused_LeavesTheBinding(
        string address,
        byte length,
        bool prefix,
        Ipv4AddressAcknowledgementStatus status
    )
    {
        var answer = _tested.Role.Handle(Update(1, [Option(1, _careOf), Wants(address, length, prefix)])).Only<BindingAcknowledgement>();
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        answer.Options.Should().Equal(new Ipv4AddressAcknowledgementOption(status, 0, IPAddress.Parse(address)), Option(1));
        _tested.CareOfAddresses[1].Should().Be(_careOf);
    }

    [Fact]
    public void Refusal_HasBothOptions()
    {
        _tested.Role.Handle(Update(5, [Option(1, _careOf), Wants("198.51.100.101")]));
        var answer = _tested.Role.Handle(Update(5, [Option(1, _careOf), Wants("198.51.100.101")])).Only<BindingAcknowledgement>();
        answer.Status.Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        answer
            .Options.Should()
            .Equal(new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.ReasonUnspecified, 0, _home), Option(1));
    }

    [Fact]
    public void CareOfAddressThatNoNodeCanHave_IsMalformed() =>
        _tested.Ask(Valid with { Options = [Option(1, IPAddress.Parse("224.0.0.1"))] }).Status.Should().Be(BindingStatus.MCOA_MALFORMED);

    [Fact]
    public void WithoutTheSettings_MessagesOverIpv4AreIgnored()
    {
        var plain = OfRfc5648();
        plain.Role.Handle(Update(1, [Option(1, _careOf)])).WithoutLog().Should().BeEmpty();
        plain.Ask(Valid with { Options = [Option(1, _careOf)] }).Status.Should().Be(BindingStatus.MCOA_MALFORMED);
    }

    [Fact]
    public void Settings_AreThoseOfRfc5648()
    {
        var dualStack = new DualStackHomeAgentSettings { Address = _agent };
        var settings = Settings with { Mcoa = McoaEdition.Rfc5648, DualStack = dualStack };
        settings.Invoking(known => known.Validate()).Should().NotThrow();
        (settings with { Mcoa = McoaEdition.Draft04 }).Invoking(known => known.Validate()).Should().Throw<ArgumentException>();
        (settings with { ProtectedTunnels = [Home] }).Invoking(known => known.Validate()).Should().Throw<ArgumentException>();
        foreach (
            var wrong in (DualStackHomeAgentSettings[])
                [
                    dualStack with
                    {
                        Address = Agent,
                    },
                    dualStack with
                    {
                        Pool = [_agent],
                    },
                    dualStack with
                    {
                        HomeAddresses = new Dictionary<IPAddress, IPAddress> { [Home] = Home },
                    },
                    dualStack with
                    {
                        NatRefreshTime = TimeSpan.FromMilliseconds(1500),
                    },
                    dualStack with
                    {
                        Port = 0,
                    },
                ]
        )
        {
            (settings with { DualStack = wrong }).Invoking(known => known.Validate()).Should().Throw<ArgumentException>();
        }
    }
}
