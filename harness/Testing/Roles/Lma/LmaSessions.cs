using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>What a scenario requires of the mobility sessions of an LMA under test, as far as its answers show them.</summary>
public sealed class LmaSessions(TestSession session, LmaExchanges exchanges, LmaRequests requests, CheckList checks)
{
    private const byte InsufficientResources = 130;

    /// <exception cref="StepFailedException">The prefixes now, or those before, are not known: nothing can be compared.</exception>
    public void ExpectSamePrefixes(MobileNode node, bool same)
    {
        var (now, before) = (node.Session.Prefixes, node.EarlierPrefixes);
        if (now.Count == 0 || before.Count == 0)
        {
            throw new StepFailedException(
                $"{node.Name}'s prefixes cannot be compared: {(now.Count == 0 ? "the answer has" : "the answer before had")} no valid one"
            );
        }

        var kept = Texts(now).SequenceEqual(Texts(before));
        var fresh = !now.Any(prefix => node.FormerPrefixes.Any(others => others.Any(other => Overlap(prefix, other))));
        session.Require(
            Observation.Prefixes,
            same ? kept : fresh,
            same ? $"the earlier prefixes: {Text(before)}" : $"prefixes other than {Text(before)}",
            Text(now),
            exchanges.Answered.Answer!.Frame
        );
    }

    /// <summary>
    /// Requires that the last request, which names prefixes of a session of the node but must not update that session, is rejected or gets
    /// other prefixes: both are right (RFC 5213, Sections 5.4.1.1(6) and 5.2).
    /// </summary>
    /// <exception cref="StepFailedException">No answer came, or it has no prefix: nothing can be compared.</exception>
    public void ExpectPrefixesLeft(MobileNode node)
    {
        if (!exchanges.TryAnswer())
        {
            throw new StepFailedException(
                $"whether {node.Name}'s prefixes were given away cannot be told: {session.NothingCame(exchanges.AnswerWithin)}"
            );
        }

        var exchange = exchanges.Latest;
        var message = exchange.Answer!.Mobility!;
        if (message.Status < MobilityOctets.FirstRejection)
        {
            exchanges.NoteAccepted(exchange);
            ExpectSamePrefixes(node, same: false);
        }
        else
        {
            var expected = $"a rejection, or prefixes other than {Text(node.Session.Prefixes)}";
            session.Require(Observation.Prefixes, ok: true, expected, $"status {StatusNames.Text(message.Status)}", exchange.Answer.Frame);
        }
    }

    /// <summary>Requires that the prefixes of all registered mobile nodes do not overlap.</summary>
    /// <exception cref="StepFailedException">A registered node has no prefix that could be compared.</exception>
    public void ExpectDistinctPrefixes(IReadOnlyCollection<MobileNode> nodes)
    {
        var registered = nodes.Where(node => node.Binding.IsRegistered).ToList();
        if (registered.Find(node => node.Session.Prefixes.Count == 0) is { } without)
        {
            throw new StepFailedException($"prefixes cannot be compared: {without.Name} was given no valid one");
        }

        var all = registered.SelectMany(node => node.Session.Prefixes.Select(prefix => (node.Name, Prefix: prefix))).ToList();
        var shared = all.SelectMany(
                (one, index) =>
                    all.Skip(index + 1)
                        .Where(other => Overlap(one.Prefix, other.Prefix))
                        .Select(other => $"{one.Prefix} of {one.Name} and {other.Prefix} of {other.Name} overlap")
            )
            .FirstOrDefault();
        session.Require(
            Observation.Prefixes,
            shared is null,
            "a distinct prefix for each",
            shared ?? "each has its own prefix",
            exchanges.Current?.Answer?.Frame
        );
    }

    /// <summary>
    /// Requires as many prefixes in the answer as the node is known to have; the check of the message does not know that number.
    /// </summary>
    /// <param name="orMore">True if the node may have more of them.</param>
    public void ExpectPrefixCount(MobileNode node, int count, bool orMore)
    {
        var prefixes = node.Session.Prefixes;
        var ok = (orMore ? prefixes.Count >= count : prefixes.Count == count) && prefixes.Distinct().Count() == prefixes.Count;
        var expected = $"{(orMore ? "at least " : string.Empty)}{count} different prefixes";
        var frame = exchanges.Current?.Answer?.Frame;
        if (!ok && exchanges.Current?.Answer?.Mobility is { HidesOptions: true })
        {
            throw new StepFailedException(
                $"{node.Name}'s prefixes cannot be counted: the answer has octets that cannot be read as options"
            );
        }

        foreach (var statement in checks.StatementsOf(CheckNames.AssignedPrefixes))
        {
            session.Find(statement, ok, expected, Text(prefixes), frame);
        }

        session.Require(Observation.Prefixes, ok, expected, Text(prefixes), frame);
    }

    /// <summary>Requires that the last accepted registration belongs to the earlier session of its node, or to a new one.</summary>
    /// <exception cref="StepFailedException">The session cannot be identified.</exception>
    public void ExpectSession(bool earlier)
    {
        var exchange = exchanges.Answered;
        var reply = exchange.Answer!;
        var evidence = SessionEvidence.Of(exchange, session.Scenario.Edition.Wire);
        var isEarlier = evidence.Identity switch
        {
            SessionIdentity.New => false,
            SessionIdentity.Earlier => true,
            // Enough to confirm what is expected, but not enough to blame an LMA.
            SessionIdentity.PerhapsEarlier when earlier => true,
            SessionIdentity.PerhapsNew when !earlier => false,
            _ => throw new StepFailedException($"the session cannot be identified: {evidence.Text}"),
        };
        session.Require(
            Observation.Session,
            isEarlier == earlier,
            earlier ? "the earlier session" : "a new session",
            $"{(isEarlier ? "the earlier session" : "a new session")}: {evidence.Text}",
            reply.Frame
        );
    }

    /// <summary>
    /// Registers the node as a new one, and requires that the request before, which marked its session, has left none: the mark does not
    /// come back. The registration opens a session, so that later steps cannot examine the state of the node before it.
    /// </summary>
    /// <exception cref="StepFailedException">The answer does not show whether there was a session.</exception>
    public void ExpectNothingLeft(MobileNode node)
    {
        var mark = node.Mark ?? throw new ScenarioFaultException($"{node.Name}'s session was not marked.");
        var before = exchanges.Latest.Answer?.Mobility?.Status;
        requests.Register(session.First(NodeRole.Mag), node, EditList.None);
        if (!exchanges.TryAnswer())
        {
            throw Unknown(session.NothingCame(exchanges.AnswerWithin));
        }

        var exchange = exchanges.Latest;
        var message = exchange.Answer!.Mobility!;
        if (message.Status == 0)
        {
            exchanges.NoteAccepted(exchange);
        }

        // A request of a session is accepted even if nothing is left for a new one.
        var isRefused = message.Status == InsufficientResources && before == InsufficientResources;
        var given = message.First(LinkLocalAddressKind.Type);
        if (!isRefused && (message.Status != 0 || given is null))
        {
            throw Unknown(message.Status != 0 ? $"status {StatusNames.Text(message.Status)}" : "no Link-local Address option");
        }

        session.Require(
            Observation.Session,
            isRefused || !given!.Address.Equals(mark),
            $"no session with the link-local address {mark} of the request before",
            isRefused ? "none" : $"link-local address {given!.Address}",
            exchange.Answer.Frame,
            given is null ? null : message.Offset + given.Offset
        );

        StepFailedException Unknown(string actual) =>
            new($"whether {node.Name} had a session cannot be told: a new registration was answered with {actual}");
    }

    private static bool Overlap(Ipv6Prefix one, Ipv6Prefix other) => one.Contains(other) || other.Contains(one);

    private static IEnumerable<string> Texts(IEnumerable<Ipv6Prefix> prefixes) =>
        prefixes.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal);

    private static string Text(IEnumerable<Ipv6Prefix> prefixes) => string.Join(", ", Texts(prefixes));
}
