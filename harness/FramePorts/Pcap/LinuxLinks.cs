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

    /// <summary>linux/rtnetlink.h: RTMGRP_LINK, RTM_NEWLINK, RTM_GETLINK; linux/netlink.h: NLMSG_ERROR, NLM_F_REQUEST.</summary>
    private const uint LinkGroup = 1;
    private const ushort NewLink = 16,
        GetLink = 18,
        Error = 2,
        Request = 1;

    /// <summary>linux/if.h: IFF_UP, IFF_RUNNING, IFF_LOWER_UP.</summary>
    private const uint Up = 0x01,
        Running = 0x40,
        LowerUp = 1 << 16;

    /// <summary>linux/if_link.h: IFLA_MTU, IFLA_CARRIER_DOWN_COUNT.</summary>
    private const ushort MtuAttribute = 4,
        CarrierLosses = 48;

    /// <summary>
    /// struct nlmsghdr, then struct ifinfomsg with the index at 4 and the flags at 8, then attributes of a length and a type.
    /// </summary>
    private const int MessageHeader = 16,
        IndexOffset = MessageHeader + 4,
        FlagsOffset = MessageHeader + 8,
        Attributes = MessageHeader + 16,
        AttributeHeader = 4;

    private const int LongestMessage = 32 * 1024;

    private readonly int _events;
    private readonly int _questions;
    private readonly byte[] _message = new byte[LongestMessage];

    /// <summary>Follows the links of the calling thread's namespace.</summary>
    public LinuxLinks()
    {
        Requests = OpenSocket(FamilyInet, Datagram, 0);
        _questions = OpenSocket(FamilyNetlink, Raw, 0);
        _events = OpenSocket(FamilyNetlink, Raw | NonBlocking, 0);
        var address = new NetlinkAddress { Family = FamilyNetlink, Groups = LinkGroup };
        if (Bind(_events, &address, (uint)sizeof(NetlinkAddress)) != 0)
        {
            throw new FramePortException($"the kernel reports no links: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public int? Descriptor => _events;

    public bool HasChange => false;

    /// <summary>A socket for requests about interfaces of the namespace.</summary>
    internal int Requests { get; }

    public bool TakeChange()
    {
        var told = false;
        while (true)
        {
            var length = Receive(_events, _message);
            if (length < 0 && Marshal.GetLastPInvokeError() != (int)LinuxError.NoBuffers)
            {
                return told;
            }

            // Also if messages were lost, which is told by an error: any link may have changed.
            told = true;
        }
    }

    public ILink Take(string interfaceName) => new LinuxLink(this, interfaceName);

    /// <summary>
    /// Asks rtnetlink for a link. An ioctl would answer that it is up a moment before frames pass, and does not count its losses.
    /// </summary>
    internal LinkView Read(int index, string name)
    {
        Span<byte> question = stackalloc byte[Attributes];
        question.Clear();
        MemoryMarshal.Write(question, (uint)Attributes);
        MemoryMarshal.Write(question[sizeof(uint)..], GetLink);
        MemoryMarshal.Write(question[(sizeof(uint) + sizeof(ushort))..], Request);
        MemoryMarshal.Write(question[IndexOffset..], index);
        nint sent;
        fixed (byte* octets = question)
        {
            sent = Send(_questions, octets, Attributes, 0);
        }

        var length = sent < 0 ? sent : Receive(_questions, _message);
        if (length < Attributes)
        {
            throw new FramePortException($"{name}: the kernel does not report its link: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        ReadOnlySpan<byte> answer = _message.AsSpan(0, (int)length);
        if (MemoryMarshal.Read<ushort>(answer[sizeof(uint)..]) == Error)
        {
            var error = -MemoryMarshal.Read<int>(answer[MessageHeader..]);
            throw new FramePortException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}") { IsGone = error == (int)LinuxError.NoDevice };
        }

        var flags = MemoryMarshal.Read<uint>(answer[FlagsOffset..]);
        return new LinkView(
            (flags & Up) != 0,
            (flags & LowerUp) != 0,
            (flags & Running) != 0,
            Number(answer, CarrierLosses),
            Number(answer, MtuAttribute)
        );
    }

    public void Dispose()
    {
        _ = Close(_events);
        _ = Close(_questions);
        _ = Close(Requests);
    }

    /// <summary>setpriority(2) of the calling thread: ahead of busy programs at the usual 0, behind the kernel's own threads.</summary>
    internal static void RaisePriority() => _ = SetPriority(0, 0, -10);

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

    /// <summary>Waits until the kernel reports a change of a link. May end early.</summary>
    internal void WaitForMessage(TimeSpan time) => PcapWait.Until([], _events, time);

    /// <summary>A 32-bit attribute of a link.</summary>
    private static int Number(ReadOnlySpan<byte> answer, ushort type)
    {
        var rest = answer[Attributes..];
        while (rest.Length >= AttributeHeader + sizeof(int))
        {
            var length = MemoryMarshal.Read<ushort>(rest);
            if (MemoryMarshal.Read<ushort>(rest[sizeof(ushort)..]) == type)
            {
                return MemoryMarshal.Read<int>(rest[AttributeHeader..]);
            }

            rest = rest[Math.Min(rest.Length, Math.Max(AttributeHeader, (length + 3) & ~3))..];
        }

        throw new FramePortException("the kernel says too little of a link");
    }

    private static nint Receive(int socket, byte[] into)
    {
        fixed (byte* buffer = into)
        {
            return Receive(socket, buffer, (nuint)into.Length, 0);
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

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, NetlinkAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* buffer, nuint length, int flags);

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
