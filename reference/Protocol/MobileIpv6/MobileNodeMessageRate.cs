using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 6275, Section 11.8: how many messages of each MH Type were sent to each peer in the last second.</summary>
public sealed class MobileNodeMessageRate
{
    /// <summary>RFC 6275, Section 12: MAX_UPDATE_RATE, in messages within <see cref="Period"/>.</summary>
    public const int Maximum = 3;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(IPAddress Peer, byte Type), Queue<Instant>> _sent = [];

    /// <summary>When the next message may be sent; null if it may be sent now.</summary>
    public Instant? NextAt(IPAddress peer, byte type, Instant now) =>
        _sent.TryGetValue((peer, type), out var sent) && sent.Count == Maximum && now < sent.Peek() + Period ? sent.Peek() + Period : null;

    public void Add(IPAddress peer, byte type, Instant now)
    {
        if (!_sent.TryGetValue((peer, type), out var sent))
        {
            _sent.Add((peer, type), sent = new Queue<Instant>(Maximum));
        }
        if (sent.Count == Maximum)
        {
            sent.Dequeue();
        }
        sent.Enqueue(now);
    }
}
