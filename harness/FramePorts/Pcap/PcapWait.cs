using System.Runtime.InteropServices;

namespace Conformance.FramePorts.Pcap;

/// <summary>Waits for frames: poll(2) on the selectable descriptors of libpcap, or the events of Npcap on Windows.</summary>
internal static unsafe partial class PcapWait
{
    /// <summary>poll.h: POLLIN, POLLNVAL; errno.h: EINTR. Linux and macOS have the same values.</summary>
    private const short PollIn = 0x01,
        PollInvalid = 0x20;

    private const int Interrupted = 4;

    /// <summary>What Windows waits for at once.</summary>
    private const int MostEvents = 64;

    /// <summary>Is waited for where a port has no event of its own.</summary>
    private static readonly ManualResetEvent _never = new(initialState: false);

    /// <summary>Waits until a port has frames, another descriptor can be read, or the time is over. At most 1 ms late.</summary>
    /// <param name="other">A further descriptor; null if there is none.</param>
    /// <returns>False if the time is over.</returns>
    /// <exception cref="FramePortException">There is nothing to wait for any more, because a descriptor is closed.</exception>
    public static bool Until(IReadOnlyList<PcapPort> ports, int? other, TimeSpan time)
    {
        var milliseconds = Math.Max(0, (int)Math.Ceiling(time.TotalMilliseconds));
        if (OperatingSystem.IsWindows())
        {
            return OnEvents([.. ports.Select(port => port.Event).OfType<WaitHandle>()], milliseconds);
        }

        var polls = stackalloc PollDescriptor[ports.Count + 1];
        for (var i = 0; i < ports.Count; i++)
        {
            polls[i] = new PollDescriptor { Descriptor = ports[i].Descriptor, Events = PollIn };
        }

        // A negative descriptor is passed over.
        polls[ports.Count] = new PollDescriptor { Descriptor = other ?? -1, Events = PollIn };

        var count = Poll(polls, (nuint)ports.Count + 1, milliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new FramePortException($"frames cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        for (var i = 0; count > 0 && i <= ports.Count; i++)
        {
            if ((polls[i].Returned & PollInvalid) != 0)
            {
                throw new FramePortException("frames cannot be waited for: a descriptor is closed");
            }
        }

        // An interrupted wait is one that ends early.
        return count != 0;
    }

    private static bool OnEvents(WaitHandle[] events, int milliseconds)
    {
        if (events.Length is > 0 and <= MostEvents)
        {
            return WaitHandle.WaitAny(events, milliseconds) != WaitHandle.WaitTimeout;
        }

        // Without an event, or with too many, the ports are looked at after a moment.
        _never.WaitOne(Math.Min(1, milliseconds));
        return milliseconds > 1;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }
}
