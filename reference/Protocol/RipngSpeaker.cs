using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// Announces routes over this node to the routers on its links by RIPng (RFC 2080). It learns no routes and answers no requests. Its host
/// sends each message on each link, from a link-local address and port 521 to ff02::9 and port 521, with hop limit 255.
/// </summary>
public sealed class RipngSpeaker(Random random)
{
    /// <summary>RFC 2080, Section 2.5.2: proves that no router has forwarded the message.</summary>
    private const byte HopLimit = 255;

    /// <summary>The number of hops over this node.</summary>
    private const byte Metric = 1;

    /// <summary>RFC 2080, Section 2.3: updates every 30 s, plus or minus a random time of up to 15 s.</summary>
    private static readonly TimeSpan _shortestPeriod = TimeSpan.FromSeconds(15),
        _spread = TimeSpan.FromSeconds(30);

    /// <summary>RFC 2080, Section 2.3: the garbage-collection time, for which a withdrawn route is still told as unreachable.</summary>
    private static readonly TimeSpan _toldFor = TimeSpan.FromSeconds(120);

    private readonly SortedDictionary<string, (IpPrefix Prefix, Instant? Withdrawn)> _routes = new(StringComparer.Ordinal);
    private readonly Queue<RipngResponse> _messages = [];
    private Instant? _next;

    /// <summary>When to call <see cref="HandleTimeout"/> next; null while there is nothing to announce.</summary>
    public Instant? NextTimeout => _next;

    /// <summary>Announces a route of IPv6 from now on. A route that is announced already is not told again.</summary>
    public void Announce(IpPrefix prefix, Instant now)
    {
        if (_routes.TryGetValue(Key(prefix), out var known) && known.Withdrawn is null)
        {
            return;
        }

        _routes[Key(prefix)] = (prefix, null);
        Tell([new RipngRoute(prefix, Metric)]);
        _next ??= NextUpdate(now);
    }

    /// <summary>Ends the announcement of a route; no effect if it was not announced.</summary>
    public void Withdraw(IpPrefix prefix, Instant now)
    {
        if (_routes.TryGetValue(Key(prefix), out var known) && known.Withdrawn is null)
        {
            _routes[Key(prefix)] = (prefix, now);
            Tell([new RipngRoute(prefix, RipngRoute.Infinity)]);
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

        Tell([.. _routes.Values.Select(route => new RipngRoute(route.Prefix, route.Withdrawn is null ? Metric : RipngRoute.Infinity))]);
        _next = _routes.Count == 0 ? null : NextUpdate(now);
    }

    /// <summary>Takes the oldest message that is to be sent on every link.</summary>
    public bool TryTakeMessage([NotNullWhen(true)] out RipngResponse? message) => _messages.TryDequeue(out message);

    /// <summary>A message on its way to the routers of a link.</summary>
    /// <param name="source">The link-local address of the node on that link.</param>
    public static IpPacket Packet(IPAddress source, RipngResponse message) =>
        new UdpPath(source, UdpPort.Ripng, Ipv6Multicast.AllRipRouters, UdpPort.Ripng).Wrap(message.ToBytes()) with
        {
            HopLimit = HopLimit,
        };

    /// <summary>The order of routes in an update is the same in every run.</summary>
    private static string Key(IpPrefix prefix) => prefix.ToString();

    private Instant NextUpdate(Instant now) => now + _shortestPeriod + (_spread * random.NextDouble());

    private void Tell(IReadOnlyList<RipngRoute> routes)
    {
        foreach (var part in routes.Chunk(RipngResponse.MaximumRoutes))
        {
            _messages.Enqueue(new RipngResponse(part));
        }
    }
}
