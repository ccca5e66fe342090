using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Conformance.FramePorts.Pcap;

/// <summary>Waits for frames: poll(2) on the selectable descriptors of libpcap, or the events of Npcap on Windows.</summary>
internal static unsafe partial class PcapWait
{
    private const short PollIn = 1;

    /// <summary>Waits until a port has frames, another descriptor can be read, or the time is over. At most 1 ms late.</summary>
    /// <param name="other">A further descriptor; null if there is none.</param>
    /// <returns>False if the time is over.</returns>
    public static bool Until(IReadOnlyList<PcapPort> ports, int? other, TimeSpan time)
    {
        var milliseconds = Math.Max(0, (int)Math.Ceiling(time.TotalMilliseconds));
        if (OperatingSystem.IsWindows())
        {
            return OnEvents([.. ports.Select(port => port.Event)], milliseconds);
        }

        var polls = stackalloc PollDescriptor[ports.Count + 1];
        for (var i = 0; i < ports.Count; i++)
        {
            polls[i] = new PollDescriptor { Descriptor = ports[i].Descriptor, Events = PollIn };
        }

        // A negative descriptor is passed over.
        polls[ports.Count] = new PollDescriptor { Descriptor = other ?? -1, Events = PollIn };

        // An interrupted wait is one that ends early.
        return Poll(polls, (nuint)ports.Count + 1, milliseconds) != 0;
    }

    private static bool OnEvents(IReadOnlyList<nint> events, int milliseconds)
    {
        var handles = events
            .Select(handle => new AutoResetEvent(false) { SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false) })
            .ToArray<WaitHandle>();
        return WaitHandle.WaitAny(handles, milliseconds) != WaitHandle.WaitTimeout;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
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
