using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 4, Section 6.9.1.2, item 1, and the last bullet of Section 6.9.1.5.</summary>
public sealed class GatewayProtectionTests
{
    private static readonly IPAddress _other = IPAddress.Parse("2001:db8:100::2");
    private static readonly MobileAccessGatewaySettings _protected = Settings with { ProtectionRequired = true };
    private readonly GatewayFixture _gateway = new(_protected);

    [Fact]
    public void Update_IsSentUnderTheAssociationOfItsLma_AndSoAreRetransmissions()
    {
        ProtectedFor(_gateway.Solicit()).Should().Be(Anchor);
        ProtectedFor(_gateway.Advance(TimeSpan.FromSeconds(2))).Should().Be(Anchor);
        ProtectedFor(new GatewayFixture().Solicit()).Should().BeNull();
    }

    [Fact]
    public void ProtectedAcknowledgement_IsAccepted()
    {
        _gateway.Solicit();
        Answer(Anchor).OfType<RoleAction.AddTunnel>().Should().ContainSingle();
    }

    [Fact]
    public void ClearAcknowledgement_ChangesNothing_SoThatTheUpdateIsRetransmitted()
    {
        _gateway.Solicit();
        _gateway.Answer().WithoutLog().Should().BeEmpty();
        _gateway.Advance(TimeSpan.FromSeconds(2)).Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void AcknowledgementUnderTheAssociationOfAnotherLma_ChangesNothing()
    {
        _gateway.Solicit();
        Answer(_other).WithoutLog().Should().BeEmpty();
        Answer(Anchor).OfType<RoleAction.AddTunnel>().Should().ContainSingle();
    }

    [Theory]
    [InlineData(false, TunnelMode.Ipv6, 1460)]
    [InlineData(true, TunnelMode.EspTunnel, 1403)]
    public void Tunnel_IsUnderEsp_OnlyToTheLmasThatAreConfigured(bool isProtected, TunnelMode mode, uint mtu)
    {
        var gateway = new GatewayFixture(Settings with { ProtectedTunnels = isProtected ? [Anchor] : [] });
        var actions = gateway.Register();
        actions.OfType<RoleAction.AddTunnel>().Single().Tunnel.Mode.Should().Be(mode);
        actions.Advertisements()[^1].Options.First<MtuOption>()!.Mtu.Should().Be(mtu);
    }

    private static IPAddress? ProtectedFor(IReadOnlyList<RoleAction> actions) =>
        actions.OfType<RoleAction.SendSignal>().Single().ProtectedFor;

    private IReadOnlyList<RoleAction> Answer(IPAddress protectedBy) =>
        _gateway.Handle(
            new RoleInput.Signal(
                new Ipv6Signaling(Anchor, Gateway),
                RoleDriver.Core,
                AcknowledgementOf(_gateway.LastRequest!).ToBytes(Anchor, Gateway)
            )
            {
                Protection = new SignalProtection(protectedBy, 0x2001),
            }
        );

    private static BindingAcknowledgement AcknowledgementOf(BindingUpdate request) =>
        new(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            request.SequenceNumber,
            request.LifetimeUnits,
            new MobilityOptionList(
                request.Options.Select(option =>
                    option switch
                    {
                        HomeNetworkPrefixOption => new HomeNetworkPrefixOption(Prefix),
                        LinkLocalAddressOption => new LinkLocalAddressOption(LinkLocal),
                        _ => option,
                    }
                )
            )
        );
}
