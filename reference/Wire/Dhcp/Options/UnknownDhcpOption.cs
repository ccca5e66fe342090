namespace Pmip.Wire;

/// <summary>A DHCP option with a code that has no record of its own here.</summary>
/// <param name="OptionCode">Not one of <see cref="DhcpOptionCode"/>.</param>
/// <param name="Data">Written back as it came, parts joined. May be empty.</param>
/// <exception cref="ArgumentException">The code is known.</exception>
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
            ? throw new ArgumentException($"DHCP option {code} has a meaning of its own.", nameof(code))
            : code;
}
