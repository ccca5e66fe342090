using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The fields of a DHCP message before its options, RFC 2131, Section 2; the figure is at <see cref="DhcpMessage"/>.</summary>
internal static class DhcpFixedPart
{
    internal const int OperationOffset = 0;
    internal const int HardwareTypeOffset = 1;
    internal const int HardwareLengthOffset = 2;
    internal const int HopsOffset = 3;
    internal const int TransactionIdOffset = 4;
    internal const int SecondsOffset = 8;
    internal const int FlagsOffset = 10;
    internal const int ClientAddressOffset = 12;
    internal const int YourAddressOffset = 16;
    internal const int ServerAddressOffset = 20;
    internal const int RelayAddressOffset = 24;
    internal const int HardwareAddressOffset = 28;
    internal const int ServerNameOffset = 44;
    internal const int BootFileOffset = 108;
    internal const int MagicCookieOffset = 236;

    /// <summary>Length in octets; the options follow.</summary>
    internal const int Length = 240;

    /// <summary>The length of chaddr in octets.</summary>
    internal const int MaximumHardwareLength = ServerNameOffset - HardwareAddressOffset;

    internal const ushort BroadcastFlag = 0x8000;

    internal const uint MagicCookie = 0x63825363;

    private const int BootFileIsOverloaded = 1;
    private const int ServerNameIsOverloaded = 2;

    /// <param name="overload">The value of the overload option, or zero.</param>
    internal static bool IsBootFileOverloaded(byte overload) => (overload & BootFileIsOverloaded) != 0;

    /// <param name="overload">The value of the overload option, or zero.</param>
    internal static bool IsServerNameOverloaded(byte overload) => (overload & ServerNameIsOverloaded) != 0;

    /// <summary><c>Truncated</c>, <c>Operation</c>, <c>HardwareLength</c> or <c>MagicCookie</c>, or null.</summary>
    internal static WireError? Check(ReadOnlySpan<byte> message)
    {
        if (message.Length < Length)
        {
            return WireError.Truncated(message.Length, Length, message.Length);
        }
        if ((DhcpOperation)message[OperationOffset] is not (DhcpOperation.BootRequest or DhcpOperation.BootReply))
        {
            return new WireError(OperationOffset, "Operation", $"op {message[OperationOffset]}, neither 1 nor 2");
        }
        if (message[HardwareLengthOffset] > MaximumHardwareLength)
        {
            return new WireError(
                HardwareLengthOffset,
                "HardwareLength",
                $"hlen {message[HardwareLengthOffset]}, maximum {MaximumHardwareLength}"
            );
        }

        var cookie = BinaryPrimitives.ReadUInt32BigEndian(message[MagicCookieOffset..]);
        return cookie == MagicCookie ? null : new WireError(MagicCookieOffset, "MagicCookie", $"cookie {cookie:x8}, not {MagicCookie:x8}");
    }
}
