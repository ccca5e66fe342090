using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// Writes a DHCP message in place, RFC 2131, Section 2: begin with its fixed part, set the fields that are not zero, add its options in
/// their order, and end it with <see cref="TryEnd"/>. It allocates nothing, except for
/// an option of more than 255 octets.
/// </summary>
/// <remarks>
/// An option that does not fit is not written, nor is any after it, and <see cref="TryEnd"/> returns false. The octets of a message that
/// was not ended have no meaning. An address of another length than demanded, or a value that is too long for its field or for an option
/// in one part, is an <see cref="ArgumentException"/>. That no code occurs twice is left to the caller.
/// </remarks>
public ref struct DhcpMessageWriter
{
    private readonly Span<byte> _message;
    private int _position = DhcpFixedPart.Length;
    private int _last;
    private bool _isFull;

    /// <summary>Begins a message for Ethernet whose other fields are zero.</summary>
    /// <param name="destination">Has room for the message, <see cref="DhcpMessage.MinimumLength"/> octets or more.</param>
    /// <exception cref="ArgumentException">The destination is shorter than a message without options.</exception>
    public DhcpMessageWriter(Span<byte> destination, DhcpOperation operation, uint transactionId)
    {
        if (destination.Length < DhcpMessage.MinimumLength)
        {
            throw new ArgumentException(
                $"The message has {DhcpMessage.MinimumLength} octets or more, the destination {destination.Length}.",
                nameof(destination)
            );
        }

        _message = destination;
        _message[..DhcpFixedPart.Length].Clear();
        _message[DhcpFixedPart.OperationOffset] = (byte)operation;
        _message[DhcpFixedPart.HardwareTypeOffset] = DhcpMessage.EthernetHardwareType;
        BinaryPrimitives.WriteUInt32BigEndian(_message[DhcpFixedPart.TransactionIdOffset..], transactionId);
        BinaryPrimitives.WriteUInt32BigEndian(_message[DhcpFixedPart.MagicCookieOffset..], DhcpFixedPart.MagicCookie);
    }

    /// <param name="type">htype.</param>
    /// <param name="address">At most 16 octets.</param>
    public readonly void SetHardwareAddress(byte type, scoped ReadOnlySpan<byte> address)
    {
        SetField(DhcpFixedPart.HardwareAddressOffset, address, DhcpFixedPart.MaximumHardwareLength);
        _message[DhcpFixedPart.HardwareTypeOffset] = type;
        _message[DhcpFixedPart.HardwareLengthOffset] = (byte)address.Length;
    }

    public readonly void SetHops(byte hops) => _message[DhcpFixedPart.HopsOffset] = hops;

    /// <param name="seconds">secs: seconds since the client began to acquire an address.</param>
    public readonly void SetSeconds(ushort seconds) =>
        BinaryPrimitives.WriteUInt16BigEndian(_message[DhcpFixedPart.SecondsOffset..], seconds);

    public readonly void SetBroadcast(bool broadcast) =>
        BinaryPrimitives.WriteUInt16BigEndian(_message[DhcpFixedPart.FlagsOffset..], broadcast ? DhcpFixedPart.BroadcastFlag : (ushort)0);

    /// <param name="address">The four octets of ciaddr.</param>
    public readonly void SetClientAddress(scoped ReadOnlySpan<byte> address) => SetAddress(DhcpFixedPart.ClientAddressOffset, address);

    /// <param name="address">The four octets of yiaddr.</param>
    public readonly void SetYourAddress(scoped ReadOnlySpan<byte> address) => SetAddress(DhcpFixedPart.YourAddressOffset, address);

    /// <param name="address">The four octets of siaddr.</param>
    public readonly void SetServerAddress(scoped ReadOnlySpan<byte> address) => SetAddress(DhcpFixedPart.ServerAddressOffset, address);

    /// <param name="address">The four octets of giaddr.</param>
    public readonly void SetRelayAddress(scoped ReadOnlySpan<byte> address) => SetAddress(DhcpFixedPart.RelayAddressOffset, address);

    /// <param name="name">sname, at most 64 octets.</param>
    public readonly void SetServerName(scoped ReadOnlySpan<byte> name) =>
        SetField(DhcpFixedPart.ServerNameOffset, name, DhcpFixedPart.BootFileOffset - DhcpFixedPart.ServerNameOffset);

    /// <param name="name">file, at most 128 octets.</param>
    public readonly void SetBootFile(scoped ReadOnlySpan<byte> name) =>
        SetField(DhcpFixedPart.BootFileOffset, name, DhcpFixedPart.MagicCookieOffset - DhcpFixedPart.BootFileOffset);

    /// <summary>Adds an option from its record, in several parts if it has more than 255 octets.</summary>
    public void Add(DhcpOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (_isFull || _message.Length - _position < option.Length)
        {
            _isFull = true;
            return;
        }

        _last = _position;
        _position += option.Write(_message[_position..]);
    }

    /// <summary>Adds an option whose format is not known here, or one of its parts.</summary>
    /// <param name="data">At most 255 octets.</param>
    public void AddUnknown(byte code, scoped ReadOnlySpan<byte> data)
    {
        if (TryAdd(code, data.Length, out var room))
        {
            data.CopyTo(room);
        }
    }

    /// <param name="prefixLength">The number of ones at the beginning of the mask, 0-32.</param>
    public void AddSubnetMask(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, DhcpSubnetMaskFormat.MaximumPrefixLength);
        if (TryAdd((byte)DhcpOptionCode.SubnetMask, DhcpSubnetMaskFormat.Length, out var data))
        {
            DhcpSubnetMaskFormat.Write(data, prefixLength);
        }
    }

    /// <param name="addresses">One address or more in order of preference, four octets each; at most 63.</param>
    public void AddRouters(scoped ReadOnlySpan<byte> addresses)
    {
        Require(!addresses.IsEmpty && addresses.Length % Ipv4Octets.Length == 0, addresses, nameof(addresses));
        AddUnknown((byte)DhcpOptionCode.Router, addresses);
    }

    /// <param name="octets">At least <see cref="DhcpInterfaceMtuOption.Minimum"/>.</param>
    public void AddInterfaceMtu(ushort octets) => AddMinimum(DhcpOptionCode.InterfaceMtu, octets, DhcpInterfaceMtuOption.Minimum);

    /// <param name="address">4 octets.</param>
    public void AddRequestedAddress(scoped ReadOnlySpan<byte> address) => AddAddress(DhcpOptionCode.RequestedAddress, address);

    /// <param name="seconds"><see cref="DhcpLeaseTimeOption.Infinite"/> for a lease without an end.</param>
    public void AddLeaseTime(uint seconds) => AddSeconds(DhcpOptionCode.LeaseTime, seconds);

    public void AddMessageType(DhcpMessageType type) => AddUnknown((byte)DhcpOptionCode.MessageType, [(byte)type]);

    /// <param name="address">4 octets.</param>
    public void AddServerIdentifier(scoped ReadOnlySpan<byte> address) => AddAddress(DhcpOptionCode.ServerIdentifier, address);

    /// <param name="codes">One code or more, at most 255.</param>
    public void AddParameterRequestList(scoped ReadOnlySpan<byte> codes) =>
        AddFrom(DhcpOptionCode.ParameterRequestList, codes, DhcpParameterRequestListOption.ShortestLength);

    /// <param name="octets">At least <see cref="DhcpMaximumMessageSizeOption.Minimum"/>.</param>
    public void AddMaximumMessageSize(ushort octets) =>
        AddMinimum(DhcpOptionCode.MaximumMessageSize, octets, DhcpMaximumMessageSizeOption.Minimum);

    public void AddRenewalTime(uint seconds) => AddSeconds(DhcpOptionCode.RenewalTime, seconds);

    public void AddRebindingTime(uint seconds) => AddSeconds(DhcpOptionCode.RebindingTime, seconds);

    /// <param name="identifier">2 to 255 octets, the first of which is its type.</param>
    public void AddClientIdentifier(scoped ReadOnlySpan<byte> identifier) =>
        AddFrom(DhcpOptionCode.ClientIdentifier, identifier, DhcpClientIdentifierOption.ShortestLength);

    /// <summary>Adds a sub-option to the Relay Agent Information option, which it begins if the last option is another one.</summary>
    /// <param name="code">See <see cref="RelayAgentSubOptionCode"/>.</param>
    /// <param name="value">As many octets as the code demands; all sub-options have at most 255 octets.</param>
    public void AddRelayAgentSubOption(byte code, scoped ReadOnlySpan<byte> value)
    {
        var length = RelayAgentSubOption.HeaderLength + value.Length;
        if (_isFull || !TryAddToRelayAgentInformation(length, out var subOption))
        {
            return;
        }

        subOption[0] = code;
        subOption[1] = (byte)value.Length;
        value.CopyTo(subOption[RelayAgentSubOption.HeaderLength..]);
    }

    /// <param name="information">At most 244 octets.</param>
    public void AddAuthentication(
        byte protocol,
        byte algorithm,
        byte replayDetectionMethod,
        ulong replayDetection,
        scoped ReadOnlySpan<byte> information
    )
    {
        if (TryAdd((byte)DhcpOptionCode.Authentication, DhcpAuthenticationData.InformationOffset + information.Length, out var data))
        {
            DhcpAuthenticationData.Write(data, protocol, algorithm, replayDetectionMethod, replayDetection, information);
        }
    }

    /// <param name="address">4 octets.</param>
    public void AddSubnetSelection(scoped ReadOnlySpan<byte> address) => AddAddress(DhcpOptionCode.SubnetSelection, address);

    /// <summary>Writes the end option, and pads the message to <see cref="DhcpMessage.MinimumLength"/>.</summary>
    /// <param name="length">The length of the message in octets; zero if it does not fit.</param>
    public readonly bool TryEnd(out int length)
    {
        length = 0;
        if (_isFull || _position == _message.Length)
        {
            return false;
        }

        length = Math.Max(DhcpMessage.MinimumLength, _position + DhcpMessage.EndOptionLength);
        _message[_position..length].Clear();
        _message[_position] = (byte)DhcpOptionCode.End;
        return true;
    }

    private static void Require(bool isRight, scoped ReadOnlySpan<byte> octets, string name)
    {
        if (!isRight)
        {
            throw new ArgumentException($"The value has {octets.Length} octets.", name);
        }
    }

    /// <exception cref="ArgumentException">One part of an option has no room for so much data.</exception>
    private static void RequirePart(int dataLength)
    {
        if (dataLength > DhcpOption.MaximumPartLength)
        {
            throw new ArgumentException($"Option data of {dataLength} octets does not fit into one part.");
        }
    }

    private bool TryAdd(byte code, int dataLength, out Span<byte> data)
    {
        RequirePart(dataLength);
        var length = DhcpOption.HeaderLength + dataLength;
        if (_isFull || _message.Length - _position < length)
        {
            _isFull = true;
            data = default;
            return false;
        }

        var option = _message.Slice(_position, length);
        option[0] = code;
        option[1] = (byte)dataLength;
        data = option[DhcpOption.HeaderLength..];
        _last = _position;
        _position += length;
        return true;
    }

    private bool TryAddToRelayAgentInformation(int length, out Span<byte> room)
    {
        if (_last == 0 || _message[_last] != (byte)DhcpOptionCode.RelayAgentInformation)
        {
            return TryAdd((byte)DhcpOptionCode.RelayAgentInformation, length, out room);
        }

        var (all, start) = (_message[_last + 1] + length, _position);
        RequirePart(all);
        _position = _last;
        if (!TryAdd((byte)DhcpOptionCode.RelayAgentInformation, all, out _))
        {
            room = default;
            return false;
        }

        room = _message[start.._position];
        return true;
    }

    private void AddAddress(DhcpOptionCode code, scoped ReadOnlySpan<byte> address)
    {
        Require(address.Length == Ipv4Octets.Length, address, nameof(address));
        AddUnknown((byte)code, address);
    }

    private void AddFrom(DhcpOptionCode code, scoped ReadOnlySpan<byte> value, int shortest)
    {
        Require(value.Length >= shortest, value, nameof(value));
        AddUnknown((byte)code, value);
    }

    private void AddMinimum(DhcpOptionCode code, ushort value, ushort minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum);
        if (TryAdd((byte)code, DhcpMinimumFormat.Length, out var data))
        {
            DhcpMinimumFormat.Write(data, value);
        }
    }

    private void AddSeconds(DhcpOptionCode code, uint seconds)
    {
        if (TryAdd((byte)code, DhcpSecondsFormat.Length, out var data))
        {
            DhcpSecondsFormat.Write(data, seconds);
        }
    }

    private readonly void SetAddress(int offset, scoped ReadOnlySpan<byte> address)
    {
        Require(address.Length == Ipv4Octets.Length, address, nameof(address));
        address.CopyTo(_message[offset..]);
    }

    private readonly void SetField(int offset, scoped ReadOnlySpan<byte> value, int room)
    {
        Require(value.Length <= room, value, nameof(value));
        var field = _message.Slice(offset, room);
        field.Clear();
        value.CopyTo(field);
    }
}
