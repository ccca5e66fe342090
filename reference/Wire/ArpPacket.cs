using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>An ARP packet for IPv4 on Ethernet, RFC 826.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |       Hardware Type = 1       |     Protocol Type = 0800      |
/// +---------------+---------------+-------------------------------+
/// | HW Length = 6 |Pr. Length = 4 |           Operation           |
/// +---------------+---------------+-------------------------------+
/// |                  Sender Hardware Address (6)                  |
/// +                               +-------------------------------+
/// |                               |    Sender Protocol Address    |
/// +-------------------------------+-------------------------------+
/// |            ... (4)            |                               |
/// +-------------------------------+                               +
/// |                  Target Hardware Address (6)                  |
/// +---------------------------------------------------------------+
/// |                  Target Protocol Address (4)                  |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="SenderAddress">An IPv4 address; 0.0.0.0 in a probe (RFC 5227, Section 1.1).</param>
/// <param name="TargetHardware">Has no meaning in a request.</param>
/// <param name="TargetAddress">An IPv4 address.</param>
/// <exception cref="ArgumentException">An address is not IPv4.</exception>
public sealed record ArpPacket(
    ArpOperation Operation,
    MacAddress SenderHardware,
    IPAddress SenderAddress,
    MacAddress TargetHardware,
    IPAddress TargetAddress
)
{
    /// <summary>The EtherType of ARP.</summary>
    public const ushort EtherType = 0x0806;

    /// <summary>Length of the packet in octets.</summary>
    public const int Length = 28;

    private const ushort EthernetHardwareType = 1;
    private const int HardwareTypeOffset = 0;
    private const int ProtocolTypeOffset = 2;
    private const int HardwareLengthOffset = 4;
    private const int ProtocolLengthOffset = 5;
    private const int OperationOffset = 6;
    private const int SenderHardwareOffset = 8;
    private const int SenderAddressOffset = 14;
    private const int TargetHardwareOffset = 18;
    private const int TargetAddressOffset = 24;

    public IPAddress SenderAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(SenderAddress);

    public IPAddress TargetAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(TargetAddress);

    /// <summary>Reads a packet. Octets after the packet, such as Ethernet padding, are ignored.</summary>
    /// <param name="error">
    /// <c>Truncated</c>; <c>HardwareType</c>, <c>ProtocolType</c> or <c>AddressLength</c>: not IPv4 on Ethernet.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out ArpPacket? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        packet = null;
        error = Check(bytes);
        if (error is not null)
        {
            return false;
        }

        packet = new ArpPacket(
            (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(bytes[OperationOffset..]),
            new MacAddress(bytes.Slice(SenderHardwareOffset, MacAddress.Length)),
            Ipv4Octets.Read(bytes[SenderAddressOffset..]),
            new MacAddress(bytes.Slice(TargetHardwareOffset, MacAddress.Length)),
            Ipv4Octets.Read(bytes[TargetAddressOffset..])
        );
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(HardwareTypeOffset), EthernetHardwareType);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ProtocolTypeOffset), Ipv4Packet.EtherType);
        bytes[HardwareLengthOffset] = MacAddress.Length;
        bytes[ProtocolLengthOffset] = Ipv4Octets.Length;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(OperationOffset), (ushort)Operation);
        SenderHardware.CopyTo(bytes.AsSpan(SenderHardwareOffset));
        Ipv4Octets.Write(SenderAddress, bytes.AsSpan(SenderAddressOffset));
        TargetHardware.CopyTo(bytes.AsSpan(TargetHardwareOffset));
        Ipv4Octets.Write(TargetAddress, bytes.AsSpan(TargetAddressOffset));
        return bytes;
    }

    private static WireError? Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length)
        {
            return WireError.Truncated(bytes.Length, Length, bytes.Length);
        }

        var hardware = BinaryPrimitives.ReadUInt16BigEndian(bytes[HardwareTypeOffset..]);
        if (hardware != EthernetHardwareType)
        {
            return new WireError(HardwareTypeOffset, "HardwareType", $"hardware type {hardware}, not {EthernetHardwareType}");
        }

        var protocol = BinaryPrimitives.ReadUInt16BigEndian(bytes[ProtocolTypeOffset..]);
        if (protocol != Ipv4Packet.EtherType)
        {
            return new WireError(ProtocolTypeOffset, "ProtocolType", $"protocol type {protocol:x4}, not {Ipv4Packet.EtherType:x4}");
        }

        var (hardwareLength, protocolLength) = (bytes[HardwareLengthOffset], bytes[ProtocolLengthOffset]);
        if (hardwareLength != MacAddress.Length)
        {
            return new WireError(HardwareLengthOffset, "AddressLength", $"hardware length {hardwareLength}, not {MacAddress.Length}");
        }
        return protocolLength != Ipv4Octets.Length
            ? new WireError(ProtocolLengthOffset, "AddressLength", $"protocol length {protocolLength}, not {Ipv4Octets.Length}")
            : null;
    }
}
