namespace Pmip.Wire;

/// <summary>Source Link-Layer Address option for Ethernet addresses, RFC 4861, Section 4.6.1, and RFC 2464, Section 6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 1    |  Length = 1   |                               |
/// +---------------+---------------+                               |
/// |                    Link-Layer Address (6)                     |
/// +---------------------------------------------------------------+
/// </code></remarks>
public sealed record SourceLinkLayerAddressOption(MacAddress Address) : NdOption
{
    public override byte Type => (byte)NdOptionType.SourceLinkLayerAddress;

    public override int DataLength => MacAddress.Length;

    public override void WriteData(Span<byte> destination) => Address.CopyTo(destination);

    internal static SourceLinkLayerAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, MacAddress.Length, out error) ? new SourceLinkLayerAddressOption(new MacAddress(data)) : null;
}
