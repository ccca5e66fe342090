using System.Net;
using FluentAssertions;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;
using static Pmip.Reference.Tests.Protocol.Ipv4Anchor;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Sections 3.1.2.1 and 3.1.2.2: requests that are rejected, and the answers to them (Section 3.1.2.6).</summary>
public sealed class Ipv4AdmissionTests
{
    private readonly AnchorFixture _anchor = Fixture();

    [Fact]
    public void NeitherPrefixNorAddress_Is158()
    {
        var answer = _anchor.Ask(Valid with { Prefixes = [] });

        answer.Status.Should().Be(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION);
        answer.Replies().Should().BeEmpty();
        PrefixesIn(answer).Should().Equal(Ipv6Prefix.AllZero);
    }

    [Theory]
    [InlineData("dynamic", 2, BindingStatus.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED, 128)]
    [InlineData("ipv6-only", 1, BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE, 129)]
    [InlineData("ipv4-only", 1, BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE, 128)]
    [InlineData("ipv6-only", 2, BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE, 129)]
    [InlineData("ipv4-only", 2, BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE, 128)]
    public void RequestForBothVersions_IsRejectedByTheFirstOfItsFaults(string kind, int requests, BindingStatus status, int replyStatus)
    {
        var update = Valid with { Nai = $"mn1@{kind}.pmip.example" };

        var answer = _anchor.Ask(update.Asking([.. Enumerable.Repeat(Unassigned, requests)]));

        answer.Status.Should().Be(status);
        answer.Replies().Should().Equal(Enumerable.Repeat((replyStatus, Unassigned, (int)Length), requests));
        answer.Options.Has<Ipv4DefaultRouterAddressOption>().Should().BeFalse();
        answer.LifetimeUnits.Should().Be(0);
        _anchor
            .Send(update.AskingOnly(Unassigned) with { LifetimeUnits = 0 })
            .Messages<BindingAcknowledgement>()
            .Should()
            .NotContain(later => later.Status == BindingStatus.ACCEPTED);
    }

    [Theory]
    [InlineData("ipv4-only", false, true)]
    [InlineData("ipv6-only", true, false)]
    [InlineData("dynamic", true, true)]
    [InlineData("dynamic", true, false)]
    [InlineData("dynamic", false, true)]
    public void RequestForTheVersionsOfTheProfile_IsAccepted(string kind, bool ipv6, bool ipv4)
    {
        var update = Valid with { Nai = $"mn1@{kind}.pmip.example", Prefixes = ipv6 ? [Ipv6Prefix.AllZero] : [] };

        var answer = _anchor.Ask(ipv4 ? update.Asking(Any) : update);

        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        PrefixesIn(answer).Should().HaveCount(ipv6 ? 1 : 0);
        answer.Replies().Should().HaveCount(ipv4 ? 1 : 0);
        answer.Options.Has<Ipv4DefaultRouterAddressOption>().Should().Be(ipv4);
    }

    [Fact]
    public void PrefixForAnIpv4OnlyMobileNode_Is172() =>
        _anchor
            .Ask(Valid with { Nai = "mn1@ipv4-only.pmip.example" })
            .Status.Should()
            .Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE);

    [Fact]
    public void Ipv6NotRouted_RejectsRequestsForBothVersionsOnly()
    {
        var anchor = Fixture(ipv4 => ipv4 with { Ipv6RoutingEnabled = false });

        anchor.Ask(Valid.Asking(Any)).Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE);
        anchor.Ask(Valid.AskingOnly(Any)).Status.Should().Be(BindingStatus.ACCEPTED);
        anchor.Ask(Valid with { Nai = "mn2@dynamic.pmip.example" }).Status.Should().Be(BindingStatus.ACCEPTED, "RFC 5213 alone applies");
    }

    [Fact]
    public void Ipv4NotRouted_RejectsEveryRequestForIpv4()
    {
        var anchor = Fixture(ipv4 => ipv4 with { Ipv4RoutingEnabled = false });

        anchor.Ask(Valid.Asking(Any)).Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE);
        anchor.Ask(Valid.AskingOnly(Any)).Replies().Should().Equal((129, Any, 0));
        anchor.Ask(Valid).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Theory]
    [InlineData("dynamic", Foreign)]
    [InlineData("dynamic", Fixed)]
    [InlineData("dynamic", "198.18.0.1")]
    [InlineData("dynamic", "198.18.0.0")]
    [InlineData("dynamic", "198.18.255.255")]
    [InlineData("fixed-ipv4", Unassigned)]
    public void AddressThatTheMobileNodeMayNotUse_Is171_And129(string kind, string address)
    {
        var update = Valid with { Nai = $"mn1@{kind}.pmip.example" };

        var actions = _anchor.Send(update.AskingOnly(address)).WithoutLog();

        var answer = actions.Only<BindingAcknowledgement>();
        actions.Should().ContainSingle("nothing is set up");
        answer.Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        answer.Replies().Should().Equal((129, address, Length));
        PrefixesIn(answer).Should().BeEmpty();
        answer.Options.Has<Ipv4DefaultRouterAddressOption>().Should().BeFalse();
    }

    [Fact]
    public void AddressOfAnotherMobileNode_Is171_AndStaysWhereItIs()
    {
        var address = _anchor.RegisterIpv4(Valid.Asking(Any));
        var other = Valid with { Nai = "mn2@dynamic.pmip.example", Source = Mag2 };

        var answer = _anchor.Ask(other.AskingOnly(address));

        answer.Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        answer.Replies().Should().Equal((129, address, Length));
        _anchor.RegisterIpv4(Valid.AskingOnly(address)).Should().Be(address);
    }

    [Fact]
    public void NoAddressLeft_Is130_And128_EvenIfThereArePrefixes()
    {
        var anchor = Fixture(ipv4 => ipv4 with { AddressPool = IpPrefix.Parse("198.18.0.4/31") });
        anchor.RegisterIpv4(Valid.Asking(Any) with { Nai = "mn1@dynamic.pmip.example" }).Should().Be("198.18.0.4");
        anchor.RegisterIpv4(Valid.Asking(Any) with { Nai = "mn2@dynamic.pmip.example" }).Should().Be("198.18.0.5");

        var answer = anchor.Ask(Valid.Asking(Any) with { Nai = "mn3@dynamic.pmip.example" });

        answer.Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
        answer.Replies().Should().Equal((128, Any, 0));
        anchor.Ask(Valid.AskingOnly(Unassigned) with { Nai = "mn3@dynamic.pmip.example" }).Status.Should().Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void FixedAddressThatIsTaken_Is130()
    {
        var update = Valid.AskingOnly(Any) with { Nai = "mn1@fixed-ipv4.pmip.example" };
        _anchor.RegisterIpv4(update).Should().Be(Fixed);

        _anchor.Ask(update with { Nai = "mn2@fixed-ipv4.pmip.example" }).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
    }

    /// <summary>RFC 5844, Section 3.1.2.1: the rules of RFC 5213 apply; the answer still has no prefix.</summary>
    [Theory]
    [InlineData("no identifier", BindingStatus.MISSING_MN_IDENTIFIER_OPTION)]
    [InlineData("other gateway", BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG)]
    [InlineData("unknown", BindingStatus.NOT_LMA_FOR_THIS_MOBILE_NODE)]
    [InlineData("no handoff", BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION)]
    [InlineData("no technology", BindingStatus.MISSING_ACCESS_TECH_TYPE_OPTION)]
    [InlineData("late", BindingStatus.TIMESTAMP_MISMATCH)]
    public void RequestForIpv4Alone_IsCheckedByTheRulesOfRfc5213(string fault, BindingStatus status)
    {
        var update = Valid.AskingOnly(Any);
        var answer = _anchor.Ask(
            fault switch
            {
                "no identifier" => update with { Nai = null },
                "other gateway" => update with { Source = Mag3 },
                "unknown" => update with { Nai = "mn1@unknown.pmip.example" },
                "no handoff" => update with { Handoff = null },
                "no technology" => update with { Technology = null },
                _ => update with { TimestampOffset = TimeSpan.FromHours(-1) },
            }
        );

        answer.Status.Should().Be(status);
        answer.Replies().Should().Equal((128, Any, 0));
        PrefixesIn(answer).Should().BeEmpty();
    }

    [Fact]
    public void WithoutIpv4Support_OptionsOfIpv4AreIgnored()
    {
        var anchor = new AnchorFixture();

        var answer = anchor.Ask(Valid.Asking(Any));
        var rejection = anchor.Ask(Valid.AskingOnly(Any));

        answer.Options.Should().OnlyContain(option => option.Type < (byte)MobilityOptionType.Ipv4HomeAddressRequest);
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        rejection.Status.Should().Be(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION);
        PrefixesIn(rejection).Should().Equal(Ipv6Prefix.AllZero);
        rejection.Replies().Should().BeEmpty();
    }

    [Theory]
    [InlineData("2001:db8::/32", "198.18.0.1", null)]
    [InlineData("198.18.0.0/31", "198.18.0.1", null)]
    [InlineData("198.18.0.0/16", "198.19.0.1", null)]
    [InlineData("198.18.0.0/16", "198.18.0.0", null)]
    [InlineData("198.18.0.0/16", "2001:db8::1", null)]
    [InlineData("198.18.0.0/16", "198.18.0.1", "198.19.0.0/24")]
    [InlineData("198.18.0.0/16", "198.18.0.1", "198.16.0.0/12")]
    public void Settings_ThatDoNotFitTogether_AreRefused(string network, string router, string? pool)
    {
        var settings = Ipv4Anchor.Settings with
        {
            MobileNodes = [],
            Ipv4 = new Ipv4AnchorSettings
            {
                HomeNetwork = IpPrefix.Parse(network),
                DefaultRouter = IPAddress.Parse(router),
                AddressPool = pool is null ? null : IpPrefix.Parse(pool),
            },
        };

        settings.Invoking(wrong => wrong.Validate()).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void PolicyThatDoesNotFit_IsRefused()
    {
        var policies = new[]
        {
            new MobileNodePolicy { IdentifierPattern = "*", Ipv4HomeAddresses = [IPAddress.Parse(Foreign)] },
            new MobileNodePolicy { IdentifierPattern = "*", Ipv4AddressCount = 0 },
            new MobileNodePolicy { IdentifierPattern = "*", IpVersions = Pmip.Protocol.IpVersions.None },
        };

        foreach (var policy in policies)
        {
            var settings = Ipv4Anchor.Settings with { MobileNodes = [policy] };
            settings.Invoking(wrong => wrong.Validate()).Should().Throw<ArgumentException>().WithParameterName("MobileNodes");
        }
    }
}
