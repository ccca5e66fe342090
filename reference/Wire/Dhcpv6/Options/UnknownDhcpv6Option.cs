namespace Pmip.Wire;

/// <summary>A DHCPv6 option whose code has no dedicated record.</summary>
/// <param name="OptionCode">Not one of <see cref="Dhcpv6OptionCode"/>.</param>
/// <param name="Data">The data, written back unchanged; at most 65535 octets.</param>
/// <exception cref="ArgumentException">The code has a dedicated record, or the data is too long.</exception>
public sealed record UnknownDhcpv6Option(ushort OptionCode, OctetString Data) : Dhcpv6Option
{
    public ushort OptionCode
    {
        get;
        init => field = RequireUnknown(value);
    } = RequireUnknown(OptionCode);

    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override ushort Code => OptionCode;

    public override int DataLength => Data.Length;

    public override void WriteData(Span<byte> destination) => Data.Span.CopyTo(destination);

    private static ushort RequireUnknown(ushort code) =>
        Enum.IsDefined((Dhcpv6OptionCode)code)
            ? throw new ArgumentException($"DHCPv6 option {code} has a dedicated record.", nameof(code))
            : code;
}
