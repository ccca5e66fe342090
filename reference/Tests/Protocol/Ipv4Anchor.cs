using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A local mobility anchor with IPv4 support, and updates that ask it for IPv4.</summary>
internal static class Ipv4Anchor
{
    public const string Any = "0.0.0.0",
        First = "198.18.0.2",
        Fixed = "198.18.255.77",
        Unassigned = "198.18.255.1",
        Foreign = "203.0.113.99";

    public const byte Length = 16;

    public static readonly IPAddress Router = IPAddress.Parse("198.18.0.1");

    public static readonly Ipv4AnchorSettings Ipv4 = new()
    {
        HomeNetwork = IpPrefix.Parse("198.18.0.0/16"),
        DefaultRouter = Router,
        AddressPool = IpPrefix.Parse("198.18.0.0/24"),
    };

    public static readonly LocalMobilityAnchorSettings Settings = AnchorFixture.Settings with
    {
        Ipv4 = Ipv4,
        MobileNodes =
        [
            .. AnchorFixture.Settings.MobileNodes,
            new MobileNodePolicy { IdentifierPattern = "*@ipv4-only.pmip.example", IpVersions = IpVersions.Ipv4 },
            new MobileNodePolicy { IdentifierPattern = "*@ipv6-only.pmip.example", IpVersions = IpVersions.Ipv6 },
            new MobileNodePolicy { IdentifierPattern = "*@fixed-ipv4.pmip.example", Ipv4HomeAddresses = [IPAddress.Parse(Fixed)] },
            new MobileNodePolicy { IdentifierPattern = "*@two-ipv4.pmip.example", Ipv4AddressCount = 2 },
        ],
    };

    public static AnchorFixture Fixture(Func<Ipv4AnchorSettings, Ipv4AnchorSettings>? change = null) =>
        new(Settings with { Ipv4 = (change ?? (ipv4 => ipv4))(Ipv4) });

    /// <summary>An update with a request option of RFC 5844 for each address.</summary>
    public static TestUpdate Asking(this TestUpdate update, params IReadOnlyList<string> addresses) =>
        update with
        {
            Extra =
            [
                .. addresses.Select(address => new Ipv4HomeAddressRequestOption(
                    IPAddress.Parse(address),
                    address == Any ? (byte)0 : Length
                )),
            ],
        };

    /// <summary>An update for IPv4 alone.</summary>
    public static TestUpdate AskingOnly(this TestUpdate update, params IReadOnlyList<string> addresses) =>
        update.Asking(addresses) with
        {
            Prefixes = [],
        };

    /// <summary>Status, address and prefix length of each reply option.</summary>
    public static IEnumerable<(int Status, string Address, int Length)> Replies(this BindingAcknowledgement answer) =>
        answer
            .Options.All<Ipv4HomeAddressReplyOption>()
            .Select(option => ((int)option.Status, $"{option.HomeAddress}", (int)option.PrefixLength));

    /// <summary>Registers, and returns the assigned IPv4 address.</summary>
    public static string RegisterIpv4(this AnchorFixture anchor, TestUpdate update)
    {
        var answer = anchor.Ask(update);
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        return answer.Replies().Should().ContainSingle().Which.Address;
    }

    public static Route RouteTo(string address, IPAddress gateway) =>
        new(IpPrefix.Of(IPAddress.Parse(address)), new RouteTarget.IntoTunnel(TunnelTo(gateway)));
}
