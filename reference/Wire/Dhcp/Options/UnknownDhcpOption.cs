namespace Pmip.Wire;

/// <summary>A DHCP option whose code has no dedicated record.</summary>
/// <param name="OptionCode">Not one of <see cref="DhcpOptionCode"/>.</param>
/// <param name="Data">The data with its parts joined, written back unchanged. May be empty.</param>
/// <exception cref="ArgumentException">The code has a dedicated record or is reserved: Pad, Option Overload or End.</exception>
public sealed record UnknownDhcpOption(byte OptionCode, OctetString Data) : DhcpOption
{
    public byte OptionCode
    {
        get;
        init => field = RequireUnknown(value);
    } = RequireUnknown(OptionCode);

    public override byte Code => OptionCode;

    public override int DataLength => Data.Length;

    public override void WriteData(Span<byte> destination) => Data.Span.CopyTo(destination);

    private static byte RequireUnknown(byte code) =>
        Enum.IsDefined((DhcpOptionCode)code)
            ? throw new ArgumentException($"DHCP option {code} has a dedicated record or is reserved.", nameof(code))
            : code;
}
