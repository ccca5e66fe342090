namespace Pmip.Wire;

/// <summary>
/// Writes a mobility message in place, RFC 6275, Section 6.1: begin with its type, add its options in their order, and end it with
/// <see cref="TryEnd"/>. It allocates nothing.
/// </summary>
/// <remarks>
/// An option that does not fit is not written, nor is any after it, and <see cref="TryEnd"/> returns false. The octets of a message that
/// was not ended have no meaning. An address of another length than demanded is an <see cref="ArgumentException"/>; so are option data of
/// more than 255 octets.
/// </remarks>
public ref struct MobilityMessageWriter
{
    private readonly Span<byte> _message;
    private readonly MobilityHeaderType _type;
    private AlignedOptionWriter _options;

    private MobilityMessageWriter(Span<byte> message, MobilityHeaderType type, int optionsOffset)
    {
        _message = message;
        _type = type;
        _options = new AlignedOptionWriter(message, optionsOffset);
    }

    /// <summary>Begins a Binding Update, RFC 6275, Section 6.1.7; with the P flag a Proxy Binding Update.</summary>
    /// <param name="destination">At most <see cref="MobilityHeader.MaximumMessageLength"/> octets of it are used.</param>
    /// <param name="lifetimeUnits">The lifetime in units of 4 seconds; zero de-registers the binding.</param>
    /// <exception cref="ArgumentException">The destination is shorter than a message without options.</exception>
    public static MobilityMessageWriter BindingUpdate(
        Span<byte> destination,
        ushort sequenceNumber,
        BindingUpdateFlags flags,
        ushort lifetimeUnits
    )
    {
        var message = Begin(destination, Wire.BindingUpdate.OptionsOffset);
        Wire.BindingUpdate.WriteFixedPart(message, sequenceNumber, flags, lifetimeUnits);
        return new MobilityMessageWriter(message, MobilityHeaderType.BindingUpdate, Wire.BindingUpdate.OptionsOffset);
    }

    /// <summary>Begins a Binding Acknowledgement, RFC 6275, Section 6.1.8; with the P flag a Proxy Binding Acknowledgement.</summary>
    /// <param name="destination">At most <see cref="MobilityHeader.MaximumMessageLength"/> octets of it are used.</param>
    /// <param name="lifetimeUnits">The lifetime in units of 4 seconds.</param>
    /// <exception cref="ArgumentException">The destination is shorter than a message without options.</exception>
    public static MobilityMessageWriter BindingAcknowledgement(
        Span<byte> destination,
        BindingStatus status,
        BindingAcknowledgementFlags flags,
        ushort sequenceNumber,
        ushort lifetimeUnits
    )
    {
        var message = Begin(destination, Wire.BindingAcknowledgement.OptionsOffset);
        Wire.BindingAcknowledgement.WriteFixedPart(message, status, flags, sequenceNumber, lifetimeUnits);
        return new MobilityMessageWriter(message, MobilityHeaderType.BindingAcknowledgement, Wire.BindingAcknowledgement.OptionsOffset);
    }

    /// <summary>Adds an option from its record.</summary>
    public void Add(MobilityOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (_options.TryAdd(option.Type, option.DataLength, option.Alignment, out var data))
        {
            option.WriteData(data);
        }
    }

    /// <summary>Adds an option whose format is not known here, without an alignment.</summary>
    /// <param name="data">At most 255 octets.</param>
    public void AddUnknown(byte type, scoped ReadOnlySpan<byte> data)
    {
        if (TryAdd(type, data.Length, OptionPadding.AnyAlignment, out var room))
        {
            data.CopyTo(room);
        }
    }

    /// <param name="refreshIntervalUnits">The interval in units of 4 seconds.</param>
    public void AddBindingRefreshAdvice(ushort refreshIntervalUnits)
    {
        if (
            TryAdd(
                MobilityOptionType.BindingRefreshAdvice,
                BindingRefreshAdviceFormat.Length,
                BindingRefreshAdviceFormat.Alignment,
                out var data
            )
        )
        {
            BindingRefreshAdviceFormat.Write(data, refreshIntervalUnits);
        }
    }

    /// <param name="address">16 octets.</param>
    public void AddAlternateCareOfAddress(scoped ReadOnlySpan<byte> address) =>
        AddIpv6Address(MobilityOptionType.AlternateCareOfAddress, address);

    public void AddNonceIndices(ushort homeNonceIndex, ushort careOfNonceIndex)
    {
        if (TryAdd(MobilityOptionType.NonceIndices, NonceIndicesData.Length, NonceIndicesData.Alignment, out var data))
        {
            NonceIndicesData.Write(data, homeNonceIndex, careOfNonceIndex);
        }
    }

    /// <param name="authenticator">At most 255 octets; no option may follow (RFC 6275, Section 6.2.7).</param>
    public void AddBindingAuthorizationData(scoped ReadOnlySpan<byte> authenticator)
    {
        if (
            TryAdd(
                MobilityOptionType.BindingAuthorizationData,
                authenticator.Length,
                BindingAuthorizationDataFormat.AlignmentOf(authenticator.Length),
                out var data
            )
        )
        {
            authenticator.CopyTo(data);
        }
    }

    public void AddMobileNetworkPrefix(Ipv6Prefix prefix) => AddIpv6Prefix(MobilityOptionType.MobileNetworkPrefix, prefix);

    /// <param name="address">At most 254 octets.</param>
    public void AddMobilityHeaderLinkLayerAddress(byte optionCode, scoped ReadOnlySpan<byte> address)
    {
        if (
            TryAdd(
                MobilityOptionType.MobilityHeaderLinkLayerAddress,
                MobilityHeaderLinkLayerAddressData.AddressOffset + address.Length,
                MobilityHeaderLinkLayerAddressData.Alignment,
                out var data
            )
        )
        {
            MobilityHeaderLinkLayerAddressData.Write(data, optionCode, address);
        }
    }

    /// <param name="subtype"><see cref="MobileNodeIdentifierOption.NaiSubtype"/> for a NAI.</param>
    /// <param name="identifier">At most 254 octets.</param>
    public void AddMobileNodeIdentifier(byte subtype, scoped ReadOnlySpan<byte> identifier)
    {
        if (
            TryAdd(
                MobilityOptionType.MobileNodeIdentifier,
                MobileNodeIdentifierData.IdentifierOffset + identifier.Length,
                MobileNodeIdentifierData.Alignment,
                out var data
            )
        )
        {
            MobileNodeIdentifierData.Write(data, subtype, identifier);
        }
    }

    /// <param name="content">At most 250 octets.</param>
    public void AddVendorSpecific(uint vendorId, byte subtype, scoped ReadOnlySpan<byte> content)
    {
        if (
            TryAdd(
                MobilityOptionType.VendorSpecific,
                VendorSpecificData.ContentOffset + content.Length,
                VendorSpecificData.Alignment,
                out var data
            )
        )
        {
            VendorSpecificData.Write(data, vendorId, subtype, content);
        }
    }

    public void AddHomeNetworkPrefix(Ipv6Prefix prefix) => AddIpv6Prefix(MobilityOptionType.HomeNetworkPrefix, prefix);

    public void AddHandoffIndicator(HandoffIndicator value) => AddIndicator(MobilityOptionType.HandoffIndicator, (byte)value);

    public void AddAccessTechnologyType(AccessTechnologyType value) => AddIndicator(MobilityOptionType.AccessTechnologyType, (byte)value);

    /// <param name="identifier">At most 253 octets.</param>
    public void AddMobileNodeLinkLayerIdentifier(scoped ReadOnlySpan<byte> identifier)
    {
        if (
            TryAdd(
                MobilityOptionType.MobileNodeLinkLayerIdentifier,
                MobileNodeLinkLayerIdentifierFormat.IdentifierOffset + identifier.Length,
                MobileNodeLinkLayerIdentifierFormat.AlignmentOf(identifier.Length),
                out var data
            )
        )
        {
            MobileNodeLinkLayerIdentifierFormat.Write(data, identifier);
        }
    }

    /// <param name="address">16 octets.</param>
    public void AddLinkLocalAddress(scoped ReadOnlySpan<byte> address) => AddIpv6Address(MobilityOptionType.LinkLocalAddress, address);

    public void AddTimestamp(Timestamp value)
    {
        if (TryAdd(MobilityOptionType.Timestamp, TimestampFormat.Length, TimestampFormat.Alignment, out var data))
        {
            TimestampFormat.Write(data, value);
        }
    }

    /// <param name="homeAddress">4 octets.</param>
    /// <param name="prefixLength">0-32.</param>
    public void AddIpv4HomeAddress(scoped ReadOnlySpan<byte> homeAddress, byte prefixLength, bool requestsPrefix) =>
        AddIpv4HomeAddress(MobilityOptionType.Ipv4HomeAddress, homeAddress, prefixLength, requestsPrefix);

    /// <param name="prefixLength">0-32.</param>
    /// <param name="homeAddress">4 octets.</param>
    public void AddIpv4AddressAcknowledgement(
        Ipv4AddressAcknowledgementStatus status,
        byte prefixLength,
        scoped ReadOnlySpan<byte> homeAddress
    ) => AddIpv4AddressStatus(MobilityOptionType.Ipv4AddressAcknowledgement, (byte)status, prefixLength, homeAddress);

    public void AddNatDetection(bool forcesUdp, uint refreshTimeSeconds)
    {
        if (TryAdd(MobilityOptionType.NatDetection, NatDetectionData.Length, NatDetectionData.Alignment, out var data))
        {
            NatDetectionData.Write(data, forcesUdp, refreshTimeSeconds);
        }
    }

    /// <param name="address">4 octets.</param>
    public void AddIpv4CareOfAddress(scoped ReadOnlySpan<byte> address) =>
        AddIpv4Address((byte)MobilityOptionType.Ipv4CareOfAddress, address);

    /// <param name="key">The key, or null: GRE without keys.</param>
    public void AddGreKey(uint? key)
    {
        if (TryAdd(MobilityOptionType.GreKey, GreKeyFormat.LengthOf(key), GreKeyFormat.Alignment, out var data))
        {
            GreKeyFormat.Write(data, key);
        }
    }

    /// <summary>Adds the Binding Identifier option of RFC 5648.</summary>
    /// <param name="careOfAddress">0, 4 or 16 octets.</param>
    public void AddBindingIdentifier(
        ushort bindingId,
        BindingStatus status,
        bool simultaneousHomeAndForeign,
        scoped ReadOnlySpan<byte> careOfAddress
    )
    {
        Require(careOfAddress.Length is 0 or Ipv4Octets.Length or Ipv6Octets.Length, careOfAddress, nameof(careOfAddress));
        AddBindingIdentity(
            (byte)MobilityOptionType.BindingIdentifier,
            bindingId,
            status,
            simultaneousHomeAndForeign ? BindingIdentityData.SimultaneousHomeAndForeignFlag : (byte)0,
            careOfAddress
        );
    }

    /// <summary>Adds the Binding Unique Identifier sub-option of the draft; the C flag follows from the address.</summary>
    /// <param name="type">See <see cref="WireEdition.BindingUniqueIdentifierType"/>.</param>
    /// <param name="careOfAddress">0 or 16 octets.</param>
    public void AddBindingUniqueIdentifier(
        byte type,
        ushort bindingId,
        BindingStatus status,
        bool overwrite,
        bool homeBinding,
        scoped ReadOnlySpan<byte> careOfAddress
    )
    {
        Require(careOfAddress.Length is 0 or Ipv6Octets.Length, careOfAddress, nameof(careOfAddress));
        AddBindingIdentity(
            type,
            bindingId,
            status,
            BindingIdentityData.DraftFlags(!careOfAddress.IsEmpty, overwrite, homeBinding),
            careOfAddress
        );
    }

    /// <param name="homeAddress">4 octets.</param>
    /// <param name="prefixLength">0-32.</param>
    public void AddIpv4HomeAddressRequest(scoped ReadOnlySpan<byte> homeAddress, byte prefixLength) =>
        AddIpv4HomeAddress(MobilityOptionType.Ipv4HomeAddressRequest, homeAddress, prefixLength, requestsPrefix: false);

    /// <param name="prefixLength">0-32.</param>
    /// <param name="homeAddress">4 octets.</param>
    public void AddIpv4HomeAddressReply(Ipv4HomeAddressReplyStatus status, byte prefixLength, scoped ReadOnlySpan<byte> homeAddress) =>
        AddIpv4AddressStatus(MobilityOptionType.Ipv4HomeAddressReply, (byte)status, prefixLength, homeAddress);

    /// <param name="type">See <see cref="WireEdition.Ipv4DefaultRouterType"/>.</param>
    /// <param name="address">4 octets.</param>
    public void AddIpv4DefaultRouterAddress(byte type, scoped ReadOnlySpan<byte> address) => AddIpv4Address(type, address);

    /// <param name="actsAsServer">The S flag.</param>
    public void AddIpv4DhcpSupportMode(bool actsAsServer)
    {
        if (
            TryAdd(
                MobilityOptionType.Ipv4DhcpSupportMode,
                Ipv4DhcpSupportModeFormat.Length,
                Ipv4DhcpSupportModeFormat.Alignment,
                out var data
            )
        )
        {
            Ipv4DhcpSupportModeFormat.Write(data, actsAsServer);
        }
    }

    /// <summary>
    /// Pads the message and writes its header, with a checksum of zero: see
    /// <see cref="MobilityHeader.FillChecksum(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>.
    /// </summary>
    /// <param name="length">The length of the message in octets; zero if it does not fit.</param>
    public bool TryEnd(out int length)
    {
        if (!_options.TryEnd(out length))
        {
            return false;
        }

        MobilityHeader.Write(_message, (byte)_type, length);
        return true;
    }

    private static Span<byte> Begin(Span<byte> destination, int optionsOffset) =>
        destination.Length < optionsOffset
            ? throw new ArgumentException(
                $"The message has {optionsOffset} octets or more, the destination {destination.Length}.",
                nameof(destination)
            )
            : destination[..Math.Min(destination.Length, MobilityHeader.MaximumMessageLength)];

    private static void Require(bool isRight, scoped ReadOnlySpan<byte> octets, string name)
    {
        if (!isRight)
        {
            throw new ArgumentException($"{octets.Length} octets are not an address.", name);
        }
    }

    private bool TryAdd(MobilityOptionType type, int dataLength, (int Multiple, int Offset) alignment, out Span<byte> data) =>
        TryAdd((byte)type, dataLength, alignment, out data);

    private bool TryAdd(byte type, int dataLength, (int Multiple, int Offset) alignment, out Span<byte> data) =>
        dataLength <= AlignedOption.MaximumDataLength
            ? _options.TryAdd(type, dataLength, alignment, out data)
            : throw new ArgumentException($"Option data of {dataLength} octets is longer than {AlignedOption.MaximumDataLength}.");

    private void AddIndicator(MobilityOptionType type, byte value)
    {
        if (TryAdd(type, IndicatorFormat.Length, IndicatorFormat.Alignment, out var data))
        {
            IndicatorFormat.Write(data, value);
        }
    }

    private void AddIpv6Prefix(MobilityOptionType type, Ipv6Prefix prefix)
    {
        if (TryAdd(type, Ipv6PrefixFormat.Length, Ipv6PrefixFormat.Alignment, out var data))
        {
            Ipv6PrefixFormat.Write(data, prefix);
        }
    }

    private void AddIpv6Address(MobilityOptionType type, scoped ReadOnlySpan<byte> address)
    {
        Require(address.Length == Ipv6Octets.Length, address, nameof(address));
        if (TryAdd(type, Ipv6AddressFormat.Length, Ipv6AddressFormat.Alignment, out var data))
        {
            Ipv6AddressFormat.Write(data, address);
        }
    }

    private void AddIpv4Address(byte type, scoped ReadOnlySpan<byte> address)
    {
        Require(address.Length == Ipv4Octets.Length, address, nameof(address));
        if (_options.TryAdd(type, Ipv4AddressFormat.Length, Ipv4AddressFormat.Alignment, out var data))
        {
            Ipv4AddressFormat.Write(data, address);
        }
    }

    private void AddIpv4HomeAddress(MobilityOptionType type, scoped ReadOnlySpan<byte> homeAddress, byte prefixLength, bool requestsPrefix)
    {
        Require(homeAddress.Length == Ipv4Octets.Length, homeAddress, nameof(homeAddress));
        Ipv4PrefixLength.Require(prefixLength);
        if (TryAdd(type, Ipv4HomeAddressData.Length, Ipv4HomeAddressData.Alignment, out var data))
        {
            Ipv4HomeAddressData.Write(data, prefixLength, requestsPrefix, homeAddress);
        }
    }

    private void AddIpv4AddressStatus(MobilityOptionType type, byte status, byte prefixLength, scoped ReadOnlySpan<byte> homeAddress)
    {
        Require(homeAddress.Length == Ipv4Octets.Length, homeAddress, nameof(homeAddress));
        Ipv4PrefixLength.Require(prefixLength);
        if (TryAdd(type, Ipv4AddressStatusData.Length, Ipv4AddressStatusData.Alignment, out var data))
        {
            Ipv4AddressStatusData.Write(data, status, prefixLength, homeAddress);
        }
    }

    private void AddBindingIdentity(byte type, ushort bindingId, BindingStatus status, byte flags, scoped ReadOnlySpan<byte> careOfAddress)
    {
        if (
            _options.TryAdd(
                type,
                BindingIdentityData.LengthOf(careOfAddress.Length),
                BindingIdentityData.AlignmentOf(careOfAddress.Length),
                out var data
            )
        )
        {
            BindingIdentityData.Write(data, bindingId, status, flags, careOfAddress);
        }
    }
}
