using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>The three roles of Mobile IPv6 together, each on its stack, from link to link and home again.</summary>
public sealed class MobileIpv6NetworkTests
{
    public static TheoryData<McoaEdition> Editions => [McoaEdition.None, McoaEdition.Draft04, McoaEdition.Rfc5648];

    public static TheoryData<McoaEdition> McoaEditions => [McoaEdition.Draft04, McoaEdition.Rfc5648];

    [Theory]
    [MemberData(nameof(Editions))]
    public void MobileNode_MovesFromLinkToLink_AndComesHome(McoaEdition edition)
    {
        var network = new MobileIpv6Network(edition);

        network.Attach(Link1);
        network.AtHomeAgent.Should().Equal(CareOf1);
        Pings(network, 1, Link1, IpProtocol.Ipv6);

        network.Detach(Link1);
        network.Attach(Link2);
        network.AtHomeAgent.Should().Contain(CareOf2);
        Pings(network, 2, Link2, IpProtocol.Ipv6);

        network.Detach(Link2);
        network.Attach(HomeLink);
        network.AtHomeAgent.Should().BeEmpty();
        Pings(network, 3, HomeLink, IpProtocol.Icmpv6);

        network.Detach(HomeLink);
        network.Attach(Link1);
        network.AtHomeAgent.Should().Equal(CareOf1);
        Pings(network, 4, Link1, IpProtocol.Ipv6);
    }

    [Theory]
    [MemberData(nameof(McoaEditions))]
    public void SeveralCareOfAddresses_ServeAtOnce(McoaEdition edition)
    {
        var network = new MobileIpv6Network(edition, settings => settings with { RegistersInBulk = true });
        network.Attach(Link1);
        network.Attach(Link2);
        network.AtHomeAgent.Should().BeEquivalentTo([CareOf1, CareOf2]);
        network.Ping(1).Should().BeTrue();

        network.Detach(Link1);

        network.AtHomeAgent.Should().Equal(CareOf2);
        Pings(network, 1, Link2, IpProtocol.Ipv6);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Correspondent_OfAPingThroughTheTunnel_GetsBindings(McoaEdition edition)
    {
        var network = new MobileIpv6Network(edition, settings => settings with { OptimizesRoutes = true });
        network.Attach(Link1);
        network.Ping(1).Should().BeTrue();
        network.Network.RunSeconds(10);
        network.AtCorrespondent.Should().Equal(CareOf1);

        network.Ping(2).Should().BeTrue();
        network.HeadersOfPing.Should().BeEquivalentTo([IpProtocol.DestinationOptions, IpProtocol.Routing]);

        network.Attach(Link2);
        network.Detach(Link1);
        network.AtCorrespondent.Should().Contain(CareOf2);
        network.Ping(3).Should().BeTrue();
        network.PathOfPing.Should().Equal(Link2);
    }

    [Theory]
    [InlineData(McoaEdition.Rfc5648)]
    public void HomeAndForeignLinks_ServeAtOnce(McoaEdition edition)
    {
        var network = new MobileIpv6Network(edition, settings => settings with { AtHome = ReturnPolicy.Simultaneous });
        network.Attach(Link1);

        network.Attach(HomeLink);

        network.AtHomeAgent.Should().BeEquivalentTo([CareOf1, HomeAddress]);
        network.Ping(1).Should().BeTrue();
        network.Detach(HomeLink);
        Pings(network, 1, Link1, IpProtocol.Ipv6);
    }

    private static void Pings(MobileIpv6Network network, ushort identifier, LinkId link, byte header)
    {
        network.Ping(identifier).Should().BeTrue("the correspondent answers to the home address");
        network.PathOfPing.Should().Equal(link);
        network.HeadersOfPing.Should().Equal(header);
    }
}
