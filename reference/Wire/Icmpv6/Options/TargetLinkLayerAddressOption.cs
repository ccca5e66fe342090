namespace Pmip.Wire;

/// <summary>Target Link-Layer Address option for Ethernet addresses, RFC 4861, Section 4.6.1, and RFC 2464, Section 6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 2    |  Length = 1   |                               |
/// +---------------+---------------+                               |
/// |                    Link-Layer Address (6)                     |
/// +---------------------------------------------------------------+
/// </code></remarks>
public sealed record TargetLinkLayerAddressOption(MacAddress Address) : NdOption
{
    public override byte Type => (byte)NdOptionType.TargetLinkLayerAddress;

    public override int DataLength => MacAddress.Length;

    public override void WriteData(Span<byte> destination) => Address.CopyTo(destination);

    internal static TargetLinkLayerAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, MacAddress.Length, out error) ? new TargetLinkLayerAddressOption(new MacAddress(data)) : null;
}
