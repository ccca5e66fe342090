using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 5.4.1.1 to 5.4.1.3: the Binding Cache lookup for a request.</summary>
public class LookupTests
{
    private readonly AnchorFixture _anchor = new();

    [Theory]
    [InlineData(
        "same interface, whatever the indicator says",
        HandoffIndicator.AttachmentOverNewInterface,
        "same",
        AccessTechnologyType.Ieee8023,
        true
    )]
    [InlineData("handoff between interfaces", HandoffIndicator.HandoffBetweenInterfaces, "other", AccessTechnologyType.Ieee80211, true)]
    [InlineData("other interface", HandoffIndicator.HandoffBetweenMobileAccessGateways, "other", AccessTechnologyType.Ieee8023, false)]
    [InlineData("other technology", HandoffIndicator.HandoffBetweenMobileAccessGateways, "same", AccessTechnologyType.Ieee80211, false)]
    public void PrefixesOfASession_FromAnotherGateway(
        string why,
        HandoffIndicator handoff,
        string identifier,
        AccessTechnologyType technology,
        bool isUpdate
    )
    {
        var prefixes = _anchor.Register(Valid);

        var answer = _anchor.Ask(
            Valid with
            {
                Source = Mag2,
                Prefixes = prefixes,
                Handoff = handoff,
                LinkLayerIdentifier = identifier == "same" ? Valid.LinkLayerIdentifier : OtherInterface,
                Technology = technology,
            }
        );

        // A new session cannot have prefixes that are in use (Section 5.2).
        answer.Status.Should().Be(isUpdate ? BindingStatus.ACCEPTED : BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX, why);
        PrefixesIn(answer).Should().Equal(prefixes);
    }

    [Theory]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways, AccessTechnologyType.Ieee8023, true)]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways, AccessTechnologyType.Ieee80211, false)]
    [InlineData(HandoffIndicator.AttachmentOverNewInterface, AccessTechnologyType.Ieee8023, false)]
    public void PrefixesOfASession_WithUnnamedInterfaces_FromAnotherGateway(
        HandoffIndicator handoff,
        AccessTechnologyType technology,
        bool isUpdate
    )
    {
        var unnamed = Valid with { LinkLayerIdentifier = null };
        var prefixes = _anchor.Register(unnamed);

        var answer = _anchor.Ask(unnamed with { Source = Mag2, Prefixes = prefixes, Handoff = handoff, Technology = technology });

        answer.Status.Should().Be(isUpdate ? BindingStatus.ACCEPTED : BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    [Fact]
    public void PrefixesOfASession_FromItsGateway_UpdateItWhateverTheInterface()
    {
        var prefixes = _anchor.Register(Valid);

        _anchor.Register(Valid with { Prefixes = prefixes, LinkLayerIdentifier = OtherInterface }).Should().Equal(prefixes);
    }

    [Fact]
    public void PrefixOfAnotherMobileNode_Is155()
    {
        var prefixes = _anchor.Register(Valid with { Nai = "mn2@dynamic.pmip.example" });

        _anchor.Ask(Valid with { Prefixes = prefixes }).Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    [Theory]
    [InlineData("subset")]
    [InlineData("superset")]
    [InlineData("foreign")]
    [InlineData("with ALL_ZERO")]
    [InlineData("twice the same")]
    public void OtherSetOfPrefixes_Is159(string set)
    {
        var update = Valid with { Nai = "mn1@two-prefix.pmip.example" };
        var prefixes = _anchor.Register(update);
        var foreign = _anchor.Register(Valid with { Nai = "mn2@dynamic.pmip.example" })[0];

        IReadOnlyList<Ipv6Prefix> requested = set switch
        {
            "subset" => [prefixes[0]],
            "superset" => [.. prefixes, Pool.Subnet(64, 0xffff)],
            "foreign" => [foreign, prefixes[0]],
            "with ALL_ZERO" => [prefixes[0], Ipv6Prefix.AllZero],
            _ => [prefixes[0], prefixes[0]],
        };

        _anchor.Ask(update with { Prefixes = requested }).Status.Should().Be(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH);
    }

    [Fact]
    public void SameSetOfPrefixes_InAnotherOrder_IsTheSession()
    {
        var update = Valid with { Nai = "mn1@two-prefix.pmip.example" };
        var prefixes = _anchor.Register(update);

        _anchor.Register(update with { Prefixes = [prefixes[1], prefixes[0]] }).Should().Equal(prefixes);
    }

    [Fact]
    public void Interface_OfASession_FindsIt()
    {
        var prefixes = _anchor.Register(Valid);

        _anchor.Register(Valid with { Source = Mag2 }).Should().Equal(prefixes);
        _anchor.Register(Valid with { LinkLayerIdentifier = OtherInterface }).Should().NotEqual(prefixes);
        _anchor.Register(Valid with { Technology = AccessTechnologyType.Ieee80211 }).Should().NotEqual(prefixes);
    }

    [Fact]
    public void HandoffBetweenInterfaces_WithOneSession_TakesItOver_AndWithTwoDoesNot()
    {
        var first = _anchor.Register(Valid);
        var handoff = Valid with { Source = Mag2, Handoff = HandoffIndicator.HandoffBetweenInterfaces };

        _anchor.Register(handoff with { LinkLayerIdentifier = OtherInterface }).Should().Equal(first);
        _anchor.Register(Valid with { LinkLayerIdentifier = [2, 0x5e, 0, 0, 0, 3] }).Should().NotEqual(first);
        _anchor.Register(handoff with { LinkLayerIdentifier = [2, 0x5e, 0, 0, 0, 4] }).Should().NotEqual(first);
    }

    [Fact]
    public void TakenOverSession_BelongsToTheNewInterface()
    {
        var prefixes = _anchor.Register(Valid);
        _anchor.Register(Valid with { Handoff = HandoffIndicator.HandoffBetweenInterfaces, LinkLayerIdentifier = OtherInterface });

        _anchor.Register(Valid with { Source = Mag2 }).Should().NotEqual(prefixes);
        _anchor.Register(Valid with { Source = Mag2, LinkLayerIdentifier = OtherInterface }).Should().Equal(prefixes);
    }

    [Theory]
    [InlineData(HandoffIndicator.AttachmentOverNewInterface, false)]
    [InlineData(HandoffIndicator.HandoffBetweenInterfaces, true)]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways, true)]
    [InlineData(HandoffIndicator.HandoffStateNotChanged, false)]
    public void MobileNode_WithOneSessionAndNoInterfaceNamed(HandoffIndicator handoff, bool isUpdate)
    {
        var unnamed = Valid with { LinkLayerIdentifier = null };
        var prefixes = _anchor.Register(unnamed);

        _anchor.Register(unnamed with { Source = Mag2, Handoff = handoff }).SequenceEqual(prefixes).Should().Be(isUpdate);
    }

    [Fact]
    public void MobileNode_WithTwoSessionsAndNoInterfaceNamed_GetsAThird()
    {
        var unnamed = Valid with { LinkLayerIdentifier = null };
        var known = _anchor.Register(unnamed).Concat(_anchor.Register(unnamed)).ToList();

        var third = _anchor.Register(unnamed with { Source = Mag2, Handoff = HandoffIndicator.HandoffBetweenMobileAccessGateways });

        known.Should().HaveCount(2).And.NotContain(third);
    }

    [Theory]
    [InlineData("prefix")]
    [InlineData("interface")]
    [InlineData("mobile node")]
    public void DeRegistration_WithoutSession_IsIgnored(string key)
    {
        var actions = _anchor.Send(
            Valid with
            {
                LifetimeUnits = 0,
                Handoff = HandoffIndicator.HandoffStateUnknown,
                Prefixes = [key == "prefix" ? Pool.Subnet(64, 7) : Ipv6Prefix.AllZero],
                LinkLayerIdentifier = key == "mobile node" ? null : Valid.LinkLayerIdentifier,
            }
        );

        actions.WithoutLog().Should().BeEmpty();
    }
}
