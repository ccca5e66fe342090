using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>What a scenario requires of the mobility sessions of an LMA under test, as far as its answers show them.</summary>
public sealed class LmaSessions(TestSession session, LmaExchanges exchanges, LmaRequests requests, CheckList checks)
{
    public void ExpectSamePrefixes(MobileNode node, bool same)
    {
        var (now, before) = (node.Session.Prefixes, node.EarlierPrefixes);
        var comparable = now.Count > 0 && before.Count > 0;
        var kept = comparable && Texts(now).SequenceEqual(Texts(before));
        var fresh = comparable && !now.Any(prefix => before.Any(other => Overlap(prefix, other)));
        session.Require(
            [Observation.Prefixes, Observation.Session],
            same ? kept : fresh,
            same ? $"the earlier prefixes: {Text(before)}" : $"prefixes other than {Text(before)}",
            now.Count > 0 ? Text(now) : "no valid prefix",
            exchanges.Answered.Answer!.Frame
        );
    }

    /// <summary>Requires that every registered mobile node has a prefix, and that the prefixes do not overlap.</summary>
    public void ExpectDistinctPrefixes(IReadOnlyCollection<MobileNode> nodes)
    {
        var registered = nodes.Where(node => node.Binding.IsRegistered).ToList();
        var without = registered.Find(node => node.Session.Prefixes.Count == 0);
        var all = registered.SelectMany(node => node.Session.Prefixes.Select(prefix => (node.Name, Prefix: prefix))).ToList();
        var shared = all.SelectMany(
                (one, index) =>
                    all.Skip(index + 1)
                        .Where(other => Overlap(one.Prefix, other.Prefix))
                        .Select(other => $"{one.Prefix} of {one.Name} and {other.Prefix} of {other.Name} overlap")
            )
            .FirstOrDefault();
        session.Require(
            [Observation.Prefixes],
            without is null && shared is null,
            "a distinct prefix for each",
            without is not null ? $"{without.Name} has none" : shared ?? "each has its own prefix",
            exchanges.Current?.Answer?.Frame
        );
    }

    /// <summary>
    /// Requires as many prefixes in the answer as the node is known to have; the check of the message does not know that number.
    /// </summary>
    public void ExpectPrefixCount(MobileNode node, int count)
    {
        var prefixes = node.Session.Prefixes;
        var ok = prefixes.Count == count && prefixes.Distinct().Count() == count;
        var frame = exchanges.Current?.Answer?.Frame;
        foreach (var statement in checks.StatementsOf(CheckNames.AssignedPrefixes))
        {
            session.Find(statement, ok, $"{count} different prefixes", Text(prefixes), frame);
        }

        session.Require([Observation.Prefixes], ok, $"{count} different prefixes", Text(prefixes), frame);
    }

    /// <summary>
    /// Compares the link-local address of the session with the address it was marked with, to tell the earlier session from a new
    /// one.
    /// </summary>
    public void ExpectSession(bool earlier)
    {
        var exchange = exchanges.Answered;
        var reply = exchange.Answer!;
        var mark = exchange.Node!.Mark ?? throw new ScenarioFaultException($"{exchange.Node.Name}'s session was not marked.");
        var given = reply.Mobility!.First(LinkLocalAddressKind.Type);
        session.Require(
            [Observation.Session, Observation.Timing],
            given is not null && given.Address.Equals(mark) == earlier,
            earlier ? $"the earlier session, whose link-local address is {mark}" : $"a new session, whose link-local address is not {mark}",
            given is null ? "no Link-local Address option" : $"link-local address {given.Address}",
            reply.Frame,
            given is null ? null : reply.Mobility.Offset + given.Offset
        );
    }

    /// <summary>
    /// Requires that the LMA ignores a de-registration, as it does without a session of that node. The request would end an existing
    /// session, so that later steps cannot examine the node.
    /// </summary>
    public void ExpectNoSession(MobileNode node)
    {
        requests.Probe(node);
        var came = exchanges.TryFindForbidden(out var reply);
        session.Require(
            [Observation.Session, Observation.Timing, Observation.Silence],
            !came,
            "no mobility session: a probe with lifetime 0 is ignored",
            came
                ? $"the probe is answered with status {StatusNames.Text(reply!.Mobility!.Status)}: a session exists"
                : "the probe is not answered",
            reply?.Frame ?? exchanges.Latest.Request.Frame
        );
    }

    private static bool Overlap(Ipv6Prefix one, Ipv6Prefix other) => one.Contains(other) || other.Contains(one);

    private static IEnumerable<string> Texts(IEnumerable<Ipv6Prefix> prefixes) =>
        prefixes.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal);

    private static string Text(IEnumerable<Ipv6Prefix> prefixes) => string.Join(", ", Texts(prefixes));
}
