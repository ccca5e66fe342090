using System.Net;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The IPv4 home addresses that a MAG has asked for by its own choice, and that its LMA has refused.</summary>
internal sealed class RefusedIpv4
{
    private readonly TestSession _session;
    private readonly IReadOnlyList<IPAddress> _addresses;

    private RefusedIpv4(TestSession session, Packet update) => (_session, _addresses) = (session, AskedIn(session, update));

    /// <param name="exchange">The update that was refused; null if there was none.</param>
    /// <exception cref="StepFailedException">The update left the choice to the LMA.</exception>
    public static RefusedIpv4 Of(TestSession session, Exchange? exchange) =>
        exchange is not null && new RefusedIpv4(session, exchange.Request) is { _addresses.Count: > 0 } refused
            ? refused
            : throw new StepFailedException("the MAG has asked for no IPv4 home address of its own choice");

    public bool IsAskedForIn(Packet update) => AskedIn(_session, update).Any(_addresses.Contains);

    private static List<IPAddress> AskedIn(TestSession session, Packet update) =>
        [
            .. Ipv4OptionReader
                .Requests(update.Mobility!, session.Scenario.Edition.Wire)
                .Where(request => !request.IsDynamic)
                .Select(request => request.Address.Address),
        ];
}
