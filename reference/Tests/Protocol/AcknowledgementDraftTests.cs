using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>The path of a Proxy Binding Acknowledgement.</summary>
public sealed class AcknowledgementDraftTests
{
    private static readonly IPAddress _anchorIpv4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _otherIpv4 = IPAddress.Parse("198.51.100.9");
    private static readonly IPAddress _gatewayIpv4 = IPAddress.Parse("198.51.100.161");

    [Fact]
    public void Path_OverIpv6_HasTheAddressesOfTheDraft()
    {
        var draft = DraftFor(new Ipv6Signaling(AnchorFixture.Mag1, AnchorFixture.Anchor));

        (draft.Source, draft.Destination) = (AnchorFixture.Mag3, AnchorFixture.Mag2);

        draft.Path.Should().Be(new Ipv6Signaling(AnchorFixture.Mag3, AnchorFixture.Mag2));
    }

    [Fact]
    public void Path_OverIpv4_IsTheWayBack_WhateverAddressOfIpv6TheDraftHas()
    {
        var request = new Ipv4UdpSignaling(_gatewayIpv4, _anchorIpv4, 40_000, UdpPort.ProxyMobileIpv6Control);
        var draft = DraftFor(request);

        draft.Source.Should().Be(AnchorFixture.Anchor, "no rule has been applied");
        draft.Path.Should().Be(request.Reversed);

        draft.Source = _otherIpv4;
        draft.Path.Should().Be((Ipv4UdpSignaling)request.Reversed with { Source = _otherIpv4 });
    }

    [Fact]
    public void Path_InIpv6OverIpv4_KeepsBothPairsOfAddresses()
    {
        var request = new Ipv4UdpIpv6Signaling(
            _gatewayIpv4,
            _anchorIpv4,
            40_000,
            UdpPort.DualStackMobileIpv6,
            new Ipv6Signaling(AnchorFixture.Mag1, AnchorFixture.Anchor)
        );

        DraftFor(request).Path.Should().Be(request.Reversed);
    }

    private static AcknowledgementDraft DraftFor(SignalingTransport path)
    {
        AnchorState? anchor = null;
        var capture = new NamedRule<AcknowledgementDraft>(
            "-",
            "Capture",
            draft =>
            {
                anchor = draft.Request.Anchor;
                return RuleOutcome.Continue;
            }
        );
        var rules = LocalMobilityAnchorRules.Default with { Acknowledgement = new RuleList<AcknowledgementDraft>(capture) };
        var fixture = new AnchorFixture(rules: rules);
        fixture.Send(AnchorFixture.Valid);
        var update = AnchorFixture.Valid.ToMessage(fixture.Role.TrueTime);
        var signal = new RoleInput.Signal(path, new LinkId("core"), default(ReadOnlyMemory<byte>));
        return new AcknowledgementDraft(new RegistrationRequest(anchor!, signal, update, default), BindingStatus.ACCEPTED);
    }
}
