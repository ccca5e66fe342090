using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// A point on the kernel's monotonic clock, in nanoseconds from an arbitrary origin. Packet timestamps, deadlines and
/// <see cref="Now"/> all use this clock, so they stay comparable when the time of day is set.
/// </summary>
public readonly record struct KernelTime(long Nanoseconds) : IComparable<KernelTime>
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// A larger change of the time of day against the monotonic clock is a step; a smaller change is noise from reading both clocks.
    /// </summary>
    private const long StepNanoseconds = 1_000_000;

    private static long _realtimeOffset = MeasureOffset(readings: 5);

    public static KernelTime Now => new(Libc.ReadClock(Libc.MonotonicClock));

    /// <summary>The time of day at this point, by the offset that also converts packet timestamps.</summary>
    public DateTimeOffset ToUtc() =>
        DateTimeOffset.UnixEpoch.AddTicks((Nanoseconds + Volatile.Read(ref _realtimeOffset)) / TimeSpan.NanosecondsPerTick);

    /// <summary>The point at a time of day; the inverse of <see cref="ToUtc"/>.</summary>
    public static KernelTime FromUtc(DateTimeOffset time) =>
        new((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick - Volatile.Read(ref _realtimeOffset));

    public int CompareTo(KernelTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static KernelTime operator +(KernelTime time, TimeSpan span) => new(time.Nanoseconds + span.Ticks * TimeSpan.NanosecondsPerTick);

    public static KernelTime operator -(KernelTime time, TimeSpan span) => new(time.Nanoseconds - span.Ticks * TimeSpan.NanosecondsPerTick);

    /// <summary>The difference, rounded down to 100 ns.</summary>
    public static TimeSpan operator -(KernelTime left, KernelTime right) =>
        new((left.Nanoseconds - right.Nanoseconds) / TimeSpan.NanosecondsPerTick);

    public static bool operator <(KernelTime left, KernelTime right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(KernelTime left, KernelTime right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(KernelTime left, KernelTime right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(KernelTime left, KernelTime right) => left.Nanoseconds >= right.Nanoseconds;

    public static KernelTime Add(KernelTime left, TimeSpan right) => left + right;

    public static TimeSpan Subtract(KernelTime left, KernelTime right) => left - right;

    /// <summary>Seconds and nanoseconds of the monotonic clock.</summary>
    public override string ToString() => $"{Nanoseconds / NanosecondsPerSecond}.{Nanoseconds % NanosecondsPerSecond:D9}";

    /// <summary>
    /// Converts the time of day with which the kernel stamped a packet. All packets use one offset, which keeps their order; the
    /// offset is replaced only when the time of day was set.
    /// </summary>
    internal static KernelTime FromRealtime(Timespec realtime)
    {
        if (IsStep(MeasureOffset(readings: 1)) && MeasureOffset(readings: 5) is var measured && IsStep(measured))
        {
            Volatile.Write(ref _realtimeOffset, measured);
        }
        return new KernelTime(realtime.TotalNanoseconds - Volatile.Read(ref _realtimeOffset));
    }

    private static bool IsStep(long offset) => Math.Abs(offset - Volatile.Read(ref _realtimeOffset)) > StepNanoseconds;

    /// <summary>Time of day minus monotonic time. The best reading is the one with the least monotonic time around it.</summary>
    private static long MeasureOffset(int readings)
    {
        var (best, offset) = (long.MaxValue, 0L);
        for (var reading = 0; reading < readings; reading++)
        {
            var before = Libc.ReadClock(Libc.MonotonicClock);
            var realtime = Libc.ReadClock(Libc.RealtimeClock);
            var after = Libc.ReadClock(Libc.MonotonicClock);
            if (after - before >= best)
            {
                continue;
            }
            (best, offset) = (after - before, realtime - before - (after - before) / 2);
        }

        return offset;
    }
}
