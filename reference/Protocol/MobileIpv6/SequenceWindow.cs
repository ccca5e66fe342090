namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The last sequence numbers accepted, RFC 6275, Section 9.5.1. Whose they are is what the edition says: of a home address (RFC 5648,
/// Section 4.1) or of each of its bindings (draft-ietf-monami6-multiplecoa-04, Section 5.4).
/// </summary>
/// <param name="scope">What counts by itself: the key of the counter of a binding.</param>
public sealed class SequenceWindow(Func<BindingKey, BindingKey> scope)
{
    private readonly Dictionary<BindingKey, ushort> _last = [];

    /// <summary>One counter for all bindings of a home address.</summary>
    public static BindingKey OfHomeAddress(BindingKey key) => key with { BindingId = null };

    /// <summary>A counter for each binding.</summary>
    public static BindingKey OfBinding(BindingKey key) => key;

    /// <summary>
    /// Whether a number is greater than the last one, modulo 2^16: one that is equal or up to 32768 behind is not.
    /// </summary>
    public static bool IsGreater(ushort number, ushort last) => (ushort)(number - last) is > 0 and < 0x8000;

    /// <summary>The key of the counter of a binding.</summary>
    public BindingKey ScopeOf(BindingKey key) => scope(key);

    /// <summary>
    /// The last number accepted for any of these bindings that <paramref name="number"/> does not exceed; null if it exceeds them all.
    /// </summary>
    public ushort? NotExceeded(IEnumerable<BindingKey> keys, ushort number)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            if (_last.TryGetValue(scope(key), out var last) && !IsGreater(number, last))
            {
                return last;
            }
        }
        return null;
    }

    public void Accept(BindingKey key, ushort number) => _last[scope(key)] = number;

    /// <summary>The number of a binding is not known any more: the next one is accepted whatever it is.</summary>
    public void Forget(BindingKey key) => _last.Remove(scope(key));
}
