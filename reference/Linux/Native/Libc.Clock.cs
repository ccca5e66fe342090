using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>clock_gettime(2).</summary>
internal static partial class Libc
{
    /// <summary>linux/time.h: CLOCK_REALTIME, CLOCK_MONOTONIC.</summary>
    internal const int RealtimeClock = 0,
        MonotonicClock = 1;

    internal static unsafe long ReadClock(int clock)
    {
        Timespec time;
        if (GetTime(clock, &time) < 0)
        {
            throw LinuxException.Last("clock_gettime", $"clock {clock}");
        }
        return time.TotalNanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static unsafe partial int GetTime(int clock, Timespec* time);
}

/// <summary>struct __kernel_timespec: 64 bits each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    internal long Seconds;
    internal long Nanoseconds;

    private const long PerSecond = 1_000_000_000;

    internal readonly long TotalNanoseconds => Seconds * PerSecond + Nanoseconds;

    internal static Timespec FromNanoseconds(long nanoseconds) =>
        new() { Seconds = nanoseconds / PerSecond, Nanoseconds = nanoseconds % PerSecond };
}
