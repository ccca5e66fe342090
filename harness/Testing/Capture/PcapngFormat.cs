namespace Conformance.Testing.Capture;

/// <summary>
/// The blocks and options of the PCAP Next Generation format that captures use
/// (draft-ietf-opsawg-pcapng, Sections 3 and 4).
///
///  0               1               2               3
/// |                          Block Type                           |
/// |                      Block Total Length                       |
/// |        Block Body, padded to 32 bits, options at its end      |
/// |                      Block Total Length                       |
/// </summary>
internal static class PcapngFormat
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint EnhancedPacket = 6;

    /// <summary>The magic number, written in the byte order of its section.</summary>
    public const uint ByteOrderMagic = 0x1A2B3C4D;

    public const ushort MajorVersion = 1;

    /// <summary>LINKTYPE_ETHERNET.</summary>
    public const ushort Ethernet = 1;

    /// <summary>The length of a block with an empty body: the type and both lengths.</summary>
    public const int SmallestBlock = 12;

    public const ushort EndOfOptions = 0;
    public const ushort Comment = 1;
    public const ushort UserApplication = 4;
    public const ushort InterfaceName = 2;
    public const ushort TimestampResolution = 9;
    public const ushort TimestampOffset = 14;
    public const ushort PacketFlags = 2;

    /// <summary>The bits of <see cref="PacketFlags"/> that hold the direction: 0 and 1.</summary>
    public const uint DirectionMask = 3;
    public const uint Inbound = 1;
    public const uint Outbound = 2;

    public const int NanosecondsPerTick = 100;

    /// <summary>The body of a block and option values are padded to 32 bits.</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
