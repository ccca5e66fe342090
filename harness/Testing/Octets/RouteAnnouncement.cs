using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>
/// A message with which a router tells its neighbours its routes, of RIPng for IPv6 or of RIP version 2 for IPv4. Routes that are not
/// well-formed are left out.
/// </summary>
/// <param name="Routes">Each destination, with its metric: 1 to 15, or 16 for a destination that cannot be reached.</param>
public sealed record RouteAnnouncement(IReadOnlyList<(IpPrefix Destination, int Metric)> Routes)
{
    /// <summary>The metric of a destination that cannot be reached.</summary>
    public const int Infinity = 16;

    /// <summary>The message in a packet; null if there is none that a router would take.</summary>
    public static RouteAnnouncement? Of(Packet packet) => RipngMessage.Of(packet) ?? RipMessage.Of(packet);
}
