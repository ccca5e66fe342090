using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>The scheduling priority of a thread: setpriority(2).</summary>
public static class SchedulingPriority
{
    /// <summary>A nice value ahead of busy programs at the usual 0, and behind the kernel's own threads.</summary>
    private const int Eager = -10;

    /// <summary>
    /// Raises the priority of the calling thread, and of the threads and processes that it starts from now on. Has no effect without
    /// the privilege.
    /// </summary>
    /// <returns>Whether the priority was raised.</returns>
    public static bool Raise() => Libc.SetPriority(Libc.PriorityOfProcess, 0, Eager) == 0;
}
