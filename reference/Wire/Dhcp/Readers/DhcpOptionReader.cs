using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// One DHCP option in place, RFC 2132, Section 2, with its parts joined (RFC 3396). Its format has been checked, so that no member fails
/// for what is on the wire.
/// </summary>
/// <remarks>
/// A member named after an option reads the data of that option. It throws an <see cref="InvalidOperationException"/> if
/// <see cref="Code"/> is that of another option.
/// </remarks>
public readonly ref struct DhcpOptionReader
{
    private DhcpOptionReader(byte code, ReadOnlySpan<byte> data)
    {
        Code = code;
        Data = data;
    }

    /// <summary>See <see cref="DhcpOptionCode"/>.</summary>
    public byte Code { get; }

    /// <summary>The octets after code and length, of all parts.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The number of ones at the beginning of the mask, 0-32.</summary>
    public int SubnetMask => DhcpSubnetMaskFormat.Read(DataOf(DhcpOptionCode.SubnetMask));

    /// <summary>The addresses of routers in order of preference, four octets each.</summary>
    public ReadOnlySpan<byte> Routers => DataOf(DhcpOptionCode.Router);

    /// <summary>Octets, at least <see cref="DhcpInterfaceMtuOption.Minimum"/>.</summary>
    public ushort InterfaceMtu => DhcpMinimumFormat.Read(DataOf(DhcpOptionCode.InterfaceMtu));

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> RequestedAddress => DataOf(DhcpOptionCode.RequestedAddress);

    /// <summary>Seconds; <see cref="DhcpLeaseTimeOption.Infinite"/> for a lease without an end.</summary>
    public uint LeaseTime => DhcpSecondsFormat.Read(DataOf(DhcpOptionCode.LeaseTime));

    public DhcpMessageType MessageType => (DhcpMessageType)DataOf(DhcpOptionCode.MessageType)[0];

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> ServerIdentifier => DataOf(DhcpOptionCode.ServerIdentifier);

    /// <summary>The codes of the options that the client asks for.</summary>
    public ReadOnlySpan<byte> ParameterRequestList => DataOf(DhcpOptionCode.ParameterRequestList);

    /// <summary>Octets, at least <see cref="DhcpMaximumMessageSizeOption.Minimum"/>.</summary>
    public ushort MaximumMessageSize => DhcpMinimumFormat.Read(DataOf(DhcpOptionCode.MaximumMessageSize));

    /// <summary>Seconds.</summary>
    public uint RenewalTime => DhcpSecondsFormat.Read(DataOf(DhcpOptionCode.RenewalTime));

    /// <summary>Seconds.</summary>
    public uint RebindingTime => DhcpSecondsFormat.Read(DataOf(DhcpOptionCode.RebindingTime));

    /// <summary>The identifier, with its type in the first octet; two octets or more.</summary>
    public ReadOnlySpan<byte> ClientIdentifier => DataOf(DhcpOptionCode.ClientIdentifier);

    /// <summary>The sub-options.</summary>
    public RelayAgentSubOptionEnumerator RelayAgentInformation => new(DataOf(DhcpOptionCode.RelayAgentInformation));

    public DhcpAuthenticationData Authentication => new(DataOf(DhcpOptionCode.Authentication));

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> SubnetSelection => DataOf(DhcpOptionCode.SubnetSelection);

    /// <summary>The record of the option.</summary>
    internal DhcpOption ToRecord() =>
        (DhcpOptionCode)Code switch
        {
            DhcpOptionCode.SubnetMask => new DhcpSubnetMaskOption(SubnetMask),
            DhcpOptionCode.Router => DhcpRouterOption.Of(Routers),
            DhcpOptionCode.InterfaceMtu => new DhcpInterfaceMtuOption(InterfaceMtu),
            DhcpOptionCode.RequestedAddress => new DhcpRequestedAddressOption(Ipv4Octets.Read(RequestedAddress)),
            DhcpOptionCode.LeaseTime => new DhcpLeaseTimeOption(LeaseTime),
            DhcpOptionCode.MessageType => new DhcpMessageTypeOption(MessageType),
            DhcpOptionCode.ServerIdentifier => new DhcpServerIdentifierOption(Ipv4Octets.Read(ServerIdentifier)),
            DhcpOptionCode.ParameterRequestList => new DhcpParameterRequestListOption(new OctetString(ParameterRequestList)),
            DhcpOptionCode.MaximumMessageSize => new DhcpMaximumMessageSizeOption(MaximumMessageSize),
            DhcpOptionCode.RenewalTime => new DhcpRenewalTimeOption(RenewalTime),
            DhcpOptionCode.RebindingTime => new DhcpRebindingTimeOption(RebindingTime),
            DhcpOptionCode.ClientIdentifier => new DhcpClientIdentifierOption(new OctetString(ClientIdentifier)),
            DhcpOptionCode.RelayAgentInformation => new DhcpRelayAgentInformationOption(RelayAgentSubOptionList.Of(RelayAgentInformation)),
            DhcpOptionCode.Authentication => new DhcpAuthenticationOption(
                Authentication.Protocol,
                Authentication.Algorithm,
                Authentication.ReplayDetectionMethod,
                Authentication.ReplayDetection,
                new OctetString(Authentication.Information)
            ),
            DhcpOptionCode.SubnetSelection => new DhcpSubnetSelectionOption(Ipv4Octets.Read(SubnetSelection)),
            _ => new UnknownDhcpOption(Code, new OctetString(Data)),
        };

    /// <summary>Reads an option whose format has been checked.</summary>
    internal static DhcpOptionReader OfChecked(byte code, ReadOnlySpan<byte> data) => new(code, data);

    /// <summary>Reads an option from its code and the joined data of all its parts, after a check of its format.</summary>
    /// <param name="error">A rule of the format; offsets are those of an option in one part.</param>
    internal static bool TryRead(byte code, ReadOnlySpan<byte> data, out DhcpOptionReader option, [NotNullWhen(false)] out WireError? error)
    {
        option = new DhcpOptionReader(code, data);
        error = option.Check();
        return error is null;
    }

    private WireError? Check() =>
        (DhcpOptionCode)Code switch
        {
            DhcpOptionCode.SubnetMask => DhcpSubnetMaskFormat.Check(Data),
            DhcpOptionCode.Router => DhcpAddressesFormat.Check(Data),
            DhcpOptionCode.InterfaceMtu => DhcpMinimumFormat.Check(Data, DhcpInterfaceMtuOption.Minimum, "MTU"),
            DhcpOptionCode.RequestedAddress or DhcpOptionCode.ServerIdentifier or DhcpOptionCode.SubnetSelection => OptionLength.Check(
                Data,
                Ipv4Octets.Length
            ),
            DhcpOptionCode.LeaseTime or DhcpOptionCode.RenewalTime or DhcpOptionCode.RebindingTime => DhcpSecondsFormat.Check(Data),
            DhcpOptionCode.MessageType => OptionLength.Check(Data, sizeof(DhcpMessageType)),
            DhcpOptionCode.ParameterRequestList => OptionLength.CheckFrom(Data, DhcpParameterRequestListOption.ShortestLength),
            DhcpOptionCode.MaximumMessageSize => DhcpMinimumFormat.Check(
                Data,
                DhcpMaximumMessageSizeOption.Minimum,
                "maximum message size"
            ),
            DhcpOptionCode.ClientIdentifier => OptionLength.CheckFrom(Data, DhcpClientIdentifierOption.ShortestLength),
            DhcpOptionCode.RelayAgentInformation => OptionLength.CheckFrom(Data, RelayAgentSubOption.HeaderLength)
                ?? RelayAgentSubOptionEnumerator.Check(Data)?.Shifted(DhcpOption.HeaderLength),
            DhcpOptionCode.Authentication => DhcpAuthenticationData.Check(Data),
            _ => null,
        };

    private ReadOnlySpan<byte> DataOf(DhcpOptionCode code) => Code == (byte)code ? Data : throw OtherCode(code);

    private InvalidOperationException OtherCode(DhcpOptionCode code) => new($"DHCP option {Code} is not {code}.");
}
