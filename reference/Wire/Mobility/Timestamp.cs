namespace Pmip.Wire;

/// <summary>
/// Seconds since 1970-01-01 00:00 UTC in fixed point: 48 bits of seconds, 16 bits of 1/65536 second (RFC 5213, Section 8.8).
/// </summary>
/// <remarks>
/// <see cref="FromUtc"/> rounds down, and <see cref="ToUtc"/> rounds up to the next 100 ns. A value converted to
/// <see cref="DateTimeOffset"/> and back is therefore unchanged, and a time converted to a timestamp and back is never later.
/// </remarks>
public readonly record struct Timestamp(ulong Value) : IComparable<Timestamp>, IComparable
{
    private const int FractionBits = 16;
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;

    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970.</exception>
    public static Timestamp FromUtc(DateTimeOffset utc)
    {
        var ticks = (utc - DateTimeOffset.UnixEpoch).Ticks;
        ArgumentOutOfRangeException.ThrowIfNegative(ticks, nameof(utc));
        return new Timestamp((ulong)(((UInt128)ticks << FractionBits) / TicksPerSecond));
    }

    /// <summary>A later time, rounded down to 2^-16 s. Beyond the largest value, the time continues at zero.</summary>
    /// <param name="span">Not negative.</param>
    public static Timestamp operator +(Timestamp time, TimeSpan span) => Add(time, span);

    /// <inheritdoc cref="op_Addition"/>
    public static Timestamp Add(Timestamp time, TimeSpan span) =>
        new(unchecked(time.Value + (ulong)(((UInt128)span.Ticks << FractionBits) / TicksPerSecond)));

    public static bool operator <(Timestamp left, Timestamp right) => left.Value < right.Value;

    public static bool operator >(Timestamp left, Timestamp right) => left.Value > right.Value;

    public static bool operator <=(Timestamp left, Timestamp right) => left.Value <= right.Value;

    public static bool operator >=(Timestamp left, Timestamp right) => left.Value >= right.Value;

    /// <summary>The time in UTC; <see cref="DateTimeOffset.MaxValue"/> for a value beyond the year 9999.</summary>
    public DateTimeOffset ToUtc()
    {
        var ticks = ((UInt128)Value * TicksPerSecond + ((1 << FractionBits) - 1)) >> FractionBits;
        var last = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;
        return ticks >= (UInt128)last ? DateTimeOffset.MaxValue : DateTimeOffset.UnixEpoch.AddTicks((long)ticks);
    }

    public int CompareTo(Timestamp other) => Value.CompareTo(other.Value);

    public int CompareTo(object? obj) =>
        obj switch
        {
            null => 1,
            Timestamp other => CompareTo(other),
            _ => throw new ArgumentException("Not a timestamp.", nameof(obj)),
        };

    /// <summary>The time, and the 16 hexadecimal digits of the wire.</summary>
    public override string ToString() => $"{ToUtc():yyyy-MM-ddTHH:mm:ss.ffffff}Z (0x{Value:x16})";
}
