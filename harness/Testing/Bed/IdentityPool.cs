namespace Conformance.Testing.Bed;

/// <summary>
/// The mobile nodes of a bed, by number. The implementation under test is never reset. Every scenario therefore gets nodes for
/// which the implementation holds no state, and a node is reused only when its state must have expired.
/// </summary>
public sealed class IdentityPool
{
    private readonly int _size;
    private readonly Action<int, DateTimeOffset?>? _noted;
    private readonly PriorityQueue<int, DateTimeOffset> _quarantined = new();
    private readonly HashSet<int> _notFresh = [];
    private int _used;

    /// <param name="size">The size of the pool: 1 to 65535.</param>
    /// <param name="inUse">The nodes for which the implementation may still hold state, and until when.</param>
    /// <param name="noted">
    /// Called for each node that is taken, and for each node that is returned, with the time from which it is usable.
    /// </param>
    public IdentityPool(
        int size,
        IEnumerable<(int Identity, DateTimeOffset Until)>? inUse = null,
        Action<int, DateTimeOffset?>? noted = null
    )
    {
        (_size, _noted) = (size, noted);
        foreach (var (identity, until) in (inUse ?? []).Where(entry => entry.Identity >= 1 && entry.Identity <= size))
        {
            _notFresh.Add(identity);
            _quarantined.Enqueue(identity, until);
        }
    }

    public bool TryTake(DateTimeOffset now, out int identity, out DateTimeOffset usableFrom)
    {
        usableFrom = now;
        while (_used < _size)
        {
            identity = ++_used;
            if (!_notFresh.Contains(identity))
            {
                _noted?.Invoke(identity, null);
                return true;
            }
        }

        if (!_quarantined.TryPeek(out identity, out usableFrom))
        {
            usableFrom = DateTimeOffset.MaxValue;
            return false;
        }

        if (usableFrom > now)
        {
            return false;
        }

        _quarantined.Dequeue();
        _noted?.Invoke(identity, null);
        return true;
    }

    public void Return(int identity, DateTimeOffset usableFrom)
    {
        _quarantined.Enqueue(identity, usableFrom);
        _noted?.Invoke(identity, usableFrom);
    }
}
