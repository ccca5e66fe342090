using System.Diagnostics;

namespace Conformance.FramePorts;

/// <summary>
/// The time of day as it was when this process began, which goes on evenly when the time of day is set. Timestamps of frames, deadlines
/// and <see cref="Now"/> of all drivers use this clock.
/// </summary>
public static class FrameClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = NanosecondsPerSecond / TimeSpan.TicksPerSecond;

    /// <summary>
    /// A larger change of the time of day against the monotonic clock is a step; a smaller change is noise from reading both clocks.
    /// </summary>
    private const long StepNanoseconds = 1_000_000;

    private static readonly long _atStart = MeasureOffset(readings: 5);
    private static long _offset = _atStart;

    public static DateTimeOffset Now => OfMonotonic(Monotonic);

    /// <summary>Nanoseconds of the monotonic clock; on Linux, of CLOCK_MONOTONIC.</summary>
    public static long Monotonic =>
        Stopwatch.Frequency == NanosecondsPerSecond
            ? Stopwatch.GetTimestamp()
            : Stopwatch.GetElapsedTime(0, Stopwatch.GetTimestamp()).Ticks * NanosecondsPerTick;

    /// <summary>The time at a point of the monotonic clock, in nanoseconds.</summary>
    public static DateTimeOffset OfMonotonic(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((nanoseconds + _atStart) / NanosecondsPerTick);

    /// <summary>The point of the monotonic clock, in nanoseconds; the inverse of <see cref="OfMonotonic"/>.</summary>
    public static long ToMonotonic(DateTimeOffset time) => ((time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick) - _atStart;

    /// <summary>
    /// The time of a frame that the kernel has stamped with the time of day. All frames use one offset, which keeps their order; the
    /// offset is replaced only when the time of day was set.
    /// </summary>
    /// <param name="nanoseconds">Since 1970.</param>
    public static DateTimeOffset OfTimeOfDay(long nanoseconds)
    {
        if (IsStep(MeasureOffset(readings: 1)) && MeasureOffset(readings: 5) is var measured && IsStep(measured))
        {
            Volatile.Write(ref _offset, measured);
        }

        return OfMonotonic(nanoseconds - Volatile.Read(ref _offset));
    }

    private static bool IsStep(long offset) => Math.Abs(offset - Volatile.Read(ref _offset)) > StepNanoseconds;

    /// <summary>Time of day minus monotonic time. The best reading is the one with the least monotonic time around it.</summary>
    private static long MeasureOffset(int readings)
    {
        var (best, offset) = (long.MaxValue, 0L);
        for (var reading = 0; reading < readings; reading++)
        {
            var before = Monotonic;
            var timeOfDay = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
            var after = Monotonic;
            if (after - before < best)
            {
                (best, offset) = (after - before, timeOfDay - before - ((after - before) / 2));
            }
        }

        return offset;
    }
}
