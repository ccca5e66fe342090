using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4Anchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Where the drafts of RFC 5844 decide otherwise.</summary>
public sealed class Ipv4EditionTests
{
    private readonly AnchorFixture _draft04 = Fixture(ipv4 => ipv4 with { Edition = Ipv4Edition.Draft04, GatewayActsAsDhcpServer = true });
    private readonly AnchorFixture _draft02 = Fixture(ipv4 => ipv4 with { Edition = Ipv4Edition.Draft02, GatewayActsAsDhcpServer = true });

    [Fact]
    public void Edition_DecidesTheOptions()
    {
        Types(_draft04.Ask(Home(Valid, Any))).Should().Equal(8, 22, 30, 38, 23, 24, 27, 25);
        Types(_draft02.Ask(Home(Valid, Any))).Should().Equal(8, 22, 30, 23, 24, 27, 25);
    }

    [Fact]
    public void OptionOfAnotherEdition_IsIgnored()
    {
        Types(_draft04.Ask(Valid.Asking(Any))).Should().NotContain([30, 37, 38]);
        Fixture().Ask(Home(Valid, Any)).Replies().Should().BeEmpty();
    }

    [Fact]
    public void Draft04_AssignsSeveralAddresses_AndRoutesEach()
    {
        var actions = _draft04.Send(HomeOnly(Valid with { Nai = "mn1@two-ipv4.pmip.example" }, Any));

        Answers(actions.Only<BindingAcknowledgement>()).Should().Equal((0, First, Length), (0, "198.18.0.3", Length));
        actions
            .OfType<RoleAction.AddRoute>()
            .Select(add => add.Route)
            .Should()
            .Equal(Ipv4Anchor.RouteTo(First, Mag1), Ipv4Anchor.RouteTo("198.18.0.3", Mag1));
    }

    [Fact]
    public void Draft04_AcceptsSeveralRequests_AndAnswersEachOfARejection()
    {
        _draft04.Ask(HomeOnly(Valid, Unassigned, "198.18.255.2")).Status.Should().Be(BindingStatus.ACCEPTED);

        var rejection = _draft04.Ask(HomeOnly(Valid with { Nai = "mn2@dynamic.pmip.example" }, "198.18.255.3", Foreign));

        rejection.Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        Answers(rejection).Should().Equal((129, "198.18.255.3", Length), (129, Foreign, Length));
    }

    [Fact]
    public void Draft04_LooksSessionsUpByTheWholeSet()
    {
        var update = Valid with { Nai = "mn1@two-ipv4.pmip.example" };
        _draft04.Ask(HomeOnly(update, Any));

        string[][] others =
        [
            [First],
            [First, "198.18.0.3", Unassigned],
            [First, Unassigned],
            [First, Any],
        ];
        foreach (var other in others)
        {
            _draft04.Ask(HomeOnly(update, other)).Status.Should().Be(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH);
        }
        _draft04.Ask(HomeOnly(update, "198.18.0.3", First)).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Theory]
    [InlineData(Ipv4Edition.Draft04)]
    [InlineData(Ipv4Edition.Draft02)]
    public void Drafts_KnowNoSelectiveDeRegistration_AndNoFamilyLeftOut(Ipv4Edition edition)
    {
        var anchor = Fixture(ipv4 => ipv4 with { Edition = edition });
        var prefix = PrefixesIn(anchor.Ask(Home(Valid, Any))).Single();

        anchor.Send(HomeOnly(Valid with { Source = Mag2 }, First));
        var entry = Sessions(anchor).Single();
        entry.Binding.HomeNetworkPrefixes.Should().Equal(prefix);

        anchor.Send(HomeOnly(Valid with { Source = Mag2, LifetimeUnits = 0 }, First));
        Sessions(anchor).Single().Should().BeOfType<BindingCacheEntry.PendingDeletion>();
    }

    [Fact]
    public void Draft02_RepeatsTheAllocatedAddress_InEveryRejection()
    {
        _draft02.Ask(HomeOnly(Valid, Any));

        var rejection = _draft02.Ask(HomeOnly(Valid, Any) with { TimestampOffset = TimeSpan.FromHours(-1) });

        rejection.Status.Should().Be(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        Answers(rejection).Should().Equal((128, First, Length));
    }

    [Fact]
    public void Draft02_AnswersARequestWithoutAnOption_WithAllZero()
    {
        var rejection = _draft02.Ask(Valid with { Prefixes = [] });

        rejection.Status.Should().Be(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION);
        Answers(rejection).Should().Equal((128, Any, 0));
    }

    [Fact]
    public void Draft02_RefusesAnAddressAdministratively()
    {
        var rejection = _draft02.Ask(HomeOnly(Valid, Foreign));

        rejection.Status.Should().Be(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        Answers(rejection).Should().Equal((129, Foreign, Length));
        _draft02.Ask(HomeOnly(Valid, Any, Any)).Status.Should().Be(BindingStatus.REASON_UNSPECIFIED);
    }

    private static TestUpdate Home(TestUpdate update, params IReadOnlyList<string> addresses) =>
        update with
        {
            Extra =
            [
                .. addresses.Select(address => new Ipv4HomeAddressOption(
                    IPAddress.Parse(address),
                    address == Any ? (byte)0 : Length,
                    RequestsPrefix: false
                )),
            ],
        };

    private static TestUpdate HomeOnly(TestUpdate update, params IReadOnlyList<string> addresses) =>
        Home(update, addresses) with
        {
            Prefixes = [],
        };

    private static IEnumerable<byte> Types(BindingAcknowledgement answer) => answer.Options.Select(option => option.Type);

    private static IEnumerable<(int Status, string Address, int Length)> Answers(BindingAcknowledgement answer) =>
        answer
            .Options.All<Ipv4AddressAcknowledgementOption>()
            .Select(option => ((int)option.Status, $"{option.HomeAddress}", (int)option.PrefixLength));

    private static IReadOnlyList<BindingCacheEntry> Sessions(AnchorFixture anchor) =>
        ((LocalMobilityAnchor)anchor.Role.Tested).Snapshot().Bindings;
}
