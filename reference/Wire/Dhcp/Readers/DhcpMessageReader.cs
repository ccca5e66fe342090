using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// A DHCP message in place, RFC 2131, Section 2; the figure is at <see cref="DhcpMessage"/>. All of its format has been checked, so that no
/// member fails for what is on the wire. It allocates nothing, unless the message is malformed or has an option of several parts.
/// </summary>
public readonly ref struct DhcpMessageReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly DhcpCodes _repeated;
    private readonly byte _overload;

    private DhcpMessageReader(ReadOnlySpan<byte> message, DhcpCodes repeated, byte overload, DhcpMessageType type)
    {
        _message = message;
        _repeated = repeated;
        _overload = overload;
        Type = type;
    }

    /// <summary>The value of the message type option.</summary>
    public DhcpMessageType Type { get; }

    public DhcpOperation Operation => (DhcpOperation)_message[DhcpFixedPart.OperationOffset];

    /// <summary>xid.</summary>
    public uint TransactionId => BinaryPrimitives.ReadUInt32BigEndian(_message[DhcpFixedPart.TransactionIdOffset..]);

    /// <summary>htype.</summary>
    public byte HardwareType => _message[DhcpFixedPart.HardwareTypeOffset];

    /// <summary>hlen octets of chaddr, at most 16.</summary>
    public ReadOnlySpan<byte> HardwareAddress =>
        _message.Slice(DhcpFixedPart.HardwareAddressOffset, _message[DhcpFixedPart.HardwareLengthOffset]);

    public byte Hops => _message[DhcpFixedPart.HopsOffset];

    /// <summary>secs: seconds since the client began to acquire an address.</summary>
    public ushort Seconds => BinaryPrimitives.ReadUInt16BigEndian(_message[DhcpFixedPart.SecondsOffset..]);

    /// <summary>The broadcast flag, RFC 2131, Section 4.1.</summary>
    public bool Broadcast =>
        (BinaryPrimitives.ReadUInt16BigEndian(_message[DhcpFixedPart.FlagsOffset..]) & DhcpFixedPart.BroadcastFlag) != 0;

    /// <summary>The four octets of ciaddr.</summary>
    public ReadOnlySpan<byte> ClientAddress => _message.Slice(DhcpFixedPart.ClientAddressOffset, Ipv4Octets.Length);

    /// <summary>The four octets of yiaddr.</summary>
    public ReadOnlySpan<byte> YourAddress => _message.Slice(DhcpFixedPart.YourAddressOffset, Ipv4Octets.Length);

    /// <summary>The four octets of siaddr.</summary>
    public ReadOnlySpan<byte> ServerAddress => _message.Slice(DhcpFixedPart.ServerAddressOffset, Ipv4Octets.Length);

    /// <summary>The four octets of giaddr.</summary>
    public ReadOnlySpan<byte> RelayAddress => _message.Slice(DhcpFixedPart.RelayAddressOffset, Ipv4Octets.Length);

    /// <summary>sname without trailing zeros. Empty if the field contains options.</summary>
    public ReadOnlySpan<byte> ServerName =>
        DhcpFixedPart.IsServerNameOverloaded(_overload)
            ? default
            : _message[DhcpFixedPart.ServerNameOffset..DhcpFixedPart.BootFileOffset].TrimEnd((byte)0);

    /// <summary>file without trailing zeros. Empty if the field contains options.</summary>
    public ReadOnlySpan<byte> BootFile =>
        DhcpFixedPart.IsBootFileOverloaded(_overload)
            ? default
            : _message[DhcpFixedPart.BootFileOffset..DhcpFixedPart.MagicCookieOffset].TrimEnd((byte)0);

    /// <summary>The options, also those of overloaded fields.</summary>
    public DhcpOptionEnumerator Options => new(_message, _repeated);

    /// <inheritdoc cref="DhcpMessage.TryParse" path="/summary"/>
    /// <inheritdoc cref="DhcpMessage.TryParse" path="/param"/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DhcpMessageReader message, [NotNullWhen(false)] out WireError? error)
    {
        message = default;
        error = DhcpFixedPart.Check(bytes);
        return error is null
            && TryReadParts(bytes, out var repeated, out var overload, out error)
            && TryReadOptions(bytes, repeated, overload, out message, out error);
    }

    /// <summary>The record of the message.</summary>
    internal DhcpMessage ToRecord() =>
        new(Operation, TransactionId, DhcpOptionList.Of(Options))
        {
            HardwareType = HardwareType,
            HardwareAddress = new OctetString(HardwareAddress),
            Hops = Hops,
            Seconds = Seconds,
            Broadcast = Broadcast,
            ClientAddress = Ipv4Octets.Read(ClientAddress),
            YourAddress = Ipv4Octets.Read(YourAddress),
            ServerAddress = Ipv4Octets.Read(ServerAddress),
            RelayAddress = Ipv4Octets.Read(RelayAddress),
            ServerName = new OctetString(ServerName),
            BootFile = new OctetString(BootFile),
        };

    /// <summary>Finds the end of every field of options, and which options have several parts.</summary>
    private static bool TryReadParts(
        ReadOnlySpan<byte> message,
        out DhcpCodes repeated,
        out byte overload,
        [NotNullWhen(false)] out WireError? error
    )
    {
        repeated = default;
        var codes = default(DhcpCodes);
        var walker = new DhcpPartWalker(message);
        while (walker.TryNext(out var part, out error))
        {
            if (!codes.Add(part.Code))
            {
                repeated.Add(part.Code);
            }
        }

        overload = walker.Overload;
        return error is null;
    }

    private static bool TryReadOptions(
        ReadOnlySpan<byte> bytes,
        DhcpCodes repeated,
        byte overload,
        out DhcpMessageReader message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        message = default;
        var type = default(DhcpMessageType?);
        var options = new DhcpOptionEnumerator(bytes, repeated);
        while (options.TryNext(out var first, out var data, out var isWhole))
        {
            if (!DhcpOptionReader.TryRead(first.Code, data, out var option, out error))
            {
                error = isWhole ? error.Shifted(first.Offset) : error with { Offset = first.Offset };
                return false;
            }

            if (first.Code == (byte)DhcpOptionCode.MessageType)
            {
                type = option.MessageType;
            }
        }

        if (type is not { } found)
        {
            error = new WireError(DhcpFixedPart.Length, "MessageType", "no message type option");
            return false;
        }

        message = new DhcpMessageReader(bytes, repeated, overload, found);
        error = null;
        return true;
    }
}
