namespace Conformance.Testing.Peers;

/// <summary>
/// The sequence numbers of the requests of one MAG, or of all MAGs of a domain that orders requests by them, because there the number
/// of a session goes with the mobile node from MAG to MAG (RFC 5213, Section 5.5).
/// </summary>
/// <param name="random">The source of the first number.</param>
public sealed class SequenceNumbers(Random random)
{
    private ushort? _last;

    /// <summary>The next number, modulo 2^16.</summary>
    /// <param name="accepted">The number of the last accepted request, which the next one exceeds; null if it does not matter.</param>
    public ushort Next(ushort? accepted)
    {
        _last ??= (ushort)random.Next(ushort.MaxValue);
        _last = (ushort)((accepted is { } least && (short)(_last.Value - least) < 0 ? least : _last.Value) + 1);
        return _last.Value;
    }

    /// <summary>Makes later numbers follow one that was sent.</summary>
    public void Follow(ushort sent) => _last = sent;
}
