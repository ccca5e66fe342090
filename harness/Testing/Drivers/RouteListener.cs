using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Data;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Drivers;

/// <summary>A router on the home link that the tester plays: it hears to which destinations an LMA announces routes.</summary>
public sealed class RouteListener(TestSession session)
{
    /// <summary>RFC 2080, Section 2.3: every 30 s, with a random delay of up to half of that; RFC 2453, Section 3.8, has less.</summary>
    private static readonly TimeSpan _announcedWithin = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Requires a route to each address, after the last stimulus. A default route is that of any router, and says nothing of the addresses.
    /// </summary>
    public void ExpectRoute(NodeAddresses addresses)
    {
        var stimulus = session.LastStimulus ?? throw new ScenarioFaultException("The tester has sent nothing yet.");
        foreach (var address in addresses.All)
        {
            session.Tester.TryExpect(
                packet => LeadsTo(packet, address) ? packet : null,
                stimulus.At + _announcedWithin + session.Clock.Margin,
                stimulus,
                out var found
            );
            session.Require(
                Observation.Forwarding,
                found is not null,
                $"a route to {address} by {(addresses.Family == AddressFamily.InterNetwork ? "RIP version 2" : "RIPng")} on {Ports.Home}",
                found is null
                    ? string.Create(CultureInfo.InvariantCulture, $"none came within {_announcedWithin.TotalSeconds} s")
                    : "it came",
                (found ?? Packet.Of(stimulus)).Frame
            );
        }
    }

    private static bool LeadsTo(Packet packet, IPAddress address) =>
        packet.Frame.Port == Ports.Home
        && RouteAnnouncement.Of(packet) is { Routes: var routes }
        && routes.Any(route =>
            route is { Metric: < RouteAnnouncement.Infinity, Destination.Length: > 0 } && route.Destination.Contains(address)
        );
}
