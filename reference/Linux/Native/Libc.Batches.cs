using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>
/// Many packets in one call, and packets in pieces: sendmmsg(2), recvmmsg(2), read(2), writev(2). The methods take the numbers of
/// descriptors that the caller holds open. On failure they return the negated errno: a lost packet is not an exception.
/// </summary>
internal static partial class Libc
{
    internal static unsafe int SendMessages(int socket, BatchMessage* messages, int count) =>
        OrError(SendBatch(socket, messages, (uint)count, 0));

    internal static unsafe int ReceiveMessages(int socket, BatchMessage* messages, int count) =>
        OrError(ReceiveBatch(socket, messages, (uint)count, 0, null));

    internal static unsafe int Read(int descriptor, byte* buffer, int length) =>
        OrError((int)ReadNumber(descriptor, buffer, (nuint)length));

    internal static unsafe int Write(int descriptor, IoVector* pieces, int count) => OrError((int)WriteVectors(descriptor, pieces, count));

    private static int OrError(int result) => result >= 0 ? result : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static unsafe partial int SendBatch(int socket, BatchMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    private static unsafe partial int ReceiveBatch(int socket, BatchMessage* messages, uint count, int flags, Timespec* timeout);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint ReadNumber(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "writev", SetLastError = true)]
    private static unsafe partial nint WriteVectors(int descriptor, IoVector* pieces, int count);
}

/// <summary>struct mmsghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BatchMessage
{
    internal MessageHeader Header;

    /// <summary>Octets of the datagram, sent or received.</summary>
    internal uint Length;
}
