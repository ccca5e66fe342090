using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// What a scenario requires of the Router Advertisements of a MAG under test. Only those that are for the mobile node count, not those to
/// another node on its link.
/// </summary>
public sealed class MagAdvertisements(TestSession session, MagExchanges exchanges, MagAccess access)
{
    /// <summary>
    /// Requires a Router Advertisement to the node with exactly these prefixes; null stands for those that the LMA assigned.
    /// </summary>
    /// <exception cref="StepFailedException">None came, or a field is not as expected.</exception>
    public void Expect(MobileNode node, IReadOnlyList<Ipv6Prefix>? prefixes, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var wanted = Texts(prefixes ?? node.Session.OfferedPrefixes);
        var after = exchanges.AdvertisementCause;
        if (wanted.Count == 0)
        {
            throw new StepFailedException($"nothing was assigned to {node.Name}: the MAG requested no home network prefix");
        }

        Packet? nearest = null;
        var until = (after?.At ?? session.Bed.Now) + session.Clock.AnswerWithin;
        var came = session.Tester.TryExpect(IsWanted, until, after, out var found);
        session.Require(
            Observation.Advertisement,
            came,
            $"a Router Advertisement on {port} with {string.Join(", ", wanted)}",
            came ? "it came"
                : nearest?.RouterAdvertisement is { } other ? $"a Router Advertisement with {string.Join(", ", Texts(Offered(other)))}"
                : session.NothingCame(session.Clock.AnswerWithin),
            (found ?? nearest)?.Frame ?? after
        );
        access.HostOf(node).Answer();
        FieldTable.Require(session, rows.Select(row => Judge(node, found!, row.Field, row.Expected)), found!.Frame);

        Packet? IsWanted(Packet packet)
        {
            if (packet.RouterAdvertisement is not { } advertisement || !MagAccess.IsFor(node, packet))
            {
                return null;
            }

            nearest = packet;
            return Texts(Offered(advertisement)).SequenceEqual(wanted) ? packet : null;
        }
    }

    /// <summary>Requires a Router Advertisement to the node with the prefix of its link for regular access, and no other.</summary>
    public void ExpectVisited(MobileNode node) =>
        Expect(
            node,
            node.Link is { } link && session.Ixit.Domain.Find(link)?.VisitedPrefix is { } visited
                ? [visited]
                : throw new ScenarioFaultException($"{node.Name} is on no link with a prefix for regular access."),
            []
        );

    /// <summary>
    /// Requires that no Router Advertisement to the node contains one of these prefixes; null stands for every home network prefix that
    /// is not one of another mobile node. Other content is allowed.
    /// </summary>
    public void ExpectNone(MobileNode node, IReadOnlyList<Ipv6Prefix>? prefixes = null)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var after = session.LastStimulus;
        var (forbidden, others) = (prefixes is null ? null : Texts(prefixes), Texts(OfOthers(node)));
        var came = session.Tester.TryFindForbidden(
            packet =>
                packet.RouterAdvertisement is { } advertisement && MagAccess.IsFor(node, packet) && Offered(advertisement).Any(IsForbidden)
                    ? packet
                    : null,
            exchanges.LastEvent + session.Clock.Guard,
            after,
            out var found
        );
        session.Require(
            Observation.Advertisement,
            !came,
            $"{(forbidden is null ? "no home network prefix" : $"no {string.Join(", ", forbidden)}")} advertised on {port}",
            came ? $"a Router Advertisement with {string.Join(", ", Texts(Offered(found!.RouterAdvertisement!)))}" : "none",
            found?.Frame ?? after
        );

        bool IsForbidden(AdvertisedPrefix advertised) =>
            forbidden?.Contains($"{advertised}")
            ?? (
                (session.Ixit.OwnedPrefix.Contains(advertised.Prefix) || advertised.Prefix.Equals(IPAddress.IPv6None))
                && !others.Contains($"{advertised}")
            );
    }

    /// <summary>Requires a Router Advertisement that takes the router and every prefix from the node (RFC 5213, Section 6.9.1.4).</summary>
    public void ExpectEnd(MobileNode node) => ExpectWithdrawal(node, prefixes: null, ofRouter: true);

    /// <summary>Requires a Router Advertisement with lifetimes of 0 for prefixes (RFC 5213, Section 6.12).</summary>
    /// <param name="prefixes">Null stands for those that the LMA assigned.</param>
    /// <param name="ofRouter">True if the Router Lifetime has to be 0, too.</param>
    public void ExpectWithdrawal(MobileNode node, IReadOnlyList<Ipv6Prefix>? prefixes, bool ofRouter = false)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var (after, wanted) = (exchanges.AdvertisementCause, Texts(prefixes ?? node.Session.OfferedPrefixes));
        Packet? last = null;
        var came = session.Tester.TryExpect(IsWithdrawal, session.Bed.Now + session.Clock.AnswerWithin, after, out var found);
        session.Require(
            Observation.Advertisement,
            came,
            $"a Router Advertisement on {port} with {(ofRouter ? "Router Lifetime 0 and " : string.Empty)}the lifetimes of "
                + $"{string.Join(", ", wanted)} set to 0",
            came ? "it came"
                : last is null ? session.NothingCame(session.Clock.AnswerWithin)
                : "one that leaves the node a router or a prefix",
            (found ?? last)?.Frame ?? after
        );

        Packet? IsWithdrawal(Packet packet)
        {
            if (packet.RouterAdvertisement is not { } advertisement || !MagAccess.IsFor(node, packet))
            {
                return null;
            }

            last = packet;
            var withdrawn = Texts(advertisement.Prefixes.Where(prefix => prefix.IsWithdrawn));
            return (advertisement.RouterLifetime == 0 || !ofRouter) && wanted.TrueForAll(withdrawn.Contains) ? packet : null;
        }
    }

    /// <summary>
    /// Requires that since its last update for the node the MAG has not used an address on the node's link: it has neither sent a packet
    /// from the address nor answered for it.
    /// </summary>
    public void ExpectNotUsing(IPAddress address, MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        session.Tester.WaitUntil(exchanges.LastEvent + session.Clock.Guard);

        // The emulated nodes take Neighbor Advertisements out of the inbox.
        var found = session
            .Bed.Frames.Skip(exchanges.LastOf(node)?.Request.Frame.Number ?? 0)
            .Where(frame => frame.Direction == Direction.Received && frame.Port == port)
            .Select(Packet.Of)
            .FirstOrDefault(IsOf);
        session.Require(
            Observation.Advertisement,
            found is null,
            $"no packet on {port} from {address}, which is the mobile node's, and no answer for it",
            found is null ? "none came" : $"{found.Icmp?.Message ?? "a packet"} from {found.Ip!.Source}",
            found?.Frame ?? session.LastStimulus
        );

        bool IsOf(Packet packet) =>
            packet.Ip?.Source.Equals(address) == true
            || (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement, Target: var target } && target.Equals(address));
    }

    private IEnumerable<Ipv6Prefix> OfOthers(MobileNode node) =>
        session.Nodes.All.Where(other => other != node).SelectMany(other => other.Session.OfferedPrefixes);

    private static IEnumerable<AdvertisedPrefix> Offered(NeighborDiscoveryLayer advertisement) =>
        advertisement.Prefixes.Where(prefix => !prefix.IsWithdrawn);

    private static List<string> Texts<T>(IEnumerable<T> prefixes) =>
        [.. prefixes.Select(prefix => $"{prefix}").Order(StringComparer.Ordinal)];

    private FieldJudgement Judge(MobileNode node, Packet packet, string field, string expected)
    {
        var advertisement = packet.RouterAdvertisement!;
        var (ok, actual) = (field.ToUpperInvariant(), expected) switch
        {
            ("ON-LINK", _) => Flag(advertisement, prefix => prefix.OnLink, expected),
            ("AUTONOMOUS", _) => Flag(advertisement, prefix => prefix.IsAutonomous, expected),
            ("MTU", "present") => (advertisement.Mtu is not null, advertisement.Mtu is null ? "absent" : "present"),
            ("MTU", "that of the tunnel") => Mtu(node, advertisement, orLower: false),
            ("MTU", "at most that of the tunnel") => Mtu(node, advertisement, orLower: true),
            ("ROUTER LIFETIME", "greater than 0") => (advertisement.RouterLifetime > 0, $"{advertisement.RouterLifetime} s"),
            ("SOURCE", "as on the link before") => (
                packet.Ip!.Source.Equals(Earlier(node).Address),
                $"{packet.Ip.Source} after {Earlier(node).Address}"
            ),
            ("LINK-LAYER SOURCE", "as on the link before") => (
                packet.Ethernet!.Source == Earlier(node).LinkLayer,
                $"{packet.Ethernet.Source} after {Earlier(node).LinkLayer}"
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
                    + "on-link 1, autonomous 1, MTU present, MTU that of the tunnel, MTU at most that of the tunnel, Router Lifetime "
                    + "greater than 0, source as on the link before, source not that of the mobile node, source named by the LMA or tested for duplicates, "
                    + "source and an address, "
                    + "link-layer source as on the link before, link-layer source and an address, or Source Link-layer Address "
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

    /// <summary>A flag of every prefix.</summary>
    private static (bool Ok, string Actual) Flag(
        NeighborDiscoveryLayer advertisement,
        Func<AdvertisedPrefix, bool> flag,
        string expected
    ) => (Offered(advertisement).All(prefix => flag(prefix) == (expected == "1")), Offered(advertisement).All(flag) ? "1" : "0");
}
