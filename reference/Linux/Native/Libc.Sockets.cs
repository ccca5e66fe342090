using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>
/// socket(2), bind(2), listen(2), accept4(2), connect(2), setsockopt(2), getsockopt(2), sendmsg(2), recvmsg(2), if_nametoindex(3).
/// </summary>
internal static partial class Libc
{
    /// <summary>linux/socket.h.</summary>
    internal const int FamilyUnix = 1,
        FamilyInet = 2,
        FamilyInet6 = 10,
        FamilyNetlink = 16,
        FamilyPacket = 17;

    /// <summary>linux/net.h.</summary>
    internal const int StreamSocket = 1,
        DatagramSocket = 2,
        RawSocket = 3,
        NonBlockingSocket = NonBlocking,
        CloseOnExecSocket = CloseOnExec;

    /// <summary>asm-generic/socket.h.</summary>
    internal const int SocketLevel = 1,
        BindToDevice = 25,
        ReceiveBufferForce = 33,
        TimestampNanoseconds = 64,
        NamespaceCookie = 71;

    /// <summary>linux/socket.h: MSG_TRUNC.</summary>
    internal const int Truncated = 0x20;

    internal static FileDescriptor OpenSocket(int family, int type, int protocol, string target)
    {
        var descriptor = Socket(family, type | CloseOnExecSocket, protocol);
        if (!descriptor.IsInvalid)
        {
            return descriptor;
        }
        descriptor.Dispose();
        throw LinuxException.Last("socket", target);
    }

    internal static unsafe void Bind<T>(FileDescriptor socket, T address, string target)
        where T : unmanaged
    {
        if (Bind(socket, &address, (uint)sizeof(T)) < 0)
        {
            throw LinuxException.Last("bind", target);
        }
    }

    internal static unsafe void Connect<T>(FileDescriptor socket, T address, string target)
        where T : unmanaged
    {
        if (Connect(socket, &address, (uint)sizeof(T)) < 0)
        {
            throw LinuxException.Last("connect", target);
        }
    }

    /// <summary>The address a socket is bound to.</summary>
    internal static unsafe T BoundAddress<T>(FileDescriptor socket, string target)
        where T : unmanaged
    {
        T address = default;
        var length = (uint)sizeof(T);
        return GetName(socket, &address, &length) < 0 ? throw LinuxException.Last("getsockname", target) : address;
    }

    /// <param name="name">The option's name in its manual page, for the exception.</param>
    internal static unsafe void SetOption<T>(FileDescriptor socket, int level, int option, T value, string name, string target)
        where T : unmanaged
    {
        if (SetOption(socket, level, option, &value, (uint)sizeof(T)) < 0)
        {
            throw LinuxException.Last($"setsockopt {name}", target);
        }
    }

    /// <summary>Sets an option to nothing.</summary>
    internal static unsafe void ClearOption(FileDescriptor socket, int level, int option, string name, string target)
    {
        if (SetOption(socket, level, option, null, 0) < 0)
        {
            throw LinuxException.Last($"setsockopt {name}", target);
        }
    }

    internal static unsafe T GetOption<T>(FileDescriptor socket, int level, int option, string name, string target)
        where T : unmanaged
    {
        T value = default;
        var length = (uint)sizeof(T);
        return GetOption(socket, level, option, &value, &length) < 0 ? throw LinuxException.Last($"getsockopt {name}", target) : value;
    }

    /// <summary>The index of an interface of the calling thread's namespace.</summary>
    internal static int InterfaceIndex(string name) =>
        NameToIndex(name) is > 0 and var index ? (int)index : throw LinuxException.Last("if_nametoindex", name);

    /// <summary>Sends one datagram; waits for buffer space.</summary>
    internal static unsafe void Send<T>(
        FileDescriptor socket,
        T address,
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<byte> control,
        string target
    )
        where T : unmanaged => Send(socket, &address, (uint)sizeof(T), bytes, control, target);

    /// <summary>Sends one datagram to the address the socket is bound or connected to; waits for buffer space.</summary>
    internal static unsafe void Send(FileDescriptor socket, ReadOnlySpan<byte> bytes, string target) =>
        Send(socket, null, 0, bytes, default, target);

    /// <summary>Receives one datagram into the buffers. False if the socket is non-blocking and no datagram has arrived.</summary>
    internal static unsafe bool TryReceive<T>(
        FileDescriptor socket,
        Span<byte> buffer,
        Span<byte> control,
        string target,
        out T address,
        out Received received
    )
        where T : unmanaged
    {
        T name = default;
        fixed (
            byte* bytes = buffer,
                controlBytes = control
        )
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)buffer.Length };
            while (true)
            {
                var header = new MessageHeader
                {
                    Name = &name,
                    NameLength = (uint)sizeof(T),
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = controlBytes,
                    ControlLength = (nuint)control.Length,
                };
                var length = ReceiveMessage(socket, &header, 0);
                if (length >= 0)
                {
                    (address, received) = (name, new Received((int)length, (int)header.ControlLength, (header.Flags & Truncated) != 0));
                    return true;
                }

                var error = LinuxException.Last("recvmsg", target);
                (address, received) = (default, default);
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
    }

    private static unsafe void Send(
        FileDescriptor socket,
        void* name,
        uint nameLength,
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<byte> control,
        string target
    )
    {
        fixed (
            byte* data = bytes,
                controlBytes = control
        )
        {
            var vector = new IoVector { Base = data, Length = (nuint)bytes.Length };
            var header = new MessageHeader
            {
                Name = name,
                NameLength = nameLength,
                Vectors = &vector,
                VectorCount = 1,
                Control = controlBytes,
                ControlLength = (nuint)control.Length,
            };
            while (SendMessage(socket, &header, 0) < 0)
            {
                var error = LinuxException.Last("sendmsg", target);
                if (error.ErrorNumber == Errno.TryAgain)
                {
                    Readiness.WaitToWrite(socket);
                }
                else if (error.ErrorNumber != Errno.Interrupted)
                {
                    throw error;
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial FileDescriptor Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static unsafe partial int Bind(FileDescriptor socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(FileDescriptor socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    internal static partial FileDescriptor Accept(FileDescriptor socket, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static unsafe partial int Connect(FileDescriptor socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static unsafe partial int GetName(FileDescriptor socket, void* address, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static unsafe partial int SetOption(FileDescriptor socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static unsafe partial int GetOption(FileDescriptor socket, int level, int option, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static unsafe partial nint SendMessage(FileDescriptor socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static unsafe partial nint ReceiveMessage(FileDescriptor socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint NameToIndex(string name);
}

/// <summary>The results of recvmsg besides the octets.</summary>
internal readonly record struct Received(int Length, int ControlLength, bool IsTruncated);

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal void* Base;
    internal nuint Length;
}

/// <summary>struct msghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    internal void* Name;
    internal uint NameLength;
    internal IoVector* Vectors;
    internal nuint VectorCount;
    internal void* Control;
    internal nuint ControlLength;
    internal int Flags;
}

/// <summary>Sixteen octets, as in struct in6_addr.</summary>
[InlineArray(Length)]
internal struct Octets16
{
    internal const int Length = 16;
    private byte _first;
}

/// <summary>Eight octets, as in the link-layer address of struct sockaddr_ll.</summary>
[InlineArray(8)]
internal struct Octets8
{
    private byte _first;
}
