namespace Pmip.Wire;

/// <summary>Which sequence numbers of a security association were received, RFC 4303, Section 3.4.3 and Appendix A2.</summary>
/// <remarks>
/// A value: a receiver asks <see cref="Admits"/> before it opens a packet, and takes the window of <see cref="After"/> once the
/// packet has proven authentic. Sequence numbers are extended ones of 64 bits; those of 32 bits are the same below 2^32.
/// </remarks>
public sealed record AntiReplayWindow
{
    /// <summary>RFC 4303, Section 3.4.3: the least a receiver supports.</summary>
    public const int MinimumSize = 32;

    /// <summary>RFC 4303, Section 3.4.3: the preferred size.</summary>
    public const int DefaultSize = 64;

    /// <summary>As many as <see cref="UInt128"/> has bits.</summary>
    public const int MaximumSize = 128;

    /// <summary>A window of an association that has received nothing.</summary>
    /// <param name="size">From <see cref="MinimumSize"/> to <see cref="MaximumSize"/> sequence numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is another.</exception>
    public AntiReplayWindow(int size = DefaultSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, MinimumSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaximumSize);
        Size = size;
    }

    public int Size { get; }

    /// <summary>The right edge of the window: the highest sequence number received, zero before the first.</summary>
    public ulong Highest { get; private init; }

    /// <summary>Bit n stands for <see cref="Highest"/> - n.</summary>
    private UInt128 Received { get; init; }

    /// <summary>Whether a packet of this number is neither a duplicate nor left of the window. Zero is never sent (Section 3.3.3).</summary>
    public bool Admits(ulong sequenceNumber)
    {
        if (sequenceNumber == 0)
        {
            return false;
        }
        if (sequenceNumber > Highest)
        {
            return true;
        }

        var age = Highest - sequenceNumber;
        return age < (ulong)Size && (Received >> (int)age & UInt128.One) == 0;
    }

    /// <summary>The window after an authentic packet of this number; a number to the right of it moves it there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window does not admit the number.</exception>
    public AntiReplayWindow After(ulong sequenceNumber)
    {
        if (!Admits(sequenceNumber))
        {
            throw new ArgumentOutOfRangeException(nameof(sequenceNumber), sequenceNumber, "A duplicate, or left of the window.");
        }
        if (sequenceNumber <= Highest)
        {
            return this with { Received = Received | UInt128.One << (int)(Highest - sequenceNumber) };
        }

        var distance = sequenceNumber - Highest;
        var kept = distance < (ulong)Size ? Received << (int)distance & UInt128.MaxValue >> (MaximumSize - Size) : UInt128.Zero;
        return this with { Highest = sequenceNumber, Received = kept | UInt128.One };
    }

    /// <summary>The upper half of an extended sequence number, of which a packet has only the lower, RFC 4303, Appendix A2.2.</summary>
    /// <remarks>
    /// What falls before the first sequence number of all, by this arithmetic, gets the highest upper half there is; no such packet
    /// was ever sent, and none passes the integrity check.
    /// </remarks>
    public uint HighSequenceNumber(uint sequenceNumber)
    {
        var (high, low) = ((uint)(Highest >> 32), (uint)Highest);
        var bottom = unchecked(low - (uint)Size + 1);
        var isWithinOneSubspace = low >= Size - 1;
        return isWithinOneSubspace
            ? sequenceNumber >= bottom
                ? high
                : unchecked(high + 1)
            : sequenceNumber >= bottom
                ? unchecked(high - 1)
                : high;
    }
}
