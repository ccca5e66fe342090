using System.Globalization;
using System.Net;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>What a scenario requires of the Router Advertisements of a MAG under test.</summary>
public sealed class MagAdvertisements(TestSession session, MagExchanges exchanges, MagAccess access)
{
    /// <summary>
    /// Requires a Router Advertisement on the node's link with exactly these prefixes; null stands for those that the LMA assigned.
    /// </summary>
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
            [Observation.Advertisement, Observation.Prefixes, Observation.Status, Observation.Malformed],
            came,
            $"a Router Advertisement on {port} with {string.Join(", ", wanted)}",
            came ? "it came"
                : nearest?.RouterAdvertisement is { } other ? $"a Router Advertisement with {string.Join(", ", Texts(other.Prefixes))}"
                : session.NothingCame(session.Clock.AnswerWithin),
            (found ?? nearest)?.Frame ?? after
        );
        access.HostOf(node).Answer();
        FieldTable.Require(session, rows.Select(row => Judge(node, found!, row.Field, row.Expected)), found!.Frame);

        Packet? IsWanted(Packet packet)
        {
            if (packet.Frame.Port != port || packet.RouterAdvertisement is not { } advertisement)
            {
                return null;
            }

            nearest = packet;
            return Texts(advertisement.Prefixes).SequenceEqual(wanted) ? packet : null;
        }
    }

    /// <summary>Requires that no Router Advertisement to the node contains a home network prefix; other content is allowed.</summary>
    public void ExpectNone(MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var owned = session.Ixit.OwnedPrefix;
        var after = session.LastStimulus;
        var came = session.Tester.TryFindForbidden(
            packet =>
                packet.Frame.Port == port
                && packet.RouterAdvertisement is { } advertisement
                && advertisement.Prefixes.Any(advertised =>
                    owned.Contains(advertised.Prefix) || advertised.Prefix.Equals(IPAddress.IPv6None)
                )
                    ? packet
                    : null,
            exchanges.LastEvent + session.Clock.Guard,
            after,
            out var found
        );
        session.Require(
            [Observation.Advertisement, Observation.Silence, Observation.Status, Observation.Malformed, Observation.Session],
            !came,
            $"no home network prefix advertised on {port}",
            came ? $"a Router Advertisement with {string.Join(", ", Texts(found!.RouterAdvertisement!.Prefixes))}" : "none",
            found?.Frame ?? after
        );
    }

    private static List<string> Texts<T>(IEnumerable<T> prefixes) =>
        [.. prefixes.Select(prefix => $"{prefix}").Order(StringComparer.Ordinal)];

    private static FieldJudgement Judge(MobileNode node, Packet packet, string field, string expected)
    {
        var advertisement = packet.RouterAdvertisement!;
        var (ok, actual) = field.ToUpperInvariant() switch
        {
            "ON-LINK" => OnLink(advertisement, expected),
            "MTU" => Equal(advertisement.Mtu?.ToString(CultureInfo.InvariantCulture) ?? "absent", expected),
            "ROUTER LIFETIME" when expected == "greater than 0" => (advertisement.RouterLifetime > 0, $"{advertisement.RouterLifetime} s"),
            "ROUTER LIFETIME" => (
                advertisement.RouterLifetime.ToString(CultureInfo.InvariantCulture) == expected,
                $"{advertisement.RouterLifetime} s"
            ),
            "SOURCE" when expected == "the assigned link-local address" => (packet.Ip!.Source.Equals(node.Mark), $"{packet.Ip.Source}"),
            "SOURCE" => Equal($"{packet.Ip!.Source}", expected),
            _ => throw new ScenarioFaultException(
                $"'{field}' is not a field of a Router Advertisement here: say on-link, MTU, Router Lifetime or source."
            ),
        };
        return new FieldJudgement(Observation.Advertisement, ok, $"{field} {expected}", $"{field} {actual}", Octet: null);
    }

    private static (bool Ok, string Actual) OnLink(NeighborDiscoveryLayer advertisement, string expected) =>
        (
            advertisement.Prefixes.All(prefix => prefix.OnLink == (expected == "1")),
            advertisement.Prefixes.All(prefix => prefix.OnLink) ? "1" : "0"
        );

    private static (bool Ok, string Actual) Equal(string actual, string expected) => (actual == expected, actual);
}
