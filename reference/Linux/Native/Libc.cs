using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Pmip.Linux.Native;

/// <summary>Files and their descriptors: open(2), close(2), read(2), write(2), ioctl(2).</summary>
internal static partial class Libc
{
    /// <summary>asm-generic/fcntl.h.</summary>
    internal const int ReadOnly = 0,
        WriteOnly = 1,
        ReadWrite = 2,
        NonBlocking = 0x800,
        CloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    internal static FileDescriptor Open(string path, int flags)
    {
        var descriptor = OpenPath(path, flags | CloseOnExec);
        if (!descriptor.IsInvalid)
        {
            return descriptor;
        }
        descriptor.Dispose();
        throw LinuxException.Last("open", path);
    }

    /// <summary>Reads the available octets. False if there are none yet.</summary>
    internal static bool TryRead(FileDescriptor descriptor, Span<byte> buffer, string target, out int length)
    {
        while (true)
        {
            length = (int)Read(descriptor, buffer, (nuint)buffer.Length);
            if (length >= 0)
            {
                return true;
            }
            var error = LinuxException.Last("read", target);
            if (error.ErrorNumber == Errno.TryAgain)
            {
                return false;
            }
            if (error.ErrorNumber != Errno.Interrupted)
            {
                throw error;
            }
        }
    }

    /// <summary>Writes all octets in one call, as devices require; waits for buffer space.</summary>
    internal static void Write(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, string target)
    {
        while (Write(descriptor, bytes, (nuint)bytes.Length) < 0)
        {
            var error = LinuxException.Last("write", target);
            if (error.ErrorNumber == Errno.TryAgain)
            {
                Readiness.WaitToWrite(descriptor);
            }
            else if (error.ErrorNumber != Errno.Interrupted)
            {
                throw error;
            }
        }
    }

    /// <summary>sys/resource.h: PRIO_PROCESS; with an ID of 0 it selects the calling thread.</summary>
    internal const int PriorityOfProcess = 0;

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    internal static partial int SetPriority(int which, uint id, int priority);

    /// <summary>Writes as many octets as there is buffer space for, and does not wait for more.</summary>
    /// <exception cref="LinuxException">There is no buffer space at all (EAGAIN), or no reader (EPIPE).</exception>
    internal static int WriteNow(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, string target) =>
        Write(descriptor, bytes, (nuint)bytes.Length) is >= 0 and var length ? (int)length : throw LinuxException.Last("write", target);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    internal static partial FileDescriptor Duplicate(int descriptor);

    /// <summary>Writes to a standard stream, which must not be closed and so has no handle.</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint WriteStandard(int descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int Control(FileDescriptor descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial FileDescriptor OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(FileDescriptor descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(FileDescriptor descriptor, ReadOnlySpan<byte> buffer, nuint length);
}
