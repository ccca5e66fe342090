using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>unshare(2), setns(2), mount(2), umount2(2), kill(2), pidfd_open(2), exec(3), signal(2).</summary>
internal static partial class Libc
{
    /// <summary>linux/sched.h: CLONE_NEWNET.</summary>
    internal const int NewNetworkNamespace = 0x40000000,
        NewMountNamespace = 0x20000;

    /// <summary>linux/mount.h: MS_BIND; sys/mount.h: MNT_DETACH.</summary>
    internal const int BindMount = 0x1000,
        RecursiveMount = 0x4000,
        PrivateMount = 0x40000,
        DetachMount = 2;

    /// <summary>asm-generic/signal.h.</summary>
    internal const int HangUpSignal = 1,
        KillSignal = 9,
        PipeSignal = 13;

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int SetNamespace(FileDescriptor descriptor, int type);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "pidfd_open", SetLastError = true)]
    internal static partial FileDescriptor OpenProcess(int process, uint flags);

    /// <summary>Returns only if it fails.</summary>
    /// <param name="arguments">From the program's name on; the last is null.</param>
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Execute(string program, string?[] arguments);

    /// <param name="handler">0 for the signal's default action.</param>
    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    internal static partial nint HandleSignal(int signal, nint handler);
}
