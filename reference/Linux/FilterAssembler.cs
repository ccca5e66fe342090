namespace Pmip.Linux;

/// <summary>
/// Assembles a classic BPF program with labels for its jumps, which are forward only. linux/bpf_common.h, linux/filter.h.
/// </summary>
internal sealed class FilterAssembler
{
    /// <summary>linux/if_packet.h: PACKET_OTHERHOST, a frame addressed to another host.</summary>
    internal const uint OtherHost = 3;

    /// <summary>linux/bpf_common.h: classes, sizes, modes and operations, combined.</summary>
    private const ushort LoadWordAbsolute = 0x20,
        LoadOctetAbsolute = 0x30,
        LoadHalfWordIndirect = 0x48,
        LoadOctetIndirect = 0x50,
        LoadImmediate = 0x00,
        LoadMemory = 0x60,
        LoadIndexImmediate = 0x01,
        LoadIndexHeaderLength = 0xb1,
        StoreMemory = 0x02,
        AddImmediate = 0x04,
        AddFromIndex = 0x0c,
        AndImmediate = 0x54,
        ShiftLeftImmediate = 0x64,
        JumpAlways = 0x05,
        JumpEqual = 0x15,
        ReturnImmediate = 0x06,
        MoveToIndex = 0x07;

    /// <summary>linux/filter.h: SKF_AD_OFF + SKF_AD_PKTTYPE.</summary>
    private const uint PacketTypeOffset = unchecked((uint)(-0x1000 + 4));

    private readonly List<(ushort Code, uint Operand, string? IfTrue, string? IfFalse)> _code = [];
    private readonly Dictionary<string, int> _labels = [];

    internal FilterAssembler LoadPacketType() => Add(LoadWordAbsolute, PacketTypeOffset);

    internal FilterAssembler LoadOctet(uint offset) => Add(LoadOctetAbsolute, offset);

    internal FilterAssembler LoadOctetAtIndex(uint offset) => Add(LoadOctetIndirect, offset);

    internal FilterAssembler LoadHalfWordAtIndex(uint offset) => Add(LoadHalfWordIndirect, offset);

    internal FilterAssembler LoadConstant(uint value) => Add(LoadImmediate, value);

    internal FilterAssembler LoadIndex(uint value) => Add(LoadIndexImmediate, value);

    /// <summary>Four times the low half of the octet: the length of an IPv4 header.</summary>
    internal FilterAssembler LoadIndexWithHeaderLength(uint offset) => Add(LoadIndexHeaderLength, offset);

    internal FilterAssembler Store(uint cell) => Add(StoreMemory, cell);

    internal FilterAssembler Load(uint cell) => Add(LoadMemory, cell);

    internal FilterAssembler Add(uint value) => Add(AddImmediate, value);

    internal FilterAssembler AddIndex() => Add(AddFromIndex, 0);

    internal FilterAssembler And(uint mask) => Add(AndImmediate, mask);

    internal FilterAssembler ShiftLeft(uint bits) => Add(ShiftLeftImmediate, bits);

    internal FilterAssembler ToIndex() => Add(MoveToIndex, 0);

    internal FilterAssembler Jump(string label) => Add(JumpAlways, 0, label);

    internal FilterAssembler JumpIfEqual(uint value, string label) => Add(JumpEqual, value, label);

    internal FilterAssembler JumpUnlessEqual(uint value, string label) => Add(JumpEqual, value, ifFalse: label);

    /// <summary>Queues at most this many octets of the packet; 0 drops the packet.</summary>
    internal FilterAssembler Return(uint octets) => Add(ReturnImmediate, octets);

    internal FilterAssembler Label(string label)
    {
        _labels.Add(label, _code.Count);
        return this;
    }

    internal PacketFilter.Instruction[] Assemble()
    {
        var program = new PacketFilter.Instruction[_code.Count];
        for (var at = 0; at < program.Length; at++)
        {
            var (code, operand, ifTrue, ifFalse) = _code[at];
            program[at] =
                code == JumpAlways
                    ? new PacketFilter.Instruction { Code = code, Operand = (uint)Distance(at, ifTrue) }
                    : new PacketFilter.Instruction
                    {
                        Code = code,
                        Operand = operand,
                        IfTrue = checked((byte)Distance(at, ifTrue)),
                        IfFalse = checked((byte)Distance(at, ifFalse)),
                    };
        }

        return program;
    }

    private int Distance(int from, string? label) => label is null ? 0 : _labels[label] - from - 1;

    private FilterAssembler Add(ushort code, uint operand, string? ifTrue = null, string? ifFalse = null)
    {
        _code.Add((code, operand, ifTrue, ifFalse));
        return this;
    }
}
