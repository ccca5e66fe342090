namespace Pmip.Wire;

/// <summary>The sequence numbers received in a security association, RFC 4303, Section 3.4.3 and Appendix A2.</summary>
/// <remarks>
/// The window is immutable: a receiver calls <see cref="Admits"/> before it opens a packet, and replaces its window by the result of
/// <see cref="After"/> when the packet is authentic. All sequence numbers are extended sequence numbers of 64 bits; a sequence number
/// of 32 bits is the same number below 2^32.
/// </remarks>
public sealed record AntiReplayWindow
{
    /// <summary>RFC 4303, Section 3.4.3: the minimum size that a receiver supports.</summary>
    public const int MinimumSize = 32;

    /// <summary>RFC 4303, Section 3.4.3: the preferred size.</summary>
    public const int DefaultSize = 64;

    /// <summary>The number of bits of <see cref="UInt128"/>.</summary>
    public const int MaximumSize = 128;

    /// <summary>Creates the window of an association that has received no packet.</summary>
    /// <param name="size">From <see cref="MinimumSize"/> to <see cref="MaximumSize"/> sequence numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
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

    /// <summary>
    /// Whether a packet with this number is neither a duplicate nor left of the window. Zero is never sent (Section 3.3.3).
    /// </summary>
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

    /// <summary>
    /// The window after an authentic packet with this number. A number to the right of the window moves the window to the right.
    /// </summary>
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

    /// <summary>
    /// The upper half of the extended sequence number of a packet, which contains only the lower half, RFC 4303, Appendix A2.2.
    /// </summary>
    /// <remarks>
    /// For a number before the first sequence number, the subtraction wraps around to the highest upper half. Such a packet was never
    /// sent and fails the integrity check.
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
