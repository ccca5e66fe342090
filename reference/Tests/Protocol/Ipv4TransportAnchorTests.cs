using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4TransportAnchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Section 4.1, and the drafts before it.</summary>
public sealed class Ipv4TransportAnchorTests
{
    public static TheoryData<Ipv4Edition> Editions => [.. Enum.GetValues<Ipv4Edition>()];

    public static TheoryData<Ipv4Edition> Drafts => [Ipv4Edition.Draft04, Ipv4Edition.Draft02];

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, 5436, UdpContent.MobilityHeaders)]
    [InlineData(Ipv4Edition.Draft04, 4191, UdpContent.MobilityHeadersInIpv6)]
    [InlineData(Ipv4Edition.Draft02, 4191, UdpContent.MobilityHeadersInIpv6)]
    public void Port_OfTheEdition_IsOpened(Ipv4Edition edition, ushort port, UdpContent content)
    {
        new Ipv4TransportAnchor(edition).Fixture.StartActions.Should().Contain(new RoleAction.OpenUdp(port, content));
        new AnchorFixture().StartActions.OfType<RoleAction.OpenUdp>().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Request_IsAnsweredTheWayItCame_AndGetsATunnelOfIpv4(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);

        var actions = anchor.Send(Valid);

        var answer = actions.Only<BindingAcknowledgement>();
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        answer.Options.All<NatDetectionOption>().Should().BeEmpty();
        actions.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(anchor.Path().Reversed);
        var tunnel = Tunnel(TunnelMode.Ipv4);
        actions.OfType<RoleAction.AddTunnel>().Single().Tunnel.Should().Be(tunnel);
        var route = actions.OfType<RoleAction.AddRoute>().Single().Route;
        route.Should().Be(new Route(PrefixesIn(answer).Single(), new RouteTarget.IntoTunnel(tunnel)));
        anchor.Session.ProxyCareOfAddress.Should().Be(edition == Ipv4Edition.Rfc5844 ? Gateway4 : Mag1);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Request_IsJudgedAsOverIpv6(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        anchor.Ask(Valid with { Nai = null }).Status.Should().Be(BindingStatus.MISSING_MN_IDENTIFIER_OPTION);
        anchor.Ask(Valid with { Nai = "mn@elsewhere.example" }).Status.Should().Be(BindingStatus.NOT_LMA_FOR_THIS_MOBILE_NODE);
        anchor.Ask(Valid with { Handoff = null }).Status.Should().Be(BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION);
        anchor.Ask(Valid with { Technology = null }).Status.Should().Be(BindingStatus.MISSING_ACCESS_TECH_TYPE_OPTION);
        var unknown = IPAddress.Parse("192.0.2.163");
        var path = edition == Ipv4Edition.Rfc5844 ? anchor.Path(unknown) : OfInner(anchor, Mag3);
        anchor.Ask(Valid, path).Status.Should().Be(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Request_ToAnotherAddress_IsIgnored(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        anchor.Send(Valid, anchor.Path() with { Destination = Nat }).Messages<BindingAcknowledgement>().Should().BeEmpty();
        if (anchor.Path() is Ipv4UdpIpv6Signaling path)
        {
            var other = path with { Inner = new Ipv6Signaling(Mag1, Mag2) };
            anchor.Send(Valid, other).Messages<BindingAcknowledgement>().Should().BeEmpty();
        }
    }

    [Fact]
    public void ForcedUdp_OfRfc5844_IsRefusedByDefault_AndTunnelsBetweenDataPortsIfAccepted()
    {
        var forced = Valid with { Flags = Proxy | BindingUpdateFlags.ForcingUdp };
        var refusing = new Ipv4TransportAnchor(Ipv4Edition.Rfc5844);
        refusing.Ask(forced).Status.Should().Be(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        refusing.Role.Snapshot().Bindings.Should().BeEmpty();
        refusing.Fixture.Ask(forced).Status.Should().Be(BindingStatus.ACCEPTED, "the flag is about IPv4");

        var accepting = new Ipv4TransportAnchor(
            Ipv4Edition.Rfc5844,
            transport => transport with { AcceptForcedIPv4UDPEncapsulationRequest = true }
        );
        accepting.Ask(forced).Options.First<NatDetectionOption>().Should().Be(new NatDetectionOption(true, 110));
        accepting.Session.Ipv4Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4Udp, local: 5437, port: 5437));
        var plain = accepting.Send(Valid with { Handoff = HandoffIndicator.HandoffStateNotChanged });
        plain.Only<BindingAcknowledgement>().Options.First<NatDetectionOption>().Should().BeNull();
        accepting.Session.Ipv4Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4));
        plain.OfType<RoleAction.RemoveTunnel>().Single().Tunnel.Mode.Should().Be(TunnelMode.Ipv4Udp);
    }

    [Theory]
    [MemberData(nameof(Drafts))]
    public void Nat_IsToldAndTunnelledThrough_AndFollowedToAnotherPort(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);

        anchor.Ask(Valid, anchor.Path(Nat)).Options.First<NatDetectionOption>().Should().Be(new NatDetectionOption(false, 110));
        anchor.Session.Ipv4Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4Udp, Nat));

        var actions = anchor.Send(Valid with { Handoff = HandoffIndicator.HandoffStateNotChanged }, anchor.Path(Nat, 50000));

        var now = Tunnel(TunnelMode.Ipv4Udp, Nat, port: 50000);
        anchor.Session.Ipv4Tunnel.Should().Be(now);
        actions.OfType<RoleAction.AddTunnel>().Single().Tunnel.Should().Be(now);
        actions.OfType<RoleAction.RemoveTunnel>().Single().Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4Udp, Nat));
        actions.OfType<RoleAction.AddRoute>().Should().ContainSingle().Which.Route.Target.Should().Be(new RouteTarget.IntoTunnel(now));
        anchor.Ask(Valid with { LifetimeUnits = 0 }, anchor.Path(Nat, 50001)).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft04, TunnelMode.Ipv4Udp)]
    [InlineData(Ipv4Edition.Draft02, TunnelMode.Ipv4)]
    public void ForcedUdp_WithoutNat_HasARuleInOneDraftOnly_AndIsNotTold(Ipv4Edition edition, TunnelMode mode)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        var answer = anchor.Ask(Valid with { Flags = Proxy | BindingUpdateFlags.ForcingUdp });
        (answer.Status, answer.Options.First<NatDetectionOption>()).Should().Be((BindingStatus.ACCEPTED, null));
        anchor.Session.Ipv4Tunnel.Should().Be(Tunnel(mode));
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft04, true, false, TunnelMode.Ipv4UdpTlv)]
    [InlineData(Ipv4Edition.Draft04, false, false, TunnelMode.Ipv4)]
    [InlineData(Ipv4Edition.Draft02, true, true, TunnelMode.Ipv4UdpTlv)]
    [InlineData(Ipv4Edition.Draft02, true, false, TunnelMode.Ipv4)]
    public void TlvHeader_IsGranted_WhereItIsSupported(Ipv4Edition edition, bool isSupported, bool hasTlv, TunnelMode mode)
    {
        var anchor = new Ipv4TransportAnchor(edition, transport => transport with { SupportsTlvHeader = isSupported });
        var path = anchor.Path(hasTlv: hasTlv);

        var actions = anchor.Send(Valid with { Flags = Proxy | BindingUpdateFlags.TlvHeader }, path);

        anchor.Session.Ipv4Tunnel.Should().Be(Tunnel(mode));
        var granted = actions.Only<BindingAcknowledgement>().Flags.HasFlag(BindingAcknowledgementFlags.TlvHeader);
        granted.Should().Be(mode == TunnelMode.Ipv4UdpTlv);
        actions.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(path.Reversed);
    }

    [Theory]
    [MemberData(nameof(Drafts))]
    public void Udp_ThatIsNotAccepted_IsRefused_AndANatStillTold(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition, transport => transport with { AcceptIPv4UDPEncapsulationRequest = false });
        var answer = anchor.Ask(Valid, anchor.Path(Nat));
        answer.Status.Should().Be(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        answer.Options.First<NatDetectionOption>().Should().NotBeNull();
        anchor.Ask(Valid).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Session_ChangesItsTransport_InBothDirections(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        anchor.Fixture.Ask(Valid);
        var handoff = Valid with { Handoff = HandoffIndicator.HandoffBetweenMobileAccessGateways };

        var toIpv4 = anchor.Send(handoff);
        anchor.Session.Ipv4Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4));
        toIpv4.OfType<RoleAction.RemoveTunnel>().Single().Tunnel.Should().Be(TunnelTo(Mag1));

        var toIpv6 = anchor.Fixture.Send(handoff with { Source = Mag2 });
        anchor.Session.Ipv4Tunnel.Should().BeNull();
        anchor.Session.ProxyCareOfAddress.Should().Be(Mag2);
        toIpv6.OfType<RoleAction.RemoveTunnel>().Single().Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4));
        toIpv6.OfType<RoleAction.AddTunnel>().Single().Tunnel.Should().Be(TunnelTo(Mag2));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Session_WithTheWaitingRequest_GetsItsTunnel(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        anchor.Fixture.Ask(Valid with { Source = Mag2 });
        anchor.Send(Valid with { Handoff = HandoffIndicator.HandoffStateUnknown, LinkLayerIdentifier = null });

        anchor.Fixture.Role.Advance(Settings.MaxDelayBeforeNewBCEAssign);

        anchor.Role.Snapshot().Bindings[^1].Binding.Ipv4Tunnel.Should().Be(Tunnel(TunnelMode.Ipv4));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Tunnel_LivesAsLongAsALongerSession(Ipv4Edition edition)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        anchor.Ask(Valid with { LifetimeUnits = 10 });
        anchor.Ask(Valid with { Nai = "mn2@dynamic.pmip.example", LifetimeUnits = 20 });

        anchor.Fixture.Role.Advance(TimeSpan.FromSeconds(41)).OfType<RoleAction.RemoveTunnel>().Should().BeEmpty();
        anchor
            .Fixture.Role.Advance(TimeSpan.FromSeconds(40))
            .OfType<RoleAction.RemoveTunnel>()
            .Single()
            .Tunnel.Should()
            .Be(Tunnel(TunnelMode.Ipv4));
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, nameof(Ipv4AnchorTransport.AcceptForcedIPv4UDPEncapsulationRequest))]
    [InlineData(Ipv4Edition.Draft04, nameof(Ipv4AnchorTransport.AcceptIPv4UDPEncapsulationRequest))]
    public void Variable_TakesEffectAtOnce_AndIsSaved(Ipv4Edition edition, string name)
    {
        var anchor = new Ipv4TransportAnchor(edition);
        var forced = Valid with { Flags = Proxy | BindingUpdateFlags.ForcingUdp };
        foreach (var value in (string[])["0", "1"])
        {
            var set = new RoleInput.Administer(new AdministrativeAction.SetVariable(name, value));
            anchor.Fixture.Role.Handle(set).Should().Contain(new RoleAction.SaveVariable(name, value));
            anchor.Ask(forced).Status.Should().Be(value == "1" ? BindingStatus.ACCEPTED : BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        }
    }

    [Fact]
    public void Protection_IsJudgedByTheAddressesOfItsFamily()
    {
        var draft = new Ipv4TransportAnchor(Ipv4Edition.Draft04);
        foreach (var peer in (IPAddress[])[Gateway4, Mag1])
        {
            var answer = draft.Send(Valid, protection: new SignalProtection(peer, 0x1001));
            answer.OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(peer);
        }
        foreach (var peer in (IPAddress[])[Nat, Mag2])
        {
            draft.Send(Valid, protection: new SignalProtection(peer, 0x1001)).OfType<RoleAction.SendSignal>().Should().BeEmpty();
        }
    }

    [Fact]
    public void Settings_OutOfRange_AreRefused()
    {
        var valid = new Ipv4AnchorTransport { Address = Anchor4 };
        Ipv4AnchorTransport[] wrong =
        [
            new() { Address = Anchor },
            valid with
            {
                NatRefreshTime = TimeSpan.Zero,
            },
            valid with
            {
                NatRefreshTime = TimeSpan.FromMilliseconds(1500),
            },
            valid with
            {
                Ports = MobilityPorts.Default with { Data = 0 },
            },
            valid with
            {
                Ports = new MobilityPorts(7, 7, 8),
            },
        ];
        valid.Validate();
        foreach (var transport in wrong)
        {
            FluentActions.Invoking(transport.Validate).Should().Throw<ArgumentException>();
        }
    }

    private static Ipv4UdpIpv6Signaling OfInner(Ipv4TransportAnchor anchor, IPAddress gateway) =>
        ((Ipv4UdpIpv6Signaling)anchor.Path()) with
        {
            Inner = new Ipv6Signaling(gateway, Anchor),
        };
}
