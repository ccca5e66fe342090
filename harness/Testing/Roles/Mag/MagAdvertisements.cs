using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
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
    /// <summary>RFC 4861, Section 10: MIN_DELAY_BETWEEN_RAS, from one advertisement to all nodes to the next.</summary>
    private static readonly TimeSpan _betweenAdvertisements = TimeSpan.FromSeconds(3);

    private readonly AdvertisementFields _fields = new(session);

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
                : nearest?.RouterAdvertisement is { } other
                    ? $"a Router Advertisement with {string.Join(", ", Texts(AdvertisementFields.Offered(other)))}"
                : session.NothingCame(session.Clock.AnswerWithin),
            (found ?? nearest)?.Frame ?? after
        );
        access.HostOf(node).Answer();
        FieldTable.Require(session, rows.Select(row => _fields.Judge(node, found!, row.Field, row.Expected)), found!.Frame);

        Packet? IsWanted(Packet packet)
        {
            if (packet.RouterAdvertisement is not { } advertisement || !MagAccess.IsFor(node, packet))
            {
                return null;
            }

            nearest = packet;
            return Texts(AdvertisementFields.Offered(advertisement)).SequenceEqual(wanted) ? packet : null;
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
                packet.RouterAdvertisement is { } advertisement
                && MagAccess.IsFor(node, packet)
                && AdvertisementFields.Offered(advertisement).Any(IsForbidden)
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
            came
                ? $"a Router Advertisement with {string.Join(", ", Texts(AdvertisementFields.Offered(found!.RouterAdvertisement!)))}"
                : "none",
            found?.Frame ?? after
        );

        bool IsForbidden(AdvertisedPrefix advertised) =>
            forbidden?.Contains($"{advertised}")
            ?? (
                (session.Ixit.OwnedPrefix.Contains(advertised.Prefix) || advertised.Prefix.Equals(IPAddress.IPv6None))
                && !others.Contains($"{advertised}")
            );
    }

    /// <summary>
    /// Requires a Router Advertisement that takes the router and every prefix from the node (RFC 5213, Section 6.9.1.4). A MAG may send it
    /// before the LMA has answered the de-registration: then the link is down in time, too.
    /// </summary>
    public void ExpectEnd(MobileNode node) => ExpectWithdrawal(node, prefixes: null, exchanges.AttachmentCause, ofRouter: true);

    /// <summary>Requires a Router Advertisement with lifetimes of 0 for prefixes (RFC 5213, Section 6.12).</summary>
    /// <param name="prefixes">Null stands for those that the LMA assigned.</param>
    public void ExpectWithdrawal(MobileNode node, IReadOnlyList<Ipv6Prefix>? prefixes) =>
        ExpectWithdrawal(node, prefixes, exchanges.AdvertisementCause, ofRouter: false);

    /// <param name="after">Advertisements up to this frame do not count.</param>
    /// <param name="ofRouter">True if the Router Lifetime has to be 0, too.</param>
    private void ExpectWithdrawal(MobileNode node, IReadOnlyList<Ipv6Prefix>? prefixes, Frame? after, bool ofRouter)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var wanted = Texts(prefixes ?? node.Session.OfferedPrefixes);
        var within = session.Clock.AnswerWithin + _betweenAdvertisements;
        Packet? last = null;
        var came = session.Tester.TryExpect(IsWithdrawal, session.Bed.Now + within, after, out var found);
        session.Require(
            Observation.Advertisement,
            came,
            $"a Router Advertisement on {port} with {(ofRouter ? "Router Lifetime 0 and " : string.Empty)}the lifetimes of "
                + $"{string.Join(", ", wanted)} set to 0",
            came ? "it came"
                : last is null ? session.NothingCame(within)
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
    /// Requires that since its last update for the node the MAG has not used addresses on the node's link: it has neither sent a packet
    /// from one of them nor answered for it.
    /// </summary>
    public void ExpectNotUsing(NodeAddresses addresses)
    {
        var (node, all) = (addresses.Node, addresses.All);
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
            $"no packet on {port} from {string.Join(", ", all)}, which is the mobile node's, and no answer for it",
            found is null ? "none came" : $"{found.Icmp?.Message ?? "a packet"} from {found.Ip!.Source}",
            found?.Frame ?? session.LastStimulus
        );

        bool IsOf(Packet packet) =>
            (packet.Ip is { Source: var source } && all.Contains(source))
            || (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement, Target: var target } && all.Contains(target));
    }

    private IEnumerable<Ipv6Prefix> OfOthers(MobileNode node) =>
        session.Nodes.All.Where(other => other != node).SelectMany(other => other.Session.OfferedPrefixes);

    private static List<string> Texts<T>(IEnumerable<T> prefixes) =>
        [.. prefixes.Select(prefix => $"{prefix}").Order(StringComparer.Ordinal)];
}
