using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The setup of the reference implementation on every bed that starts it: addresses, identities, policies, and the matching IXIT.
/// </summary>
public static class ReferenceSetup
{
    private static readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal)
    {
        ["LMA1"] = "2001:db8:100::1",
        ["LMA1-home"] = "2001:db8:200::1",
        ["MAG1"] = "2001:db8:100::a1",
        ["MAG2"] = "2001:db8:100::a2",
        ["MAG3"] = "2001:db8:100::a3",
        ["core router"] = "2001:db8:100::ff",
        ["CN1"] = "2001:db8:200::c1",
    };

    /// <summary>The access links of a MAG under test; if every node is real, the first belongs to MAG1 and the second to MAG2.</summary>
    public static IReadOnlyList<string> AccessLinks { get; } = ["link1", "link2", "link3", "link4"];

    /// <summary>RFC 6543, Section 4: the link-layer address of every MAG on every access link.</summary>
    public static MacAddress MagOnAccessLinks { get; } = MacAddress.Parse("00:00:5e:00:52:13");

    public static MacAddress LmaOnCore { get; } = MacAddress.Parse("02:1a:00:00:00:01");

    public static MacAddress LmaOnHome { get; } = MacAddress.Parse("02:1a:00:00:00:02");

    /// <summary>The link-layer address of the mobile node, if every node is real.</summary>
    public static MacAddress MobileNode { get; } = MacAddress.Parse("02:5e:00:00:ff:01");

    /// <summary>The link-layer address of the correspondent node, if every node is real.</summary>
    public static MacAddress CorrespondentNode { get; } = MacAddress.Parse("02:7e:00:00:00:c1");

    public static MacAddress MagOnCore(string name) => new([0x02, 0x1a, 0, 0, 1, Address(name).GetAddressBytes()[15]]);

    public static IPAddress Address(string name) => IPAddress.Parse(_addresses[name]);

    /// <summary>The MAG that an access link belongs to; null if the port is not an access link.</summary>
    public static string? MagOf(PortId port, Topology topology) =>
        !AccessLinks.Contains(port.Name) ? null
        : topology == Topology.EndToEnd && port.Name == "link2" ? "MAG2"
        : "MAG1";

    /// <param name="lma">The settings of the LMA, whose timers go into the IXIT.</param>
    public static Ixit Ixit(NamedConfiguration configuration, LocalMobilityAnchorSettings lma)
    {
        string[] ports = configuration.Topology switch
        {
            Topology.Lma => ["core", "home"],
            Topology.Mag => ["core", .. AccessLinks],
            _ => ["core", "home", "link1", "link2"],
        };
        return new Ixit
        {
            Ports = ports,
            Addresses = _addresses,
            PortIdentities =
                configuration.Topology == Topology.Mag
                    ? new Dictionary<string, string> { ["link3"] = "link3@dynamic.pmip.example" }
                    : new Dictionary<string, string>(),
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = "2001:db8:8000::/48",
            ForeignPrefix = "2001:db8:dead::/64",
            Timers = new Dictionary<string, int>
            {
                ["MinDelayBeforeBCEDelete"] = (int)lma.MinDelayBeforeBCEDelete.TotalMilliseconds,
                ["MaxDelayBeforeNewBCEAssign"] = (int)lma.MaxDelayBeforeNewBCEAssign.TotalMilliseconds,
                ["TimestampValidityWindow"] = (int)lma.TimestampValidityWindow.TotalMilliseconds,
                ["INITIAL_BINDACK_TIMEOUT"] = 1000,
                ["InitialBindackTimeoutFirstReg"] = 1500,
                ["MAX_BINDACK_TIMEOUT"] = 32000,
            },
        };
    }

    public static LocalMobilityAnchorSettings Lma(NamedConfiguration configuration) =>
        configuration.Lma(
            new LocalMobilityAnchorSettings
            {
                Address = Address("LMA1"),
                AuthorizedMobileAccessGateways = [Address("MAG1"), Address("MAG2")],
                PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/48"),
                MobileNodes =
                [
                    new MobileNodePolicy { IdentifierPattern = "*@dynamic.pmip.example" },
                    new MobileNodePolicy { IdentifierPattern = "*@two-prefix.pmip.example", PrefixCount = 2 },
                    new MobileNodePolicy { IdentifierPattern = "*@disabled.pmip.example", ProxyRegistrationEnabled = false },
                ],
            }
        );

    public static MobileAccessGatewaySettings Mag(NamedConfiguration configuration, string name, IReadOnlyList<string> accessLinks) =>
        configuration.Mag(
            new MobileAccessGatewaySettings
            {
                ProxyCareOfAddress = Address(name),
                LocalMobilityAnchorAddress = Address("LMA1"),
                AccessLinks =
                [
                    .. accessLinks.Select(link => new AccessLinkSettings
                    {
                        Link = new LinkId(link),
                        MacAddress = MagOnAccessLinks,
                        BoundIdentifier = configuration.Topology == Topology.Mag && link == "link3" ? "link3@dynamic.pmip.example" : null,
                    }),
                ],
                Identification = [new MobileNodeIdentification { MacPattern = "02:5e:*", IdentifierFormat = "{mac}@dynamic.pmip.example" }],
            }
        );
}
