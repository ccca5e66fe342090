using System.Runtime.InteropServices;
using System.Text;

namespace Conformance.FramePorts.Pcap;

/// <summary>
/// The links of a network namespace of Linux: ioctls of netdevice(7), and the kernel's messages of rtnetlink(7), whose fixed headers
/// say all that is needed here.
/// </summary>
internal sealed unsafe partial class LinuxLinks : ILinks
{
    private const int FamilyInet = 2,
        FamilyNetlink = 16,
        Datagram = 2,
        Raw = 3,
        NonBlocking = 0x800,
        CloseOnExec = 0x80000;

    /// <summary>linux/rtnetlink.h: RTMGRP_LINK, RTM_NEWLINK, RTM_DELLINK.</summary>
    private const uint LinkGroup = 1;
    private const ushort NewLink = 16,
        DeletedLink = 17;

    /// <summary>struct nlmsghdr, then struct ifinfomsg with the index at 4 and the flags at 8.</summary>
    private const int MessageHeader = 16,
        IndexOffset = MessageHeader + 4,
        FlagsOffset = MessageHeader + 8,
        ShortestMessage = MessageHeader + 16;

    private readonly int _events;
    private readonly Dictionary<int, long> _losses = [];
    private long _overruns;

    /// <summary>Follows the links of the calling thread's namespace.</summary>
    public LinuxLinks()
    {
        Requests = OpenSocket(FamilyInet, Datagram, 0);
        _events = OpenSocket(FamilyNetlink, Raw | NonBlocking, 0);
        var address = new NetlinkAddress { Family = FamilyNetlink, Groups = LinkGroup };
        if (Bind(_events, &address, (uint)sizeof(NetlinkAddress)) != 0)
        {
            throw new FramePortException($"the kernel does not tell of links: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public int? Descriptor => _events;

    public bool HasChange => false;

    /// <summary>A socket for requests about interfaces of the namespace.</summary>
    internal int Requests { get; }

    public bool TakeChange()
    {
        var told = false;
        var buffer = stackalloc byte[16 * 1024];
        nint length;
        while ((length = Receive(_events, buffer, 16 * 1024, 0)) != 0)
        {
            if (length < 0)
            {
                if (Marshal.GetLastPInvokeError() != (int)LinuxError.NoBuffers)
                {
                    return told;
                }

                // Messages were lost: any link may have been down.
                _overruns++;
            }
            else
            {
                Take(new ReadOnlySpan<byte>(buffer, (int)length));
            }

            told = true;
        }

        return told;
    }

    public ILink Take(string interfaceName) => new LinuxLink(this, interfaceName);

    /// <summary>How often the link of an interface was seen down.</summary>
    internal long LossesOf(int index)
    {
        TakeChange();
        return _overruns + _losses.GetValueOrDefault(index);
    }

    public void Dispose()
    {
        _ = Close(_events);
        _ = Close(Requests);
    }

    /// <summary>A request of netdevice(7) about an interface, whose answer replaces the data.</summary>
    internal void Control(nuint request, string name, Span<byte> data)
    {
        if (!TryControl(request, name, data, out var error))
        {
            throw new FramePortException($"{name}: {Marshal.GetPInvokeErrorMessage((int)error)}") { IsGone = error == LinuxError.NoDevice };
        }
    }

    internal bool TryControl(nuint request, string name, Span<byte> data, out LinuxError error)
    {
        var whole = stackalloc byte[InterfaceRequest];
        new Span<byte>(whole, InterfaceRequest).Clear();
        Encoding.UTF8.GetBytes(name, new Span<byte>(whole, NameLength - 1));
        data.CopyTo(new Span<byte>(whole + NameLength, DataLength));
        var result = Ioctl(Requests, request, whole);
        error = result < 0 ? (LinuxError)Marshal.GetLastPInvokeError() : LinuxError.None;
        new Span<byte>(whole + NameLength, data.Length).CopyTo(data);
        return result >= 0;
    }

    /// <summary>Waits until the kernel tells of a link. Can end early.</summary>
    internal void WaitForMessage(TimeSpan time) => PcapWait.Until([], _events, time);

    private void Take(ReadOnlySpan<byte> messages)
    {
        while (messages.Length >= ShortestMessage)
        {
            var length = (int)MemoryMarshal.Read<uint>(messages);
            var type = MemoryMarshal.Read<ushort>(messages[sizeof(uint)..]);
            var flags = MemoryMarshal.Read<uint>(messages[FlagsOffset..]);
            if (type == DeletedLink || (type == NewLink && (flags & LinuxLink.LowerUp) == 0))
            {
                var index = MemoryMarshal.Read<int>(messages[IndexOffset..]);
                _losses[index] = _losses.GetValueOrDefault(index) + 1;
            }

            messages = messages[Math.Min(messages.Length, (length + 3) & ~3)..];
        }
    }

    private static int OpenSocket(int family, int type, int protocol) =>
        Socket(family, type | CloseOnExec, protocol) is >= 0 and var opened
            ? opened
            : throw new FramePortException($"no socket can be opened: {Marshal.GetLastPInvokeErrorMessage()}");

    /// <summary>struct ifreq: the name, then a union.</summary>
    private const int NameLength = 16,
        DataLength = 24,
        InterfaceRequest = NameLength + DataLength;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, NetlinkAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int socket, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NetlinkAddress
    {
        internal ushort Family;
        internal ushort Padding;
        internal uint Process;
        internal uint Groups;
    }
}

/// <summary>Error numbers of Linux.</summary>
internal enum LinuxError
{
    None = 0,
    NoDevice = 19,
    InvalidArgument = 22,
    NotSupported = 95,
    NoBuffers = 105,
}
