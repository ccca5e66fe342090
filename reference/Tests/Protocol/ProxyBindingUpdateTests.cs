using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 5.3.1, 5.3.2 and 5.3.6.</summary>
public class ProxyBindingUpdateTests
{
    private readonly AnchorFixture _anchor = new();

    public static TheoryData<string, BindingStatus> SingleFaults =>
        new()
        {
            { "no identifier", BindingStatus.MISSING_MN_IDENTIFIER_OPTION },
            { "gateway", BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG },
            { "unknown", BindingStatus.NOT_LMA_FOR_THIS_MOBILE_NODE },
            { "disabled", BindingStatus.PROXY_REG_NOT_ENABLED },
            { "timestamp", BindingStatus.TIMESTAMP_MISMATCH },
            { "no prefix", BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION },
            { "no handoff", BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION },
            { "no technology", BindingStatus.MISSING_ACCESS_TECH_TYPE_OPTION },
            { "foreign prefix", BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX },
        };

    /// <summary>Every pair of faults that one request can have; the first is reported.</summary>
    public static TheoryData<string, string> FaultPairs()
    {
        var order = SingleFaults.Select(row => row.Data.Item1).ToList();
        var pairs = new TheoryData<string, string>();
        for (var first = 0; first < order.Count; first++)
        {
            for (var second = first + 1; second < order.Count; second++)
            {
                if (!IsImpossible(order[first], order[second]))
                {
                    pairs.Add(order[first], order[second]);
                }
            }
        }

        return pairs;

        // Faults of the same option are mutually exclusive.
        static bool IsImpossible(string first, string second) =>
            (first, second) is ("no identifier", "unknown" or "disabled") or ("unknown", "disabled") or ("no prefix", "foreign prefix");
    }

    [Theory]
    [MemberData(nameof(SingleFaults))]
    public void Request_WithOneFault_IsRejectedWithItsStatusAndLeavesNothing(string fault, BindingStatus status)
    {
        var actions = _anchor.Send(With(Valid, fault));

        actions.Only<BindingAcknowledgement>().Status.Should().Be(status);
        actions.WithoutLog().Should().ContainSingle("the answer is the only action");
    }

    [Theory]
    [MemberData(nameof(FaultPairs))]
    public void Request_WithTwoFaults_IsRejectedForTheFirstOfTheSection(string first, string second)
    {
        var status = SingleFaults.Single(row => row.Data.Item1 == first).Data.Item2;

        _anchor.Ask(With(With(Valid, second), first)).Status.Should().Be(status);
    }

    [Fact]
    public void Registration_OfNewMobileNode_CreatesSessionTunnelAndRoute()
    {
        var actions = _anchor.Send(Valid with { SequenceNumber = 77 });

        var answer = actions.Only<BindingAcknowledgement>();
        var prefix = PrefixesIn(answer).Should().ContainSingle().Which;
        Pool.Contains(prefix).Should().BeTrue();
        actions
            .WithoutLog()
            .Take(2)
            .Should()
            .Equal(new RoleAction.AddTunnel(TunnelTo(Mag1)), new RoleAction.AddRoute(RouteTo(prefix, Mag1)));
        var sent = actions.OfType<RoleAction.SendSignal>().Single();
        sent.Path.Should().Be(new Ipv6Signaling(Anchor, Mag1));
        answer.IsProxy.Should().BeTrue();
        answer.SequenceNumber.Should().Be(77);
        answer.LifetimeUnits.Should().Be(150);
    }

    [Fact]
    public void Registration_WithAllOptions_HasThemEchoedInTheOrderOfTheFigure()
    {
        var answer = _anchor.Ask(Valid with { LinkLocal = IPAddress.IPv6Any });

        answer
            .Options.Select(option => option.Type)
            .Should()
            .Equal(
                (byte)MobilityOptionType.MobileNodeIdentifier,
                (byte)MobilityOptionType.HomeNetworkPrefix,
                (byte)MobilityOptionType.HandoffIndicator,
                (byte)MobilityOptionType.AccessTechnologyType,
                (byte)MobilityOptionType.Timestamp,
                (byte)MobilityOptionType.MobileNodeLinkLayerIdentifier,
                (byte)MobilityOptionType.LinkLocalAddress
            );
        answer.Options.First<MobileNodeIdentifierOption>()!.Nai.Should().Be(Valid.Nai);
        answer.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.AttachmentOverNewInterface);
        answer.Options.First<AccessTechnologyTypeOption>()!.Value.Should().Be(AccessTechnologyType.Ieee8023);
        answer.Options.First<TimestampOption>()!.Value.Should().Be(Timestamp.FromUtc(_anchor.Role.TrueTime));
        answer.Options.First<MobileNodeLinkLayerIdentifierOption>()!.Identifier.Should().Be(new OctetString(Valid.LinkLayerIdentifier));
    }

    [Fact]
    public void Registration_WithoutOptionalOptions_HasNoneInTheAnswer()
    {
        var answer = _anchor.Ask(Valid with { HasTimestamp = false, LinkLayerIdentifier = null });

        answer.Options.Has<TimestampOption>().Should().BeFalse();
        answer.Options.Has<MobileNodeLinkLayerIdentifierOption>().Should().BeFalse();
        answer.Options.Has<LinkLocalAddressOption>().Should().BeFalse();
    }

    [Fact]
    public void Rejection_OfBareRequest_HasTheMandatoryOptionsWithZeros()
    {
        var answer = _anchor.Ask(
            Valid with
            {
                Nai = null,
                Prefixes = [],
                Handoff = null,
                Technology = null,
                HasTimestamp = false,
                LinkLayerIdentifier = null,
            }
        );

        answer.Status.Should().Be(BindingStatus.MISSING_MN_IDENTIFIER_OPTION);
        answer.LifetimeUnits.Should().Be(0);
        answer.Options.First<MobileNodeIdentifierOption>()!.DataLength.Should().Be(1);
        PrefixesIn(answer).Should().ContainSingle().Which.IsAllZero.Should().BeTrue();
        answer.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.Reserved);
        answer.Options.First<AccessTechnologyTypeOption>()!.Value.Should().Be(AccessTechnologyType.Reserved);
        answer.Options.Should().HaveCount(4);
    }

    [Fact]
    public void Rejection_RepeatsTheRequestsPrefixesAndLinkLocalAddress()
    {
        var (foreign, uploaded) = (Ipv6Prefix.Parse("2001:db8:dead::/64"), IPAddress.Parse("fe80::77"));
        var answer = _anchor.Ask(Valid with { Prefixes = [Static1, foreign], LinkLocal = uploaded });

        answer.Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        PrefixesIn(answer).Should().Equal(Static1, foreign);
        answer.Options.First<LinkLocalAddressOption>()!.Address.Should().Be(uploaded);
    }

    [Fact]
    public void Registration_ForLongerThanTheMaximum_IsGrantedTheMaximum() =>
        _anchor.Ask(Valid with { LifetimeUnits = ushort.MaxValue }).LifetimeUnits.Should().Be(900);

    [Fact]
    public void Registration_OfTwoPrefixMobileNode_GetsTwoDifferentOnes() =>
        _anchor.Register(Valid with { Nai = "mn1@two-prefix.pmip.example" }).Should().HaveCount(2).And.OnlyHaveUniqueItems();

    [Fact]
    public void Registrations_OfManyMobileNodes_NeverShareAPrefix()
    {
        var prefixes = Enumerable.Range(0, 200).SelectMany(n => _anchor.Register(Valid with { Nai = $"mn{n}@two-prefix.pmip.example" }));

        prefixes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Registration_WithPrefixesOfItsProfile_GetsThem()
    {
        var update = Valid with { Nai = "mn1@static.pmip.example" };

        _anchor.Register(update).Should().Equal(Static1, Static2);
        _anchor.Ask(update with { Nai = "mn2@static.pmip.example" }).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
    }

    [Fact]
    public void Registration_ForFreePrefixOfThePool_IsGrantedIt()
    {
        var wanted = Pool.Subnet(64, 0x1234);

        _anchor.Register(Valid with { Prefixes = [wanted] }).Should().Equal(wanted);
    }

    [Theory]
    [InlineData("2001:db8:8000::/48")]
    [InlineData("2001:db8:8000::/63")]
    [InlineData("2001:db8:9000:1::/64")]
    public void Registration_ForPrefixThatIsNotTheMobileNodes_IsRejectedWith155(string prefix) =>
        _anchor
            .Ask(Valid with { Prefixes = [Ipv6Prefix.Parse(prefix)] })
            .Status.Should()
            .Be(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);

    [Fact]
    public void Registration_WithThePoolUsedUp_IsRejectedWith130UntilAPrefixIsFree()
    {
        var anchor = new AnchorFixture(Settings with { PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/63") });
        var first = Valid with { Nai = "mn1@dynamic.pmip.example" };
        var prefix = anchor.Register(first);
        anchor.Register(Valid with { Nai = "mn2@dynamic.pmip.example" });
        var third = Valid with { Nai = "mn3@dynamic.pmip.example" };

        anchor.Ask(third).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
        anchor.Ask(first with { LifetimeUnits = 0 });
        anchor.Role.Advance(Settings.MinDelayBeforeBCEDelete);
        anchor.Register(third).Should().Equal(prefix);
    }

    [Fact]
    public void AlternateCareOfAddress_IsTheTunnelsEnd_AndTheAnswerGoesToTheSource()
    {
        var elsewhere = IPAddress.Parse("2001:db8:100::bb");
        var actions = _anchor.Send(Valid with { AlternateCareOfAddress = elsewhere });

        actions.Should().ContainEquivalentOf(new RoleAction.AddTunnel(TunnelTo(elsewhere)));
        actions.OfType<RoleAction.SendSignal>().Single().Path.Destination.Should().Be(Mag1);
    }

    [Fact]
    public void LinkLocalAddress_IsGeneratedOnce_AndReplacedByAnUploadedOne()
    {
        var ask = Valid with { LinkLocal = IPAddress.IPv6Any };
        var (generated, uploaded) = (LinkLocalIn(_anchor.Ask(ask)), IPAddress.Parse("fe80::77"));

        generated.IsIPv6LinkLocal.Should().BeTrue();
        LinkLocalIn(_anchor.Ask(ask)).Should().Be(generated);
        LinkLocalIn(_anchor.Ask(ask with { Source = Mag2 })).Should().Be(generated);
        LinkLocalIn(_anchor.Ask(ask with { Source = Mag2, LinkLocal = uploaded })).Should().Be(uploaded);
        LinkLocalIn(_anchor.Ask(ask with { Source = Mag2 })).Should().Be(uploaded);
    }

    [Fact]
    public void Request_WithUnknownOption_IsAccepted() =>
        _anchor.Register(Valid with { Extra = [new UnknownOption(200, new OctetString([1, 2, 3]))] }).Should().ContainSingle();

    [Fact]
    public void BindingUpdate_WithoutProxyFlag_IsIgnored()
    {
        var actions = _anchor.Send(Valid with { Flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration });

        actions.Should().ContainSingle().Which.Should().BeOfType<RoleAction.Log>();
    }

    [Fact]
    public void Request_ToAnotherAddress_IsIgnored()
    {
        var actions = _anchor.Role.Signal(Mag1, IPAddress.Parse("2001:db8:200::1"), Valid.ToMessage(_anchor.Role.TrueTime));

        actions.WithoutLog().Should().BeEmpty();
    }

    /// <summary>A rejection repeats what was requested, and says more.</summary>
    [Fact]
    public void Request_WhoseAnswerFitsIntoNoMessage_IsNotAnswered()
    {
        const int mostInAMessage = 85;
        var crowded = Valid with
        {
            Nai = null,
            Source = Mag3,
            Prefixes = [.. Enumerable.Range(1, mostInAMessage).Select(index => Pool.Subnet(64, (ulong)index))],
            Handoff = null,
            Technology = null,
            HasTimestamp = false,
            LinkLayerIdentifier = null,
        };

        var actions = _anchor.Send(crowded);

        actions.WithoutLog().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().ContainSingle(log => log.Rule == "AnswerTooLong");
        _anchor.Register(Valid).Should().ContainSingle();
    }

    [Fact]
    public void Started_AddsBlackholeRoutesForAllOwnPrefixes() =>
        _anchor
            .StartActions.Should()
            .Equal(
                new RoleAction.AddRoute(BlackholeTo(Pool)),
                new RoleAction.AddRoute(BlackholeTo(Static1)),
                new RoleAction.AddRoute(BlackholeTo(Static2))
            );

    private static IPAddress LinkLocalIn(BindingAcknowledgement answer) => answer.Options.First<LinkLocalAddressOption>()!.Address;

    private static TestUpdate With(TestUpdate update, string fault) =>
        fault switch
        {
            "no identifier" => update with { Nai = null },
            "gateway" => update with { Source = Mag3 },
            "unknown" => update with { Nai = "mn1@unknown.pmip.example" },
            "disabled" => update with { Nai = "mn1@disabled.pmip.example" },
            "timestamp" => update with { TimestampOffset = TimeSpan.FromSeconds(-1) },
            "no prefix" => update with { Prefixes = [] },
            "no handoff" => update with { Handoff = null },
            "no technology" => update with { Technology = null },
            "foreign prefix" => update with { Prefixes = [Ipv6Prefix.Parse("2001:db8:dead::/64")] },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}
