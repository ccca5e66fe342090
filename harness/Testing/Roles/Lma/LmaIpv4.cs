using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Lma;

/// <summary>
/// What a scenario requires of the IPv4 home addresses of mobile nodes, as far as the answers of an LMA under test show them.
/// </summary>
public sealed class LmaIpv4(TestSession session, LmaExchanges exchanges)
{
    /// <exception cref="StepFailedException">The addresses now, or those before, are not known: nothing can be compared.</exception>
    public void ExpectSame(MobileNode node, bool same)
    {
        var (now, before) = (node.Session.Ipv4Addresses, node.EarlierIpv4Addresses);
        if (now.Count == 0 || before.Count == 0)
        {
            var without = now.Count == 0 ? "the answer has none" : "the answer before had none";
            throw new StepFailedException($"{node.Name}'s IPv4 home addresses cannot be compared: {without}");
        }

        var kept = Addresses(now).SetEquals(Addresses(before));
        var fresh = !node.FormerIpv4Addresses.Any(others => Addresses(now).Overlaps(Addresses(others)));
        session.Require(
            Observation.Prefixes,
            same ? kept : fresh,
            same ? $"the earlier IPv4 home address: {Text(before)}" : $"an IPv4 home address other than {Text(before)}",
            Text(now),
            exchanges.Answered.Answer!.Frame
        );
    }

    /// <summary>
    /// Requires that the last request, which names an address of a session of the node but must not update that session, is rejected or
    /// gets another address.
    /// </summary>
    /// <exception cref="StepFailedException">No answer came, or it has no address: nothing can be compared.</exception>
    public void ExpectLeft(MobileNode node)
    {
        if (!exchanges.TryAnswer())
        {
            throw new StepFailedException(
                $"whether {node.Name}'s IPv4 home address was given away cannot be told: {session.NothingCame(exchanges.AnswerWithin)}"
            );
        }

        var exchange = exchanges.Latest;
        var message = exchange.Answer!.Mobility!;
        if (message.Status < MobilityOctets.FirstRejection)
        {
            exchanges.NoteAccepted(exchange);
            ExpectSame(node, same: false);
        }
        else
        {
            session.Require(
                Observation.Prefixes,
                ok: true,
                $"a rejection, or an IPv4 home address other than {Text(node.Session.Ipv4Addresses)}",
                $"status {message.Status}",
                exchange.Answer.Frame
            );
        }
    }

    /// <summary>Requires that no two registered mobile nodes, and no two sessions of one, have the same IPv4 home address.</summary>
    /// <exception cref="StepFailedException">A registered node that asks for IPv4 has no address that could be compared.</exception>
    public void ExpectDistinct(IEnumerable<MobileNode> nodes)
    {
        var registered = nodes.Where(node => node is { IsOfBookend: false, Binding.IsRegistered: true }).ToList();
        if (registered.Find(node => node is { AllowsIpv4: true, Session.Ipv4Addresses.Count: 0 }) is { } without)
        {
            throw new StepFailedException($"IPv4 home addresses cannot be compared: {without.Name} was given none");
        }

        var shared = registered
            .SelectMany(node => node.Sessions.SelectMany(each => each.Ipv4Addresses, (_, assigned) => (node.Name, assigned.Address)))
            .GroupBy(one => one.Address)
            .FirstOrDefault(group => group.Skip(1).Any());
        session.Require(
            Observation.Prefixes,
            shared is null,
            "a distinct IPv4 home address for each",
            shared is null ? "each has its own" : $"{string.Join(" and ", shared.Select(one => one.Name))} have {shared.Key}",
            exchanges.Current?.Answer?.Frame
        );
    }

    /// <summary>Requires a number of different addresses in the answer.</summary>
    /// <exception cref="StepFailedException">The answer has octets that cannot be read as options.</exception>
    /// <param name="isLeast">True if there may be more.</param>
    public void ExpectCount(MobileNode node, int count, bool isLeast)
    {
        var addresses = node.Session.Ipv4Addresses;
        var ok = (isLeast ? addresses.Count >= count : addresses.Count == count) && Addresses(addresses).Count == addresses.Count;
        var answer = exchanges.Current?.Answer;
        if (!ok && answer?.Mobility is { HidesOptions: true })
        {
            throw new StepFailedException(
                $"{node.Name}'s IPv4 home addresses cannot be counted: the answer has octets that cannot be read as options"
            );
        }

        session.Require(
            Observation.Prefixes,
            ok,
            $"{(isLeast ? "at least " : string.Empty)}{count} different IPv4 home addresses",
            Text(addresses),
            answer?.Frame
        );
    }

    private static HashSet<IPAddress> Addresses(IEnumerable<Ipv4HomeAddress> assigned) => [.. assigned.Select(each => each.Address)];

    private static string Text(IReadOnlyList<Ipv4HomeAddress> addresses) =>
        addresses.Count > 0 ? string.Join(", ", addresses.Select(assigned => assigned.ToString()).Order(StringComparer.Ordinal)) : "none";
}
