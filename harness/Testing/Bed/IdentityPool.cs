namespace Conformance.Testing.Bed;

/// <summary>
/// The mobile nodes of a bed, by number. There is no reset of the implementation under test: every scenario
/// gets nodes it holds no state of, and a node comes back only when its state must be gone.
/// </summary>
public sealed class IdentityPool
{
    private readonly int _size;
    private readonly Action<int, DateTimeOffset?>? _noted;
    private readonly PriorityQueue<int, DateTimeOffset> _quarantined = new();
    private readonly HashSet<int> _notFresh = [];
    private int _used;

    /// <param name="size">How many there are: 1 to 65535.</param>
    /// <param name="inUse">Those the implementation may still hold state of, and until when.</param>
    /// <param name="noted">Told of each that is taken, and of each that is given back with the time from which it is usable.</param>
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
