using Conformance.Testing.Bed;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The policy stores of the configurations mag-profile, mag-esp and mag-regular-access: RFC 5213, Sections 6.2, 6.6, 6.14 and 9.2. The
/// fourth octet of a link-layer address is the number of the kind of mobile node.
/// </summary>
internal static class MagProfiles
{
    /// <summary>A prefix with room for two prefixes of each static mobile node.</summary>
    private static readonly Ipv6Prefix _owned = Ipv6Prefix.Parse("2001:db8:8000::/47");

    /// <summary>The prefix of the second interface of the mobile node with several.</summary>
    private static readonly Ipv6Prefix _ofSecondInterface = Ipv6Prefix.Parse("2001:db8:8001:ee02::/64");

    private static MobileNodeProfile OtherAnchor { get; } =
        new()
        {
            IdentifierPattern = "*@other-anchor.pmip.example",
            LocalMobilityAnchorAddress = ReferenceDomains.MagWithProfiles.Find("LMA2")!.Address,
        };

    public static Ixit Provision(Ixit ixit) =>
        ixit with
        {
            Kinds =
            [
                "dynamic",
                Ixit.StaticKind,
                Ixit.OtherAnchorKind,
                Ixit.PseudonymKind,
                Ixit.TemporaryKind,
                .. Ixit.RoutedKinds,
                Ixit.StatefulKind,
                Ixit.StatelessKind,
                Ixit.ShortLivedKind,
            ],
            LinkLayerPattern = "02:5e:00:{kind}:{n}",
            Multihomed = ixit.Multihomed is { } multihomed ? multihomed with { StaticPrefix = _ofSecondInterface } : null,
            OwnedPrefix = _owned,
            StaticPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:8001:{n}::/64"],
        };

    public static MobileAccessGatewaySettings Provision(MobileAccessGatewaySettings settings) =>
        settings with
        {
            Identification =
            [
                Access("02:5e:00:04:*", "{mac}@static.pmip.example"),
                Access("02:5e:00:05:*", "{mac}@other-anchor.pmip.example"),
                Access("02:5e:00:06:*", "subscriber-{mac}@access.pmip.example"),
                Access("02:5e:00:07:*", "{mac}@temporary-access.pmip.example"),
                Access("02:5e:00:87:*", "{mac}@temporary-access.pmip.example"),
                Access("02:5e:00:0a:*", $"{{mac}}@{Ixit.LocallyRoutedKind}.pmip.example"),
                Access("02:5e:00:0b:*", $"{{mac}}@{Ixit.AlwaysTunnelledKind}.pmip.example"),
                Access("02:5e:00:0c:*", $"{{mac}}@{Ixit.StatefulKind}.pmip.example"),
                Access("02:5e:00:0d:*", $"{{mac}}@{Ixit.StatelessKind}.pmip.example"),
                Access("02:5e:00:0e:*", $"{{mac}}@{Ixit.ShortLivedKind}.pmip.example"),
                .. settings.Identification,
            ],
            Profiles =
            [
                new MobileNodeProfile
                {
                    IdentifierPattern = ReferenceSetup.Multihomed.Identifier,
                    InterfacePrefixes =
                    [
                        new InterfacePrefixes
                        {
                            MacPattern = ReferenceSetup.Multihomed.LinkLayers[1].ToString(),
                            HomeNetworkPrefixes = [_ofSecondInterface],
                        },
                    ],
                },
                new MobileNodeProfile
                {
                    IdentifierPattern = $"*@{Ixit.ShortLivedKind}.pmip.example",
                    PrefixLifetimes = new PrefixLifetimes(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)),
                },
                Configured(Ixit.StatefulKind, AddressConfiguration.Stateful),
                Configured(Ixit.StatelessKind, AddressConfiguration.Stateless),
                new MobileNodeProfile { IdentifierPattern = $"*@{Ixit.LocallyRoutedKind}.pmip.example", EnableMAGLocalRouting = true },
                new MobileNodeProfile { IdentifierPattern = $"*@{Ixit.AlwaysTunnelledKind}.pmip.example", EnableMAGLocalRouting = false },
                new MobileNodeProfile
                {
                    IdentifierPattern = "025e0004*@static.pmip.example",
                    HomeNetworkPrefixPatterns = ["2001:db8:8000:*::/64", "2001:db8:8001:*::/64"],
                },
                OtherAnchor,
                Stored("subscriber-*@access.pmip.example", "*@pseudonym.pmip.example"),
                Stored("025e0007*@temporary-access.pmip.example", "025e0007*@temporary.pmip.example"),
                Stored("025e0087*@temporary-access.pmip.example", "025e0007*@temporary.pmip.example"),
            ],
        };

    public static Ixit ProvisionOtherAnchor(Ixit ixit) =>
        ixit with
        {
            Kinds = ["dynamic", Ixit.OtherAnchorKind],
            LinkLayerPattern = "02:5e:00:{kind}:{n}",
        };

    public static MobileAccessGatewaySettings ProvisionOtherAnchor(MobileAccessGatewaySettings settings) =>
        settings with
        {
            Identification = [Access("02:5e:00:05:*", "{mac}@other-anchor.pmip.example"), .. settings.Identification],
            Profiles = [OtherAnchor],
        };

    public static Ixit ProvisionVisitors(Ixit ixit) =>
        ixit with
        {
            Kinds = ["dynamic", Ixit.VisitorKind],
            LinkLayerPattern = "02:5e:00:{kind}:{n}",
        };

    public static MobileAccessGatewaySettings ProvisionVisitors(MobileAccessGatewaySettings settings) =>
        settings with
        {
            Identification = [Access("02:5e:00:08:*", "{mac}@visitor.pmip.example"), .. settings.Identification],
            Profiles = [new MobileNodeProfile { IdentifierPattern = "*@visitor.pmip.example", IsEntitled = false }],
        };

    private static MobileNodeIdentification Access(string linkLayers, string identifier) =>
        new() { MacPattern = linkLayers, IdentifierFormat = identifier };

    private static MobileNodeProfile Configured(string kind, AddressConfiguration addresses) =>
        new() { IdentifierPattern = $"*@{kind}.pmip.example", AddressConfiguration = addresses };

    private static MobileNodeProfile Stored(string pattern, string identifier) =>
        new() { IdentifierPattern = pattern, MobileNodeIdentifier = identifier };
}
