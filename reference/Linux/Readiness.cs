using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>Waits for events from the kernel, never by sleeping: poll(2).</summary>
public static class Readiness
{
    /// <summary>In nanoseconds.</summary>
    private const long LongWait = 1_000_000_000;

    /// <summary>
    /// Waits until at least one source has data to read or an error to report, or until <paramref name="until"/>. If that time has
    /// passed, polls without waiting.
    /// </summary>
    /// <param name="until">Null waits without a time limit.</param>
    /// <returns>The sources that are ready, in their order; empty if the time came first.</returns>
    /// <exception cref="ObjectDisposedException">A source is closed.</exception>
    public static unsafe IReadOnlyList<T> Wait<T>(IReadOnlyList<T> sources, KernelTime? until)
        where T : IReadable
    {
        var polls = stackalloc PollDescriptor[sources.Count];
        var held = new List<FileDescriptor.Held>(sources.Count);
        try
        {
            for (var i = 0; i < sources.Count; i++)
            {
                held.Add(sources[i].Descriptor.Hold());
                polls[i] = new PollDescriptor { Descriptor = held[i].Number, Events = Libc.PollIn };
            }

            if (Poll(polls, sources.Count, until) == 0)
            {
                return [];
            }
            var ready = new List<T>();
            for (var i = 0; i < sources.Count; i++)
            {
                if (polls[i].Returned != 0)
                {
                    ready.Add(sources[i]);
                }
            }

            return ready;
        }
        finally
        {
            foreach (var hold in held)
            {
                hold.Dispose();
            }
        }
    }

    /// <summary>Waits until the descriptor is ready for writing.</summary>
    internal static unsafe void WaitToWrite(FileDescriptor descriptor)
    {
        using var held = descriptor.Hold();
        var poll = new PollDescriptor { Descriptor = held.Number, Events = Libc.PollOut };
        Poll(&poll, 1, until: null);
    }

    private static unsafe int Poll(PollDescriptor* polls, int count, KernelTime? until)
    {
        while (true)
        {
            var left = until is { } time ? Math.Max(0, time.Nanoseconds - KernelTime.Now.Nanoseconds) : 0;

            // The kernel may end a wait late by a part of its length, up to 1/200 and 100 ms. A long one is followed by shorter ones.
            var asked = left > LongWait ? left - (left / 50) : left;
            var timeout = Timespec.FromNanoseconds(asked);
            var ready = Libc.Poll(polls, (nuint)count, until is null ? null : &timeout, null);
            if (ready == 0 && asked < left)
            {
                continue;
            }
            if (ready >= 0)
            {
                return ready;
            }
            var error = LinuxException.Last("ppoll", $"{count} descriptors");
            if (error.ErrorNumber != Errno.Interrupted)
            {
                throw error;
            }
        }
    }
}
