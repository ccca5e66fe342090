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
    public static bool Raise() => Raise(0);

    /// <summary>Raises the priority of a process with one thread, and of what it starts from now on.</summary>
    /// <param name="process">0 is the calling thread.</param>
    /// <returns>Whether the priority was raised.</returns>
    public static bool Raise(int process) => Libc.SetPriority(Libc.PriorityOfProcess, (uint)process, Eager) == 0;
}
