using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// Announces routes over this node to the routers on its links: those of IPv6 by RIPng (RFC 2080), those of IPv4 by RIP version 2 (RFC
/// 2453). It learns no routes and answers no requests. Its host sends each message on each link where it has an address of the family.
/// </summary>
public sealed class RipSpeaker(Random random)
{
    /// <summary>RFC 2080, Section 2.5.2: proves that no router has forwarded the message.</summary>
    private const byte HopLimit = 255;

    /// <summary>A message of RIP version 2 is for the link alone.</summary>
    private const byte HopLimitOfIpv4 = 1;

    /// <summary>RFC 2453, Section 4.5.</summary>
    private static readonly IPAddress _allRipRouters = IPAddress.Parse("224.0.0.9");

    /// <summary>The number of hops over this node.</summary>
    private const byte Metric = 1;

    /// <summary>
    /// RFC 2453, Section 3.8: updates every 30 s, plus or minus a random time of up to 5 s. RFC 2080, Section 2.3, allows 15 s.
    /// </summary>
    private static readonly TimeSpan _shortestPeriod = TimeSpan.FromSeconds(25),
        _spread = TimeSpan.FromSeconds(10);

    /// <summary>
    /// RFC 2080, Section 2.3, and RFC 2453, Section 3.8: the garbage-collection time, for which a withdrawn route is still told as
    /// unreachable.
    /// </summary>
    private static readonly TimeSpan _toldFor = TimeSpan.FromSeconds(120);

    private readonly SortedDictionary<string, (IpPrefix Prefix, Instant? Withdrawn)> _routes = new(StringComparer.Ordinal);
    private readonly Queue<RipResponse> _messages = [];
    private Instant? _next;

    /// <summary>When to call <see cref="HandleTimeout"/> next; null while there is nothing to announce.</summary>
    public Instant? NextTimeout => _next;

    /// <summary>Announces a route from now on. A route that is announced already is not told again.</summary>
    public void Announce(IpPrefix prefix, Instant now)
    {
        if (_routes.TryGetValue(Key(prefix), out var known) && known.Withdrawn is null)
        {
            return;
        }

        _routes[Key(prefix)] = (prefix, null);
        Tell([new RipRoute(prefix, Metric)]);
        _next ??= NextUpdate(now);
    }

    /// <summary>Ends the announcement of a route; no effect if it was not announced.</summary>
    public void Withdraw(IpPrefix prefix, Instant now)
    {
        if (_routes.TryGetValue(Key(prefix), out var known) && known.Withdrawn is null)
        {
            _routes[Key(prefix)] = (prefix, now);
            Tell([new RipRoute(prefix, RipRoute.Infinity)]);
        }
    }

    /// <summary>Sends the periodic update if it is due.</summary>
    public void HandleTimeout(Instant now)
    {
        if (_next is not { } due || due > now)
        {
            return;
        }

        foreach (var (key, route) in _routes.ToList())
        {
            if (route.Withdrawn is { } since && since + _toldFor <= now)
            {
                _routes.Remove(key);
            }
        }

        Tell([.. _routes.Values.Select(route => new RipRoute(route.Prefix, route.Withdrawn is null ? Metric : RipRoute.Infinity))]);
        _next = _routes.Count == 0 ? null : NextUpdate(now);
    }

    /// <summary>Takes the oldest message that is to be sent on every link.</summary>
    public bool TryTakeMessage([NotNullWhen(true)] out RipResponse? message) => _messages.TryDequeue(out message);

    /// <summary>A message on its way to the routers of a link.</summary>
    /// <param name="source">The address of the node on that link: link-local for RIPng, of IPv4 for RIP version 2.</param>
    public static IpPacket Packet(IPAddress source, RipResponse message) =>
        IsOfIpv4(message)
            ? new UdpPath(source, UdpPort.Rip, _allRipRouters, UdpPort.Rip).Wrap(message.ToBytes()) with
            {
                HopLimit = HopLimitOfIpv4,
            }
            : new UdpPath(source, UdpPort.Ripng, Ipv6Multicast.AllRipRouters, UdpPort.Ripng).Wrap(message.ToBytes()) with
            {
                HopLimit = HopLimit,
            };

    /// <summary>Whether a message is sent from an address of IPv4.</summary>
    public static bool IsOfIpv4(RipResponse message) => message is RipVersion2Response;

    /// <summary>The order of routes in an update is the same in every run.</summary>
    private static string Key(IpPrefix prefix) => prefix.ToString();

    private Instant NextUpdate(Instant now) => now + _shortestPeriod + (_spread * random.NextDouble());

    private void Tell(IReadOnlyList<RipRoute> routes)
    {
        foreach (var part in routes.Where(route => !route.Prefix.IsIpv4).Chunk(RipngResponse.MaximumRoutes))
        {
            _messages.Enqueue(new RipngResponse(part));
        }
        foreach (var part in routes.Where(route => route.Prefix.IsIpv4).Chunk(RipVersion2Response.MaximumRoutes))
        {
            _messages.Enqueue(new RipVersion2Response(part));
        }
    }
}
