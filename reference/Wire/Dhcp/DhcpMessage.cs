using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>A DHCP message, RFC 2131, Section 2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |      op       |     htype     |     hlen      |     hops      |
/// +---------------+---------------+---------------+---------------+
/// |                              xid                              |
/// +-------------------------------+-+-----------------------------+
/// |             secs              |B|            zero             |
/// +-------------------------------+-+-----------------------------+
/// |                            ciaddr                             |
/// +---------------------------------------------------------------+
/// |                            yiaddr                             |
/// +---------------------------------------------------------------+
/// |                            siaddr                             |
/// +---------------------------------------------------------------+
/// |                            giaddr                             |
/// +---------------------------------------------------------------+
/// |                          chaddr (16)                          |
/// +---------------------------------------------------------------+
/// |                          sname (64)                           |
/// +---------------------------------------------------------------+
/// |                          file (128)                           |
/// +---------------------------------------------------------------+
/// |                   magic cookie 63 82 53 63                    |
/// +---------------------------------------------------------------+
/// |                          options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="TransactionId">xid.</param>
/// <param name="Options">The options, including a <see cref="DhcpMessageTypeOption"/>.</param>
/// <exception cref="ArgumentException">The options have no message type.</exception>
public sealed record DhcpMessage(DhcpOperation Operation, uint TransactionId, DhcpOptionList Options)
{
    /// <summary>Minimum length of a written message in octets: a BOOTP message with 64 octets of options (RFC 951, Section 3).</summary>
    public const int MinimumLength = 300;

    /// <summary>htype of Ethernet.</summary>
    public const byte EthernetHardwareType = 1;

    private const uint MagicCookie = 0x63825363;
    private const ushort BroadcastFlag = 0x8000;
    private const int OperationOffset = 0;
    private const int HardwareTypeOffset = 1;
    private const int HardwareLengthOffset = 2;
    private const int HopsOffset = 3;
    private const int TransactionIdOffset = 4;
    private const int SecondsOffset = 8;
    private const int FlagsOffset = 10;
    private const int ClientAddressOffset = 12;
    private const int YourAddressOffset = 16;
    private const int ServerAddressOffset = 20;
    private const int RelayAddressOffset = 24;
    private const int HardwareAddressOffset = 28;
    private const int ServerNameOffset = 44;
    private const int BootFileOffset = 108;
    private const int MagicCookieOffset = 236;
    private const int OptionsOffset = 240;
    private const int EndOptionLength = 1;
    private const int FileIsOverloaded = 1;
    private const int ServerNameIsOverloaded = 2;

    public DhcpOptionList Options
    {
        get;
        init => field = RequireType(value);
    } = RequireType(Options);

    /// <summary>The value of the message type option.</summary>
    public DhcpMessageType Type => Options.First<DhcpMessageTypeOption>()!.Value;

    /// <summary>htype.</summary>
    public byte HardwareType { get; init; } = EthernetHardwareType;

    /// <summary>hlen octets of chaddr, at most 16.</summary>
    /// <exception cref="ArgumentException">The value is longer.</exception>
    public OctetString HardwareAddress
    {
        get;
        init => field = RequireRoom(value, ServerNameOffset - HardwareAddressOffset);
    }

    public byte Hops { get; init; }

    /// <summary>secs: seconds since the client began to acquire an address.</summary>
    public ushort Seconds { get; init; }

    /// <summary>The broadcast flag, RFC 2131, Section 4.1. The other flags are written as 0 and ignored when read.</summary>
    public bool Broadcast { get; init; }

    /// <summary>ciaddr.</summary>
    public IPAddress ClientAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = IPAddress.Any;

    /// <summary>yiaddr.</summary>
    public IPAddress YourAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = IPAddress.Any;

    /// <summary>siaddr.</summary>
    public IPAddress ServerAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = IPAddress.Any;

    /// <summary>giaddr.</summary>
    public IPAddress RelayAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = IPAddress.Any;

    /// <summary>sname, at most 64 octets without trailing zeros. Empty if the field contained options.</summary>
    /// <exception cref="ArgumentException">The value is longer.</exception>
    public OctetString ServerName
    {
        get;
        init => field = RequireRoom(WithoutPadding(value.Span), BootFileOffset - ServerNameOffset);
    }

    /// <summary>file, at most 128 octets without trailing zeros. Empty if the field contained options.</summary>
    /// <exception cref="ArgumentException">The value is longer.</exception>
    public OctetString BootFile
    {
        get;
        init => field = RequireRoom(WithoutPadding(value.Span), MagicCookieOffset - BootFileOffset);
    }

    /// <summary>Length of the message in octets, padded to <see cref="MinimumLength"/>.</summary>
    public int Length => Math.Max(MinimumLength, OptionsOffset + Options.Length + EndOptionLength);

    /// <summary>
    /// Reads a message. Options of overloaded fields become part of <see cref="Options"/>; octets after the end option are ignored.
    /// </summary>
    /// <param name="error">
    /// <c>Truncated</c>; <c>Operation</c>: neither request nor reply; <c>HardwareLength</c>: greater than 16; <c>MagicCookie</c>;
    /// <c>OptionsEnd</c>: no end option; <c>OptionTruncated</c>; <c>Overload</c>; <c>MessageType</c>: no message type option; or a rule of
    /// <see cref="DhcpOption.TryParse"/>. An error in an option of several parts has the offset of the first part.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out DhcpMessage? message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        message = null;
        error = CheckFixedPart(bytes);
        if (error is not null || !TryReadOptions(bytes, out var overload, out var options, out error))
        {
            return false;
        }

        message = new DhcpMessage(
            (DhcpOperation)bytes[OperationOffset],
            BinaryPrimitives.ReadUInt32BigEndian(bytes[TransactionIdOffset..]),
            options
        )
        {
            HardwareType = bytes[HardwareTypeOffset],
            HardwareAddress = new OctetString(bytes.Slice(HardwareAddressOffset, bytes[HardwareLengthOffset])),
            Hops = bytes[HopsOffset],
            Seconds = BinaryPrimitives.ReadUInt16BigEndian(bytes[SecondsOffset..]),
            Broadcast = (BinaryPrimitives.ReadUInt16BigEndian(bytes[FlagsOffset..]) & BroadcastFlag) != 0,
            ClientAddress = Ipv4Octets.Read(bytes[ClientAddressOffset..]),
            YourAddress = Ipv4Octets.Read(bytes[YourAddressOffset..]),
            ServerAddress = Ipv4Octets.Read(bytes[ServerAddressOffset..]),
            RelayAddress = Ipv4Octets.Read(bytes[RelayAddressOffset..]),
            ServerName = (overload & ServerNameIsOverloaded) != 0 ? default : new OctetString(bytes[ServerNameOffset..BootFileOffset]),
            BootFile = (overload & FileIsOverloaded) != 0 ? default : new OctetString(bytes[BootFileOffset..MagicCookieOffset]),
        };
        return true;
    }

    /// <summary>Writes the message without overloaded fields and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

        destination[..length].Clear();
        destination[OperationOffset] = (byte)Operation;
        destination[HardwareTypeOffset] = HardwareType;
        destination[HardwareLengthOffset] = (byte)HardwareAddress.Length;
        destination[HopsOffset] = Hops;
        BinaryPrimitives.WriteUInt32BigEndian(destination[TransactionIdOffset..], TransactionId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[SecondsOffset..], Seconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[FlagsOffset..], Broadcast ? BroadcastFlag : (ushort)0);
        Ipv4Octets.Write(ClientAddress, destination[ClientAddressOffset..]);
        Ipv4Octets.Write(YourAddress, destination[YourAddressOffset..]);
        Ipv4Octets.Write(ServerAddress, destination[ServerAddressOffset..]);
        Ipv4Octets.Write(RelayAddress, destination[RelayAddressOffset..]);
        HardwareAddress.Span.CopyTo(destination[HardwareAddressOffset..]);
        ServerName.Span.CopyTo(destination[ServerNameOffset..]);
        BootFile.Span.CopyTo(destination[BootFileOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(destination[MagicCookieOffset..], MagicCookie);
        Options.Write(destination[OptionsOffset..length]);
        return length;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    private static WireError? CheckFixedPart(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < OptionsOffset)
        {
            return WireError.Truncated(bytes.Length, OptionsOffset, bytes.Length);
        }
        if ((DhcpOperation)bytes[OperationOffset] is not (DhcpOperation.BootRequest or DhcpOperation.BootReply))
        {
            return new WireError(OperationOffset, "Operation", $"op {bytes[OperationOffset]}, neither 1 nor 2");
        }
        if (bytes[HardwareLengthOffset] > ServerNameOffset - HardwareAddressOffset)
        {
            return new WireError(
                HardwareLengthOffset,
                "HardwareLength",
                $"hlen {bytes[HardwareLengthOffset]}, maximum {ServerNameOffset - HardwareAddressOffset}"
            );
        }

        var cookie = BinaryPrimitives.ReadUInt32BigEndian(bytes[MagicCookieOffset..]);
        return cookie == MagicCookie ? null : new WireError(MagicCookieOffset, "MagicCookie", $"cookie {cookie:x8}, not {MagicCookie:x8}");
    }

    private static bool TryReadOptions(
        ReadOnlySpan<byte> bytes,
        out byte overload,
        [NotNullWhen(true)] out DhcpOptionList? options,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (overload, options) = (0, null);
        var reader = new DhcpOptionReader(bytes);
        if (!reader.TryRead(OptionsOffset, bytes.Length, out error))
        {
            return false;
        }

        overload = reader.Overload;
        if ((overload & FileIsOverloaded) != 0 && !reader.TryRead(BootFileOffset, MagicCookieOffset, out error))
        {
            return false;
        }
        if ((overload & ServerNameIsOverloaded) != 0 && !reader.TryRead(ServerNameOffset, BootFileOffset, out error))
        {
            return false;
        }
        if (!reader.TryJoin(out options, out error))
        {
            return false;
        }
        if (options.Has<DhcpMessageTypeOption>())
        {
            return true;
        }

        (options, error) = (null, new WireError(OptionsOffset, "MessageType", "no message type option"));
        return false;
    }

    private static OctetString WithoutPadding(ReadOnlySpan<byte> octets) => new(octets.TrimEnd((byte)0));

    private static OctetString RequireRoom(OctetString octets, int room) =>
        octets.Length <= room ? octets : throw new ArgumentException($"{octets.Length} octets do not fit into {room}.", nameof(octets));

    private static DhcpOptionList RequireType(DhcpOptionList options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Has<DhcpMessageTypeOption>()
            ? options
            : throw new ArgumentException("The options have no message type.", nameof(options));
    }
}
