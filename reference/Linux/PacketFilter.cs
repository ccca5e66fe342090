using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// A filter for the packets that the kernel queues for a socket: a classic BPF program, SO_ATTACH_FILTER, linux/filter.h.
/// </summary>
public sealed class PacketFilter
{
    /// <summary>asm-generic/socket.h: SO_ATTACH_FILTER.</summary>
    private const int AttachFilter = 26;

    private readonly Instruction[] _program;

    private PacketFilter(Instruction[] program) => _program = program;

    /// <summary>Drops all packets, for a socket that only sends.</summary>
    public static PacketFilter Nothing { get; } = new(new FilterAssembler().Return(0).Assemble());

    /// <summary>
    /// Passes control packets to a router and drops its data. A packet begins with the IPv6 header. It passes if it is not addressed to
    /// another station and carries, after at most three extension headers, a Mobility Header, ESP or an ICMPv6 message other than echo.
    /// </summary>
    public static PacketFilter ControlPlane { get; } = new(AssembleControlPlane());

    /// <summary>
    /// Passes IPv4 datagrams to a UDP port that are not addressed to another station, but no fragments. A packet begins with the IPv4
    /// header.
    /// </summary>
    public static PacketFilter Ipv4Udp(ushort port) => new(AssembleIpv4Udp(port));

    /// <summary>Passes datagrams with a UDP checksum. A datagram begins with the UDP header.</summary>
    public static PacketFilter WithUdpChecksum { get; } = new(AssembleWithUdpChecksum());

    internal unsafe void Attach(FileDescriptor socket, string target)
    {
        fixed (Instruction* program = _program)
        {
            Libc.SetOption(
                socket,
                Libc.SocketLevel,
                AttachFilter,
                new Program { Length = (ushort)_program.Length, First = program },
                "SO_ATTACH_FILTER",
                target
            );
        }
    }

    /// <summary>
    /// RFC 8200, Section 4: the first octet of an extension header is the Next Header field, the second its length in units of 8
    /// octets, not counting the first 8.
    /// </summary>
    private static Instruction[] AssembleControlPlane()
    {
        const uint nextHeaderOffset = 6,
            headerLength = 40,
            whole = uint.MaxValue;
        const uint hopByHop = 0,
            routing = 43,
            fragment = 44,
            icmpv6 = 58,
            destinationOptions = 60,
            esp = 50,
            mobilityHeader = 135;
        const uint echoRequest = 128,
            echoReply = 129;
        const uint fragmentOffsetAndMore = 0xfff9;
        const int levels = 4,
            next = 0;

        var code = new FilterAssembler()
            .LoadPacketType()
            .JumpIfEqual(FilterAssembler.OtherHost, "reject")
            .LoadOctet(nextHeaderOffset)
            .LoadIndex(headerLength);
        for (var level = 0; level < levels; level++)
        {
            code.JumpIfEqual(mobilityHeader, "accept").JumpIfEqual(esp, "accept").JumpIfEqual(icmpv6, "icmp");
            if (level == levels - 1)
            {
                break;
            }
            code.JumpIfEqual(hopByHop, $"options{level}")
                .JumpIfEqual(routing, $"options{level}")
                .JumpIfEqual(destinationOptions, $"options{level}")
                .JumpUnlessEqual(fragment, "reject")
                // A Fragment header on a whole packet is skipped; actual fragments are rejected.
                .LoadHalfWordAtIndex(2)
                .And(fragmentOffsetAndMore)
                .JumpUnlessEqual(0, "reject")
                .LoadOctetAtIndex(0)
                .Store(next)
                .LoadConstant(8)
                .Jump($"advance{level}")
                .Label($"options{level}")
                .LoadOctetAtIndex(0)
                .Store(next)
                .LoadOctetAtIndex(1)
                .Add(1)
                .ShiftLeft(3)
                .Label($"advance{level}")
                .AddIndex()
                .ToIndex()
                .Load(next);
        }

        return code.Label("reject")
            .Return(0)
            .Label("icmp")
            .LoadOctetAtIndex(0)
            .JumpIfEqual(echoRequest, "reject2")
            .JumpIfEqual(echoReply, "reject2")
            .Label("accept")
            .Return(whole)
            .Label("reject2")
            .Return(0)
            .Assemble();
    }

    private static Instruction[] AssembleIpv4Udp(ushort port)
    {
        const uint fragmentOffset = 6,
            protocolOffset = 9,
            udp = 17,
            destinationPort = 2,
            whole = uint.MaxValue;
        const uint fragmentOffsetAndMore = 0x3fff;
        return new FilterAssembler()
            .LoadPacketType()
            .JumpIfEqual(FilterAssembler.OtherHost, "reject")
            .LoadOctet(protocolOffset)
            .JumpUnlessEqual(udp, "reject")
            .LoadIndex(0)
            .LoadHalfWordAtIndex(fragmentOffset)
            .And(fragmentOffsetAndMore)
            .JumpUnlessEqual(0, "reject")
            .LoadIndexWithHeaderLength(0)
            .LoadHalfWordAtIndex(destinationPort)
            .JumpUnlessEqual(port, "reject")
            .Return(whole)
            .Label("reject")
            .Return(0)
            .Assemble();
    }

    private static Instruction[] AssembleWithUdpChecksum()
    {
        const uint checksum = 6,
            whole = uint.MaxValue;
        return new FilterAssembler()
            .LoadIndex(0)
            .LoadHalfWordAtIndex(checksum)
            .JumpUnlessEqual(0, "accept")
            .Return(0)
            .Label("accept")
            .Return(whole)
            .Assemble();
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Instruction
    {
        internal ushort Code;
        internal byte IfTrue;
        internal byte IfFalse;
        internal uint Operand;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Program
    {
        internal ushort Length;
        internal Instruction* First;
    }
}
