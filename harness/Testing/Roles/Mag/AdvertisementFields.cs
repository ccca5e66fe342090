using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The fields of a Router Advertisement, compared with what a table of a scenario expects.</summary>
internal sealed class AdvertisementFields(TestSession session)
{
    private const string AsBefore = "as on the link before";

    /// <summary>The prefixes that a mobile node may use.</summary>
    public static IEnumerable<AdvertisedPrefix> Offered(NeighborDiscoveryLayer advertisement) =>
        advertisement.Prefixes.Where(prefix => !prefix.IsWithdrawn);

    /// <exception cref="ScenarioFaultException">There is no such expectation.</exception>
    public FieldJudgement Judge(MobileNode node, Packet packet, string field, string expected)
    {
        var advertisement = packet.RouterAdvertisement!;
        var (ok, actual) = (field.ToUpperInvariant(), expected) switch
        {
            ("ON-LINK", _) => Flag(advertisement, prefix => prefix.OnLink, expected),
            ("AUTONOMOUS", _) => Flag(advertisement, prefix => prefix.IsAutonomous, expected),
            ("MANAGED", _) => Bit(advertisement.IsManaged, expected == AsBefore ? Text(Earlier(node).IsManaged) : expected),
            ("OTHER", _) => Bit(advertisement.HasOther, expected == AsBefore ? Text(Earlier(node).HasOther) : expected),
            ("VALID LIFETIME", _) => ValidLifetime(packet, expected),
            ("MTU", "present") => (advertisement.Mtu is not null, advertisement.Mtu is null ? "absent" : "present"),
            ("MTU", "that of the tunnel") => Mtu(node, advertisement, orLower: false),
            ("MTU", "at most that of the tunnel") => Mtu(node, advertisement, orLower: true),
            ("ROUTER LIFETIME", "greater than 0") => (advertisement.RouterLifetime > 0, $"{advertisement.RouterLifetime} s"),
            ("SOURCE", AsBefore) => (packet.Ip!.Source.Equals(Earlier(node).Address), $"{packet.Ip.Source} after {Earlier(node).Address}"),
            ("LINK-LAYER SOURCE", AsBefore) => (
                packet.Ethernet!.Source == Earlier(node).LinkLayer,
                $"{packet.Ethernet.Source} after {Earlier(node).LinkLayer}"
            ),
            ("LINK-LAYER DESTINATION", "that of the mobile node") => (
                packet.Ethernet!.Destination == node.Identity.LinkLayer,
                $"{packet.Ethernet.Destination}"
            ),
            ("LINK-LAYER SOURCE", _) => ($"{packet.Ethernet!.Source}" == expected, $"{packet.Ethernet.Source}"),
            ("SOURCE LINK-LAYER ADDRESS", "the link-layer source") => (
                advertisement.LinkLayerAddress is null || advertisement.LinkLayerAddress == packet.Ethernet!.Source,
                $"{advertisement.LinkLayerAddress} from {packet.Ethernet!.Source}"
            ),
            ("SOURCE", "not that of the mobile node") => (
                !packet.Ip!.Source.Equals(node.Identity.LinkLayer.LinkLocalAddress()),
                $"{packet.Ip.Source}"
            ),
            ("SOURCE", "named by the LMA or tested for duplicates") => (
                packet.Ip!.Source.Equals(node.Mark) || WasTested(packet),
                $"{packet.Ip.Source}"
            ),
            ("SOURCE", _) => ($"{packet.Ip!.Source}" == expected, $"{packet.Ip.Source}"),
            _ => throw new ScenarioFaultException(
                $"'{field}' with '{expected}' is not an expectation for a Router Advertisement: say "
                    + "on-link 1, autonomous 1, managed 1, other 1, managed or other as on the link before, valid lifetime 3600 s, "
                    + "MTU present, MTU that of the tunnel, MTU at most that of the tunnel, Router Lifetime "
                    + "greater than 0, source as on the link before, source not that of the mobile node, "
                    + "source named by the LMA or tested for duplicates, "
                    + "source and an address, "
                    + "link-layer destination that of the mobile node, link-layer source as on the link before, "
                    + "link-layer source and an address, or Source Link-layer Address "
                    + "the link-layer source."
            ),
        };
        return new FieldJudgement(Observation.Options, ok, $"{field} {expected}", $"{field} {actual}", Octet: null);
    }

    /// <summary>Duplicate address detection for the source was seen on the link before (RFC 4862, Section 5.4.2).</summary>
    private bool WasTested(Packet advertisement) =>
        session
            .Bed.Frames.Take(advertisement.Frame.Number)
            .Where(frame => frame.Direction == Direction.Received && frame.Port == advertisement.Frame.Port)
            .Select(Packet.Of)
            .Any(packet =>
                packet.Ip?.Source.Equals(IPAddress.IPv6None) == true
                && packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation, Target: var target }
                && target.Equals(advertisement.Ip!.Source)
            );

    private static KnownRouter Earlier(MobileNode node) =>
        node.EarlierRouter ?? throw new StepFailedException($"no Router Advertisement has told {node.Name} its router on the link before");

    /// <summary>RFC 5213, Section 6.9.5: the MTU of the tunnel to the LMA, or that of a smaller access link.</summary>
    /// <param name="orLower">
    /// True after a report that a packet was too big: a node may then send packets that every IPv6 link carries (RFC 1981, Section 3).
    /// </param>
    private (bool Ok, string Actual) Mtu(MobileNode node, NeighborDiscoveryLayer advertisement, bool orLower)
    {
        var most = Math.Min(session.PathMtu.Tunnel, session.Ixit.Domain.Find(node.Link!.Value)!.Mtu);
        var stated =
            advertisement.Mtu ?? throw new StepFailedException("the Router Advertisement has no MTU option that could be compared");
        return (
            stated == most || (orLower && stated < most && stated >= PathMtu.Least),
            string.Create(CultureInfo.InvariantCulture, $"{stated}, not {most}")
        );
    }

    /// <summary>
    /// The valid lifetime, the same of every prefix. A router may let it run down from when it has advertised it first (RFC 4861, Section
    /// 6.2.1), which cannot be before the scenario began.
    /// </summary>
    private (bool Ok, string Actual) ValidLifetime(Packet packet, string expected)
    {
        var most = Durations.Parse(expected, session.Ixit);
        var least = most - (packet.Frame.At - session.Bed.Frames[0].At) - TimeSpan.FromSeconds(1);
        var lifetimes = Offered(packet.RouterAdvertisement!).Select(prefix => prefix.ValidLifetime).Distinct().ToList();
        return (
            lifetimes is [var one] && one <= most.TotalSeconds && one >= least.TotalSeconds,
            string.Join(" and ", lifetimes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one} s")))
        );
    }

    /// <summary>A flag of the message.</summary>
    private static (bool Ok, string Actual) Bit(bool actual, string expected) => (Text(actual) == expected, Text(actual));

    private static string Text(bool flag) => flag ? "1" : "0";

    /// <summary>A flag of every prefix.</summary>
    private static (bool Ok, string Actual) Flag(
        NeighborDiscoveryLayer advertisement,
        Func<AdvertisedPrefix, bool> flag,
        string expected
    ) => (Offered(advertisement).All(prefix => flag(prefix) == (expected == "1")), Offered(advertisement).All(flag) ? "1" : "0");
}
