using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>How the kernel shares its cores out: setpriority(2).</summary>
public static class SchedulingPriority
{
    /// <summary>A nice value that busy programs of the usual 0 do not keep waiting, and that leaves the kernel's own threads before it.</summary>
    private const int Eager = -10;

    /// <summary>Lets the calling thread, and the threads and processes it starts from now on, run before others. Without the right to it, nothing happens.</summary>
    /// <returns>Whether it may.</returns>
    public static bool Raise() => Libc.SetPriority(Libc.PriorityOfProcess, 0, Eager) == 0;
}
