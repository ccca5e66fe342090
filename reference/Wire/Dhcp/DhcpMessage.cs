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

    internal const int EndOptionLength = 1;

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
        init => field = RequireRoom(value, DhcpFixedPart.MaximumHardwareLength);
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
        init => field = RequireRoom(WithoutPadding(value.Span), DhcpFixedPart.BootFileOffset - DhcpFixedPart.ServerNameOffset);
    }

    /// <summary>file, at most 128 octets without trailing zeros. Empty if the field contained options.</summary>
    /// <exception cref="ArgumentException">The value is longer.</exception>
    public OctetString BootFile
    {
        get;
        init => field = RequireRoom(WithoutPadding(value.Span), DhcpFixedPart.MagicCookieOffset - DhcpFixedPart.BootFileOffset);
    }

    /// <summary>Length of the message in octets, padded to <see cref="MinimumLength"/>.</summary>
    public int Length => Math.Max(MinimumLength, DhcpFixedPart.Length + Options.Length + EndOptionLength);

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
        message = DhcpMessageReader.TryRead(bytes, out var reader, out error) ? reader.ToRecord() : null;
        return message is not null;
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

        var writer = new DhcpMessageWriter(destination[..length], Operation, TransactionId);
        writer.SetHardwareAddress(HardwareType, HardwareAddress.Span);
        writer.SetHops(Hops);
        writer.SetSeconds(Seconds);
        writer.SetBroadcast(Broadcast);
        Span<byte> address = stackalloc byte[Ipv4Octets.Length];
        Ipv4Octets.Write(ClientAddress, address);
        writer.SetClientAddress(address);
        Ipv4Octets.Write(YourAddress, address);
        writer.SetYourAddress(address);
        Ipv4Octets.Write(ServerAddress, address);
        writer.SetServerAddress(address);
        Ipv4Octets.Write(RelayAddress, address);
        writer.SetRelayAddress(address);
        writer.SetServerName(ServerName.Span);
        writer.SetBootFile(BootFile.Span);
        for (var i = 0; i < Options.Count; i++)
        {
            writer.Add(Options[i]);
        }

        writer.TryEnd(out _);
        return length;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
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
