using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// How many messages were sent in the last second for each mobile node to each LMA: RFC 5213, Section 6.9.4, and RFC 6275, Section 11.8.
/// </summary>
public sealed class UpdateRate
{
    /// <summary>RFC 6275, Section 12: MAX_UPDATE_RATE, in messages within <see cref="Period"/>.</summary>
    public const int Maximum = 3;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(MobileNodeIdentifierOption MobileNode, IPAddress Anchor), Queue<Instant>> _sent = [];
    private readonly Queue<(Instant At, (MobileNodeIdentifierOption MobileNode, IPAddress Anchor) Key)> _all = [];

    /// <summary>When the next message may be sent; null if it may be sent now.</summary>
    public Instant? NextAt(MobileNodeIdentifierOption mobileNode, IPAddress anchor, Instant now)
    {
        Forget(now);
        return _sent.TryGetValue((mobileNode, anchor), out var sent) && sent.Count >= Maximum
            ? sent.ElementAt(sent.Count - Maximum) + Period
            : null;
    }

    public void Add(MobileNodeIdentifierOption mobileNode, IPAddress anchor, Instant now)
    {
        var key = (mobileNode, anchor);
        if (!_sent.TryGetValue(key, out var sent))
        {
            _sent.Add(key, sent = new Queue<Instant>());
        }
        sent.Enqueue(now);
        _all.Enqueue((now, key));
    }

    private void Forget(Instant now)
    {
        while (_all.TryPeek(out var oldest) && oldest.At + Period <= now)
        {
            _all.Dequeue();
            _sent[oldest.Key].Dequeue();
            if (_sent[oldest.Key].Count == 0)
            {
                _sent.Remove(oldest.Key);
            }
        }
    }
}
