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

    /// <summary>Reads what there is. False if there is nothing yet.</summary>
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

    /// <summary>Writes all of it in one call, as devices want it, waiting for room.</summary>
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

    /// <summary>sys/resource.h: PRIO_PROCESS, which with an id of 0 is the calling thread.</summary>
    internal const int PriorityOfProcess = 0;

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    internal static partial int SetPriority(int which, uint id, int priority);

    /// <summary>Writes as much as there is room for, and does not wait for more.</summary>
    /// <exception cref="LinuxException">There is none at all (EAGAIN), or nobody to read it (EPIPE).</exception>
    internal static int WriteNow(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, string target) =>
        Write(descriptor, bytes, (nuint)bytes.Length) is >= 0 and var length ? (int)length : throw LinuxException.Last("write", target);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    internal static partial FileDescriptor Duplicate(int descriptor);

    /// <summary>To a standard stream, which is nobody's to close.</summary>
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
