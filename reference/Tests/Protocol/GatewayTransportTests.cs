using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Section 4.2, and the drafts before it: a MAG that reaches its LMA over IPv4.</summary>
public sealed class GatewayTransportTests
{
    private const ushort Control = 5436,
        Data = 5437,
        DualStack = 4191;

    private static readonly IPAddress _gateway = IPAddress.Parse("192.0.2.161");
    private static readonly IPAddress _anchor = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _otherAnchor = IPAddress.Parse("192.0.2.2");
    private static readonly Ipv6Signaling _inner = new(Gateway, Anchor);

    [Fact]
    public void Rfc5844_SendsTheMobilityHeaderInUdp_AndOpensThePort()
    {
        var gateway = Of(Ipv4Edition.Rfc5844);
        gateway.StartActions.Should().Contain(new RoleAction.OpenUdp(Control, UdpContent.MobilityHeaders));
        gateway.Solicit();
        gateway.LastPath.Should().Be(new Ipv4UdpSignaling(_gateway, _anchor, Control, Control));
        gateway.LastRequest!.Options.Has<Ipv4CareOfAddressOption>().Should().BeFalse();
        gateway.LastRequest.Flags.Should().NotHaveFlag(BindingUpdateFlags.ForcingUdp);
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft04)]
    [InlineData(Ipv4Edition.Draft02)]
    public void Drafts_SendAnIpv6PacketInUdp_WithTheIpv4CareOfAddress(Ipv4Edition edition)
    {
        var gateway = Of(edition);
        gateway.StartActions.Should().Contain(new RoleAction.OpenUdp(DualStack, UdpContent.MobilityHeadersInIpv6));
        gateway.Solicit();
        gateway.LastPath.Should().Be(new Ipv4UdpIpv6Signaling(_gateway, _anchor, DualStack, DualStack, _inner));
        gateway.LastRequest!.Options.First<Ipv4CareOfAddressOption>()!.Address.Should().Be(_gateway);
    }

    [Fact]
    public void Path_IsTheSameForRetransmissionRefreshAndDeRegistration()
    {
        var gateway = Of(Ipv4Edition.Draft04, transport => transport with { UsesTlvHeader = true });
        gateway.Solicit();
        var first = gateway.LastPath;
        gateway.Advance(TimeSpan.FromSeconds(2)).OfType<RoleAction.SendSignal>().Single().Path.Should().Be(first);
        gateway.Answer();
        var refresh = gateway.Advance(Settings.RequestedLifetime / 2);
        refresh.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(first);
        gateway.LastRequest!.Options.Has<Ipv4CareOfAddressOption>().Should().BeTrue();
        gateway.Answer();
        var left = gateway.Handle(new RoleInput.LinkDown(Link1));
        left.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(first);
        left.Only<BindingUpdate>().LifetimeUnits.Should().Be(0);
        left.Only<BindingUpdate>().Options.Has<Ipv4CareOfAddressOption>().Should().BeTrue();
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, true, false, true)]
    [InlineData(Ipv4Edition.Rfc5844, false, true, false)]
    [InlineData(Ipv4Edition.Draft04, true, true, true)]
    [InlineData(Ipv4Edition.Draft04, true, false, false)]
    [InlineData(Ipv4Edition.Draft02, true, true, true)]
    public void ForcedUdp_IsAskedForByTheVariables(Ipv4Edition edition, bool forces, bool requests, bool isForced)
    {
        var gateway = Of(edition);
        Set(gateway, nameof(Ipv4GatewayTransport.ForceIPv4UDPEncapsulationSupport), forces);
        Set(gateway, nameof(Ipv4GatewayTransport.RequestIPv4UDPEncapsulationSupport), requests);
        gateway.Solicit();
        gateway.LastRequest!.Flags.HasFlag(BindingUpdateFlags.ForcingUdp).Should().Be(isForced);
    }

    [Fact]
    public void Variables_AreSaved_AndRestoredAtTheStart()
    {
        const string Name = nameof(Ipv4GatewayTransport.ForceIPv4UDPEncapsulationSupport);
        Set(Of(Ipv4Edition.Rfc5844), Name, true).Should().Contain(new RoleAction.SaveVariable(Name, "1"));
        var settings = SettingsOf(Ipv4Edition.Rfc5844);
        var restarted = new MobileAccessGateway(settings, new Random(1), MobileAccessGatewayRules.For(settings));
        restarted.Handle(new RoleInput.Started { Saved = new Dictionary<string, string> { [Name] = "1" } }, new RoleDriver(restarted).Now);
        restarted.Settings.Ipv4Transport!.ForceIPv4UDPEncapsulationSupport.Should().BeTrue();
        Set(new GatewayFixture(), Name, true).OfType<RoleAction.SaveVariable>().Should().BeEmpty();
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, null, TunnelMode.Ipv4, 1480)]
    [InlineData(Ipv4Edition.Rfc5844, false, TunnelMode.Ipv4, 1480)]
    [InlineData(Ipv4Edition.Rfc5844, true, TunnelMode.Ipv4Udp, 1472)]
    [InlineData(Ipv4Edition.Draft04, null, TunnelMode.Ipv4, 1480)]
    [InlineData(Ipv4Edition.Draft04, false, TunnelMode.Ipv4Udp, 1472)]
    [InlineData(Ipv4Edition.Draft02, false, TunnelMode.Ipv4Udp, 1472)]
    public void Tunnel_FollowsFromTheNatDetectionOption(Ipv4Edition edition, bool? flag, TunnelMode mode, uint mtu)
    {
        var gateway = Of(edition);
        gateway.Solicit();
        var actions = gateway.Answer(edit: With(flag));
        var port = edition == Ipv4Edition.Rfc5844 ? Data : DualStack;
        var tunnel = new Tunnel(_gateway, _anchor, mode, mode == TunnelMode.Ipv4 ? null : new TunnelPorts(port, port));
        actions.Should().Contain(new RoleAction.AddTunnel(tunnel)).And.Contain(new RoleAction.AddRoute(Upstream(tunnel)));
        actions.Advertisements()[^1].Options.First<MtuOption>()!.Mtu.Should().Be(mtu);
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft04, true, TunnelMode.Ipv4UdpTlv)]
    [InlineData(Ipv4Edition.Draft04, false, TunnelMode.Ipv4UdpTlv)]
    [InlineData(Ipv4Edition.Draft02, true, TunnelMode.Ipv4UdpTlv)]
    [InlineData(Ipv4Edition.Draft02, false, TunnelMode.Ipv4Udp)]
    [InlineData(Ipv4Edition.Rfc5844, true, TunnelMode.Ipv4)]
    public void TlvHeader_InTheTunnelFollowsFromTheAnswer_InDraft02OnlyIfAskedFor(Ipv4Edition edition, bool isAskedFor, TunnelMode mode)
    {
        var gateway = Of(edition, transport => transport with { UsesTlvHeader = isAskedFor });
        gateway.Solicit();
        gateway
            .LastRequest!.Flags.HasFlag(BindingUpdateFlags.TlvHeader)
            .Should()
            .Be(isAskedFor && edition != Ipv4Edition.Rfc5844, "RFC 5844 leaves the flag to RFC 5845");
        (gateway.LastPath as Ipv4UdpIpv6Signaling)?.HasTlvHeader.Should().Be(isAskedFor && edition == Ipv4Edition.Draft02);
        var granted = gateway.Answer(edit: answer =>
            With(false)(answer) with
            {
                Flags = answer.Flags | BindingAcknowledgementFlags.TlvHeader,
            }
        );
        granted.OfType<RoleAction.AddTunnel>().Single().Tunnel.Mode.Should().Be(mode);
    }

    [Fact]
    public void LaterAnswer_ChangesTheTunnelInMidSession()
    {
        var gateway = Of(Ipv4Edition.Rfc5844);
        gateway.Register();
        gateway.Advance(Settings.RequestedLifetime / 2).Messages<BindingUpdate>().Should().ContainSingle();
        var plain = new Tunnel(_gateway, _anchor, TunnelMode.Ipv4);
        var udp = new Tunnel(_gateway, _anchor, TunnelMode.Ipv4Udp, new TunnelPorts(Data, Data));
        gateway
            .Answer(edit: With(true))
            .Where(action => action is RoleAction.AddTunnel or RoleAction.RemoveTunnel or RoleAction.AddRoute or RoleAction.RemoveRoute)
            .Should()
            .Equal(
                new RoleAction.AddTunnel(udp),
                new RoleAction.RemoveRoute(Upstream(plain)),
                new RoleAction.AddRoute(Upstream(udp)),
                new RoleAction.RemoveTunnel(plain)
            );
        gateway.Handle(new RoleInput.LinkDown(Link1));
        gateway.Answer().Should().Contain(new RoleAction.RemoveTunnel(udp));
    }

    [Fact]
    public void Answer_CountsOnlyFromTheIpv4AddressOfTheLma_AndInsideFromItsIpv6Address()
    {
        var gateway = Of(Ipv4Edition.Draft04);
        gateway.Solicit();
        gateway.Answer(source: Anchor).WithoutLog().Should().BeEmpty("the LMA is reached over IPv4");
        gateway.Answer(path: path => path with { Source = _otherAnchor }).WithoutLog().Should().BeEmpty();
        gateway.Answer(path: Inside(inner => inner with { Source = Gateway })).WithoutLog().Should().BeEmpty();
        gateway.Answer(path: Inside(inner => inner with { Destination = Anchor })).WithoutLog().Should().BeEmpty();
        gateway.Answer(path: path => path with { Destination = _otherAnchor }).WithoutLog().Should().BeEmpty();
        gateway.Answer().OfType<RoleAction.AddTunnel>().Should().ContainSingle();
    }

    [Fact]
    public void AnswerOverIpv4_IsNoneToARequestOverIpv6()
    {
        var gateway = Of(Ipv4Edition.Rfc5844, profile: _everyone with { SignalsOverIpv4 = false });
        gateway.Solicit();
        gateway.LastPath.Should().Be(_inner);
        gateway.LastRequest!.Options.Has<Ipv4CareOfAddressOption>().Should().BeFalse();
        gateway.Answer(path: _ => new Ipv4UdpSignaling(_anchor, _gateway, Control, Control)).WithoutLog().Should().BeEmpty();
        gateway.Answer(edit: With(true)).Should().Contain(new RoleAction.AddTunnel(TunnelToAnchor));
    }

    [Fact]
    public void Profile_NamesTheIpv4AddressOfTheLma()
    {
        var gateway = Of(Ipv4Edition.Rfc5844, profile: _everyone with { Ipv4AnchorAddress = _otherAnchor });
        gateway.Register().Should().Contain(new RoleAction.AddTunnel(new Tunnel(_gateway, _otherAnchor, TunnelMode.Ipv4)));
        gateway.LastPath!.Destination.Should().Be(_otherAnchor);
    }

    [Fact]
    public void WrongChecksum_LosesAnAnswer()
    {
        var gateway = Of(Ipv4Edition.Draft04);
        gateway.Solicit();
        var path = gateway.LastPath!.Reversed;
        var accepted = new BindingAcknowledgement(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            gateway.LastRequest!.SequenceNumber,
            10,
            gateway.LastRequest.Options
        );
        gateway
            .Handle(new RoleInput.Signal(path, RoleDriver.Core, path.Complete(accepted)) { HasValidChecksum = false })
            .WithoutLog()
            .Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, "192.0.2.1", true)]
    [InlineData(Ipv4Edition.Rfc5844, "192.0.2.2", false)]
    [InlineData(Ipv4Edition.Draft04, "192.0.2.1", true)]
    [InlineData(Ipv4Edition.Draft04, "2001:db8:100::1", true)]
    [InlineData(Ipv4Edition.Draft04, "2001:db8:100::2", false)]
    [InlineData(Ipv4Edition.Draft02, null, false)]
    public void Answer_CountsUnderTheAssociationOfTheLma_AroundUdpOrBehindIt(Ipv4Edition edition, string? peer, bool counts)
    {
        var gateway = new GatewayFixture(SettingsOf(edition) with { ProtectionRequired = true });
        gateway.Solicit().OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Anchor);
        var retransmission = gateway.Advance(TimeSpan.FromSeconds(2)).OfType<RoleAction.SendSignal>().Single();
        retransmission.ProtectedFor.Should().Be(Anchor);
        gateway.Answer().OfType<RoleAction.AddTunnel>().Should().BeEmpty("the answer is in clear");

        var path = gateway.LastPath!.Reversed;
        var accepted = new BindingAcknowledgement(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            gateway.LastRequest!.SequenceNumber,
            10,
            new MobilityOptionList([
                .. gateway.LastRequest.Options.Where(option => option is not HomeNetworkPrefixOption),
                new HomeNetworkPrefixOption(Prefix),
            ])
        );
        var protection = peer is null ? null : new SignalProtection(IPAddress.Parse(peer), 0x1001);
        gateway
            .Handle(new RoleInput.Signal(path, RoleDriver.Core, path.Complete(accepted)) { Protection = protection })
            .OfType<RoleAction.AddTunnel>()
            .Should()
            .HaveCount(counts ? 1 : 0);
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft02, 30u, 30)]
    [InlineData(Ipv4Edition.Draft02, 0u, 300)]
    [InlineData(Ipv4Edition.Draft02, uint.MaxValue, 300)]
    [InlineData(Ipv4Edition.Draft02, 1000u, 300)]
    [InlineData(Ipv4Edition.Draft04, 30u, 300)]
    public void RefreshTime_IsKeptInDraft02(Ipv4Edition edition, uint seconds, int expected)
    {
        var gateway = Of(edition);
        gateway.Solicit();
        gateway.Answer(edit: With(false, seconds));
        for (var i = 0; i < 2; i++)
        {
            gateway.Advance(TimeSpan.FromSeconds(expected - 1)).Messages<BindingUpdate>().Should().BeEmpty();
            gateway.Advance(TimeSpan.FromSeconds(1)).Messages<BindingUpdate>().Should().ContainSingle();
            gateway.Answer(edit: With(false, seconds));
        }
    }

    [Fact]
    public void PathMtu_OfTheIpv4Path_IsAdvertisedAnew()
    {
        var gateway = Of(Ipv4Edition.Rfc5844);
        gateway.Register();
        gateway.Handle(new RoleInput.PathMtuChanged(Anchor, 1400)).Should().BeEmpty();
        var actions = gateway.Handle(new RoleInput.PathMtuChanged(_anchor, 1400));
        actions.Advertisements()[^1].Options.First<MtuOption>()!.Mtu.Should().Be(1380);
    }

    [Fact]
    public void Settings_ThatContradictEachOther_AreRefused()
    {
        var settings = SettingsOf(Ipv4Edition.Draft04);
        (settings with { Ipv4 = new Ipv4GatewaySettings() }).Invoking(s => s.Validate()).Should().Throw<ArgumentException>();
        (settings with { ProtectedTunnels = [Anchor] }).Invoking(s => s.Validate()).Should().Throw<ArgumentException>();
        var unknown = _everyone with { LocalMobilityAnchorAddress = Gateway, SignalsOverIpv4 = true };
        (settings with { Profiles = [unknown] }).Invoking(s => s.Validate()).Should().Throw<ArgumentException>();
        var known = unknown with { Ipv4AnchorAddress = _otherAnchor };
        (settings with { Profiles = [known] }).Invoking(s => s.Validate()).Should().NotThrow();
    }

    private static readonly MobileNodeProfile _everyone = new() { IdentifierPattern = "*" };

    private static GatewayFixture Of(
        Ipv4Edition edition,
        Func<Ipv4GatewayTransport, Ipv4GatewayTransport>? change = null,
        MobileNodeProfile? profile = null
    ) => new(SettingsOf(edition, change, profile));

    private static MobileAccessGatewaySettings SettingsOf(
        Ipv4Edition edition,
        Func<Ipv4GatewayTransport, Ipv4GatewayTransport>? change = null,
        MobileNodeProfile? profile = null
    )
    {
        var transport = new Ipv4GatewayTransport
        {
            Edition = edition,
            Address = _gateway,
            Anchors = new Dictionary<IPAddress, IPAddress> { [Anchor] = _anchor },
        };
        return Settings with { Ipv4Transport = change?.Invoke(transport) ?? transport, Profiles = profile is null ? [] : [profile] };
    }

    private static IReadOnlyList<RoleAction> Set(GatewayFixture gateway, string name, bool value) =>
        gateway.Handle(new RoleInput.Administer(new AdministrativeAction.SetVariable(name, value ? "1" : "0")));

    private static Func<BindingAcknowledgement, BindingAcknowledgement> With(bool? flag, uint seconds = 0) =>
        answer =>
            answer with
            {
                Options = new MobilityOptionList(
                    flag is { } forces ? [.. answer.Options, new NatDetectionOption(forces, seconds)] : answer.Options
                ),
            };

    private static Func<SignalingTransport, SignalingTransport> Inside(Func<Ipv6Signaling, Ipv6Signaling> edit) =>
        path => path is Ipv4UdpIpv6Signaling over ? over with { Inner = edit(over.Inner) } : path;

    private static Route Upstream(Tunnel tunnel) => new(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(tunnel)) { From = Prefix };
}
