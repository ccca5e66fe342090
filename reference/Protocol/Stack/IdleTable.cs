using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol.Stack;

/// <summary>
/// A bounded table whose entries end when they are not used for a time. A new entry replaces the one not used for longest.
/// </summary>
/// <param name="capacity">The largest number of entries.</param>
/// <param name="idleLimit">An entry that has not been used for longer is gone.</param>
internal sealed class IdleTable<TKey, TValue>(int capacity, TimeSpan idleLimit)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = [];

    private sealed record Entry(TKey Key, TValue Value, Instant Used);

    /// <summary>The value of a key. To look for it is not to use it.</summary>
    public bool TryFind(TKey key, Instant now, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!_entries.TryGetValue(key, out var node) || now - node.Value.Used > idleLimit)
        {
            return false;
        }

        value = node.Value.Value;
        return true;
    }

    /// <summary>Adds an entry, or uses the one of this key with another value.</summary>
    public void Set(TKey key, TValue value, Instant now)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _order.Remove(node);
        }
        else if (_entries.Count == capacity && _order.First is { } oldest)
        {
            _order.RemoveFirst();
            _entries.Remove(oldest.Value.Key);
        }
        _entries[key] = _order.AddLast(new Entry(key, value, now));
    }
}
