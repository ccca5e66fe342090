using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 4, Section 5.3.1, item 1, and the last bullet of Section 5.3.6.</summary>
public sealed class AnchorProtectionTests
{
    private static readonly LocalMobilityAnchorSettings _protected = Settings with { ProtectionRequired = true };

    [Fact]
    public void ProtectedUpdate_IsAnswered_UnderTheAssociationOfItsMag()
    {
        var answer = Send(new AnchorFixture(_protected), Mag1, Mag1);
        answer.Only<BindingAcknowledgement>().Status.Should().Be(BindingStatus.ACCEPTED);
        answer.OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Mag1);
    }

    [Fact]
    public void ClearUpdate_IsIgnored_WithoutATrace()
    {
        var fixture = new AnchorFixture(_protected);
        Send(fixture, Mag1, protectedBy: null).WithoutLog().Should().BeEmpty();
        ((LocalMobilityAnchor)fixture.Role.Tested).Snapshot().Bindings.Should().BeEmpty();
    }

    [Fact]
    public void MalformedClearMessage_IsNotAnsweredEither()
    {
        var fixture = new AnchorFixture(_protected);
        var unknown = new UnknownMobilityMessage(200, new OctetString(new byte[10])).ToBytes(Mag1, Anchor);
        fixture.Role.Signal(Mag1, Anchor, unknown).WithoutLog().Should().BeEmpty();
        new AnchorFixture().Role.Signal(Mag1, Anchor, unknown).Only<BindingError>();
    }

    [Fact]
    public void MalformedProtectedMessage_IsAnsweredUnderTheSameAssociation()
    {
        var unknown = new UnknownMobilityMessage(200, new OctetString(new byte[10])).ToBytes(Mag1, Anchor);
        var answer = new AnchorFixture(_protected).Role.Handle(
            new RoleInput.Signal(new Ipv6Signaling(Mag1, Anchor), RoleDriver.Core, unknown)
            {
                Protection = new SignalProtection(Mag1, 0x1001),
            }
        );
        answer.OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Mag1);
    }

    /// <summary>An ICMPv6 error would quote in clear what was encrypted.</summary>
    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 0)]
    public void WrongHeader_OfAProtectedMessage_IsNotAnswered_ThatOfAClearOneIs(int octet, byte value)
    {
        var message = (Valid with { Source = Mag1 }).ToMessage(new AnchorFixture().Role.TrueTime).ToBytes(Mag1, Anchor);
        message[octet] = value;
        var signal = new RoleInput.Signal(new Ipv6Signaling(Mag1, Anchor), RoleDriver.Core, message);

        new AnchorFixture().Role.Handle(signal).WithoutLog().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>();
        new AnchorFixture(_protected)
            .Role.Handle(signal with { Protection = new SignalProtection(Mag1, 0x1001) })
            .WithoutLog()
            .Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UpdateUnderTheAssociationOfAnotherMag_IsIgnored(bool isRequired)
    {
        var fixture = new AnchorFixture(_protected with { ProtectionRequired = isRequired });
        Send(fixture, Mag1, protectedBy: Mag2).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void Protection_GivesNoAuthority()
    {
        var answer = Send(new AnchorFixture(_protected), Mag3, Mag3);
        answer.Only<BindingAcknowledgement>().Status.Should().Be(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        answer.OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Mag3);
    }

    [Fact]
    public void AnswerAfterAWait_IsProtectedAsTheRequestWas()
    {
        var fixture = new AnchorFixture(_protected);
        Send(fixture, Mag1, Mag1);
        var waiting = Valid with { Source = Mag2, Handoff = HandoffIndicator.HandoffStateUnknown, LinkLayerIdentifier = null };
        Send(fixture, Mag2, Mag2, waiting).Messages<BindingAcknowledgement>().Should().BeEmpty();

        var answer = fixture.Role.Advance(Settings.MaxDelayBeforeNewBCEAssign);

        answer.OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Mag2);
    }

    [Fact]
    public void WithoutDemand_ClearUpdatesAreAnsweredInClear_AndProtectedOnesProtected()
    {
        var fixture = new AnchorFixture();
        Send(fixture, Mag1, protectedBy: null).OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().BeNull();
        Send(fixture, Mag1, Mag1).OfType<RoleAction.SendSignal>().Single().ProtectedFor.Should().Be(Mag1);
    }

    [Fact]
    public void Tunnel_IsUnderEsp_OnlyToTheMagsThatAreConfigured()
    {
        var settings = _protected with { ProtectedTunnels = [Mag2] };
        Send(new AnchorFixture(settings), Mag1, Mag1).OfType<RoleAction.AddTunnel>().Single().Tunnel.Mode.Should().Be(TunnelMode.Ipv6);
        Send(new AnchorFixture(settings), Mag2, Mag2).OfType<RoleAction.AddTunnel>().Single().Tunnel.Mode.Should().Be(TunnelMode.EspTunnel);
    }

    private static IReadOnlyList<RoleAction> Send(
        AnchorFixture fixture,
        IPAddress source,
        IPAddress? protectedBy,
        TestUpdate? update = null
    )
    {
        fixture.Role.Advance(TimeSpan.FromMilliseconds(1));
        var message = (update ?? Valid with { Source = source }).ToMessage(fixture.Role.TrueTime);
        return fixture.Role.Handle(
            new RoleInput.Signal(new Ipv6Signaling(source, Anchor), RoleDriver.Core, message.ToBytes(source, Anchor))
            {
                Protection = protectedBy is null ? null : new SignalProtection(protectedBy, 0x1001),
            }
        );
    }
}
