using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>Which packets the kernel queues for a socket: a classic BPF program, SO_ATTACH_FILTER, linux/filter.h.</summary>
public sealed class PacketFilter
{
    /// <summary>asm-generic/socket.h: SO_ATTACH_FILTER.</summary>
    private const int AttachFilter = 26;

    private readonly Instruction[] _program;

    private PacketFilter(Instruction[] program) => _program = program;

    /// <summary>For a socket that is only sent by.</summary>
    public static PacketFilter Nothing { get; } = new(new FilterAssembler().Return(0).Assemble());

    /// <summary>
    /// Of packets from their IPv6 header on, those for this station that carry a Mobility Header, or an ICMPv6 message other than
    /// echo, behind no more than a few extension headers: what a router's control plane is about, and none of its data.
    /// </summary>
    public static PacketFilter ControlPlane { get; } = new(AssembleControlPlane());

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

    /// <summary>RFC 8200, Section 4: what follows a header stands in its first octet, its length in units of 8 octets in the second.</summary>
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
            code.JumpIfEqual(mobilityHeader, "accept").JumpIfEqual(icmpv6, "icmp");
            if (level == levels - 1)
            {
                break;
            }
            code.JumpIfEqual(hopByHop, $"options{level}")
                .JumpIfEqual(routing, $"options{level}")
                .JumpIfEqual(destinationOptions, $"options{level}")
                .JumpUnlessEqual(fragment, "reject")
                // One that is the whole packet is as good as none; the pieces of others are nobody's business here.
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
