using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol;

/// <summary>
/// Deadlines by key, at most one per key, earliest first; equal deadlines in the order in which they were set. A deadline is
/// due from its instant on, and not one tick earlier.
/// </summary>
public sealed class DeadlineQueue<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (Instant At, long Order)> _byKey = [];
    private readonly SortedDictionary<(Instant At, long Order), TKey> _byTime = [];
    private long _order;

    /// <summary>The earliest deadline, or null when there is none.</summary>
    public Instant? Next => _byTime.Count == 0 ? null : _byTime.First().Key.At;

    /// <summary>Sets the deadline of <paramref name="key"/>; replaces a previous deadline of that key.</summary>
    public void Set(TKey key, Instant at)
    {
        Cancel(key);
        var time = (at, _order++);
        _byKey.Add(key, time);
        _byTime.Add(time, key);
    }

    /// <summary>Sets the deadline of <paramref name="key"/>, unless it has one that is not later.</summary>
    public void SetEarliest(TKey key, Instant at)
    {
        if (!_byKey.TryGetValue(key, out var time) || at < time.At)
        {
            Set(key, at);
        }
    }

    /// <summary>Removes the deadline of <paramref name="key"/>; false if it had none.</summary>
    public bool Cancel(TKey key) => _byKey.Remove(key, out var time) && _byTime.Remove(time);

    /// <summary>Removes the earliest deadline from the queue if it is due at <paramref name="now"/>.</summary>
    public bool TryTakeDue(Instant now, [MaybeNullWhen(false)] out TKey key)
    {
        key = default;
        if (Next is not { } next || next > now)
        {
            return false;
        }

        key = _byTime.First().Value;
        return Cancel(key);
    }
}
