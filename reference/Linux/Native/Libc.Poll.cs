using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>poll(2), eventfd(2).</summary>
internal static partial class Libc
{
    /// <summary>asm-generic/poll.h: POLLIN, POLLOUT.</summary>
    internal const short PollIn = 1,
        PollOut = 4;

    /// <summary>linux/eventfd.h.</summary>
    internal const int EventCloseOnExec = CloseOnExec,
        EventNonBlocking = NonBlocking;

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    internal static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, Timespec* timeout, void* signalMask);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial FileDescriptor EventDescriptor(uint initial, int flags);
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    internal int Descriptor;
    internal short Events;
    internal short Returned;
}
