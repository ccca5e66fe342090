using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.2, 6.6 and 6.9.5: what the profile of a mobile node and the settings of its link decide.</summary>
public class GatewayProfileTests
{
    private readonly GatewayFixture _gateway = Of(
        new MobileNodeProfile { IdentifierPattern = "025e00000001@*", MobileNodeIdentifier = "alias-*" },
        new MobileNodeProfile
        {
            IdentifierPattern = "025e0000*@dynamic.pmip.example",
            HomeNetworkPrefixes = [OtherPrefix],
            HomeNetworkPrefixPatterns = ["2001:db8:8001:*::/64", "no prefix"],
        }
    );

    [Fact]
    public void Identifier_IsThatOfThePolicyStore_InEveryMessage()
    {
        Identifier(_gateway.Solicit()).Should().Be("alias-dynamic.pmip.example");
        _gateway.Answer().Advertisements().Should().ContainSingle();
        Identifier(_gateway.Advance(TimeSpan.FromSeconds(300))).Should().Be("alias-dynamic.pmip.example");
        _gateway.Answer();
        Identifier(_gateway.Handle(new RoleInput.LinkDown(Link1))).Should().Be("alias-dynamic.pmip.example");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void PolicyOnLocalRouting_DecidesForThePacketsOfItsMobileNode_AndTheFlagForThoseOfOthers(bool policy, bool flag)
    {
        var gateway = new GatewayFixture(
            Settings with
            {
                EnableMAGLocalRouting = flag,
                Profiles = [new MobileNodeProfile { IdentifierPattern = "025e00000001@*", EnableMAGLocalRouting = policy }],
            }
        );
        gateway.Register();

        var between = gateway
            .Register(Link2, Mac2, [OtherPrefix])
            .OfType<RoleAction.AddRoute>()
            .Select(add => add.Route)
            .Where(route => route is { From: not null, Target: RouteTarget.OnLink });

        between
            .Should()
            .Equal(
                policy
                    ? new Route(OtherPrefix, new RouteTarget.OnLink(Link2)) { From = Prefix }
                    : new Route(Prefix, new RouteTarget.OnLink(Link1)) { From = OtherPrefix }
            );
    }

    [Fact]
    public void TwoIdentitiesOnAccess_OfOneMobileNode_HaveOneIdentifier()
    {
        var gateway = Of(new MobileNodeProfile { IdentifierPattern = "*", MobileNodeIdentifier = "stable@pmip.example" });

        Identifier(gateway.Solicit()).Should().Be("stable@pmip.example");
        Identifier(gateway.Solicit(Link2, Mac2)).Should().Be("stable@pmip.example");
    }

    [Fact]
    public void ProfileWithoutIdentifier_KeepsThatOfTheAccess_AndNamesThePrefixesOfTheMobileNode()
    {
        var request = _gateway.Solicit(mac: Mac2).Only<BindingUpdate>();

        request.Options.First<MobileNodeIdentifierOption>()!.Nai.Should().Be("025e00000002@dynamic.pmip.example");
        Prefixes(request).Should().Equal(OtherPrefix, Ipv6Prefix.Parse("2001:db8:8001:2::/64"));
    }

    [Fact]
    public void PrefixesOfAnInterface_AreRequestedForThatInterfaceAlone()
    {
        var gateway = Of(
            new MobileNodeProfile
            {
                IdentifierPattern = "*",
                MobileNodeIdentifier = "multihomed@pmip.example",
                HomeNetworkPrefixes = [Prefix],
                InterfacePrefixes = [new InterfacePrefixes { MacPattern = "02:5E:00:00:00:02", HomeNetworkPrefixes = [OtherPrefix] }],
            }
        );

        Prefixes(gateway.Solicit().Only<BindingUpdate>()).Should().Equal(Prefix);
        Prefixes(gateway.Solicit(Link2, Mac2).Only<BindingUpdate>()).Should().Equal(OtherPrefix);
        Prefixes(gateway.Handle(new RoleInput.LinkUp(Bound)).Only<BindingUpdate>()).Should().Equal([Prefix], "the interface is not known");
    }

    [Fact]
    public void RefusedPrefixesOfTheProfile_AreNotRequestedAgain()
    {
        _gateway.Solicit(mac: Mac2);

        var again = _gateway.Answer(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);

        Prefixes(again.Only<BindingUpdate>()).Should().Equal(Ipv6Prefix.AllZero);
    }

    [Theory]
    [InlineData("*@*", "*@pmip.example", null)]
    [InlineData("mn1@pmip.example", "*@pmip.example", null)]
    [InlineData("*@*", null, "2001:db8:*::/64")]
    public void Format_WithoutOneStarToReferTo_IsRefused(string pattern, string? identifier, string? prefix)
    {
        var profile = new MobileNodeProfile
        {
            IdentifierPattern = pattern,
            MobileNodeIdentifier = identifier,
            HomeNetworkPrefixPatterns = prefix is null ? [] : [prefix],
        };

        FluentActions.Invoking(() => Of(profile)).Should().Throw<ArgumentException>().WithParameterName("Profiles");
    }

    [Theory]
    [InlineData(null, false, false, true)]
    [InlineData(AddressConfiguration.Stateless, false, true, true)]
    [InlineData(AddressConfiguration.Stateful, true, false, false)]
    [InlineData(AddressConfiguration.Both, true, false, true)]
    public void AddressConfiguration_IsThatOfTheProfile_OnEveryLink(
        AddressConfiguration? configuration,
        bool managed,
        bool otherConfig,
        bool autonomous
    )
    {
        var gateway = Of(new MobileNodeProfile { IdentifierPattern = "*", AddressConfiguration = configuration });

        Flags(gateway.Register().Advertisements()).Should().Be((managed, otherConfig, autonomous));
        Flags(gateway.Register(Link2).Advertisements()).Should().Be((managed, otherConfig, autonomous));
        gateway.Handle(Terminated("025e00000001@dynamic.pmip.example"));
        Flags(gateway.Answer().Advertisements()).Should().Be((managed, otherConfig, autonomous), "the last one agrees with the others");
    }

    [Fact]
    public void PrefixLifetimes_AreThoseOfTheProfile_ForEveryPrefixOnEveryLink()
    {
        var lifetimes = new PrefixLifetimes(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30));
        var gateway = Of(new MobileNodeProfile { IdentifierPattern = "025e00000001@*", PrefixLifetimes = lifetimes });

        Lifetimes(gateway.Register(prefixes: [Prefix, OtherPrefix])).Should().Equal((3_600, 1_800), (3_600, 1_800));
        Lifetimes(gateway.Register(Link2, prefixes: [Prefix, OtherPrefix])).Should().Equal((3_600, 1_800), (3_600, 1_800));
        Lifetimes(gateway.Register(Link1, Mac2)).Should().Equal((2_592_000, 604_800));
    }

    [Theory]
    [InlineData(1_799_000, 1_800_000)]
    [InlineData(-1_000, -1_000)]
    [InlineData(1_500, 1_000)]
    [InlineData(2_000, 1_500)]
    [InlineData(4_294_967_296_000, 1_000)]
    public void PrefixLifetimes_OutsideTheirRange_AreRefused(long valid, long preferred)
    {
        var lifetimes = new PrefixLifetimes(TimeSpan.FromMilliseconds(valid), TimeSpan.FromMilliseconds(preferred));

        FluentActions
            .Invoking(() => Of(new MobileNodeProfile { IdentifierPattern = "*", PrefixLifetimes = lifetimes }))
            .Should()
            .Throw<ArgumentException>()
            .WithParameterName("Profiles");
    }

    [Theory]
    [InlineData(1500, 1460)]
    [InlineData(1460, 1460)]
    [InlineData(1459, 1459)]
    [InlineData(1300, 1300)]
    public void AdvertisedMtu_IsThatOfTheAccessLink_IfThatIsSmaller(uint accessMtu, uint advertised)
    {
        var gateway = new GatewayFixture(
            Settings with
            {
                AccessLinks = [.. Settings.AccessLinks.Select(link => link.Link == Link1 ? link with { Mtu = accessMtu } : link)],
            }
        );

        Mtu(gateway.Register()).Should().Be(advertised);
        Mtu(gateway.Register(Link2, Mac2)).Should().Be(1460);
    }

    [Fact]
    public void AccessLink_WithAnMtuBelowThatOfIpv6_IsRefused() =>
        FluentActions
            .Invoking(() =>
                new GatewayFixture(Settings with { AccessLinks = [.. Settings.AccessLinks.Select(link => link with { Mtu = 1279 })] })
            )
            .Should()
            .Throw<ArgumentException>()
            .WithParameterName("AccessLinks");

    private static GatewayFixture Of(params IReadOnlyList<MobileNodeProfile> profiles) => new(Settings with { Profiles = profiles });

    private static string Identifier(IReadOnlyList<RoleAction> actions) =>
        actions.Only<BindingUpdate>().Options.First<MobileNodeIdentifierOption>()!.Nai;

    private static IEnumerable<Ipv6Prefix> Prefixes(BindingUpdate request) =>
        request.Options.OfType<HomeNetworkPrefixOption>().Select(option => option.Prefix);

    private static (bool Managed, bool OtherConfig, bool Autonomous) Flags(IReadOnlyList<RouterAdvertisement> sent)
    {
        var advertisement = sent.Should().ContainSingle().Subject;
        var prefix = advertisement.Options.First<PrefixInformationOption>()!;
        return (advertisement.Managed, advertisement.OtherConfig, prefix.Autonomous);
    }

    private static RoleInput.Administer Terminated(string identifier) =>
        new(new AdministrativeAction.TerminateSessions(MobileNodeIdentifierOption.ForNai(identifier)));

    private static IEnumerable<(uint Valid, uint Preferred)> Lifetimes(IReadOnlyList<RoleAction> actions) =>
        actions
            .Advertisements()
            .Should()
            .ContainSingle()
            .Which.Options.OfType<PrefixInformationOption>()
            .Select(option => (option.ValidLifetimeSeconds, option.PreferredLifetimeSeconds));

    private static uint Mtu(IReadOnlyList<RoleAction> actions) =>
        actions.Advertisements().Should().ContainSingle().Which.Options.First<MtuOption>()!.Mtu;
}
