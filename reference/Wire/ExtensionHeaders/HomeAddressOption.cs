using System.Net;

namespace Pmip.Wire;

/// <summary>Home Address option, RFC 6275, Section 6.3. Alignment 8n+6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |  Type = 201   |  Length = 16  |
/// +-------------------------------+---------------+---------------+
/// |                       Home Address (16)                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="HomeAddress">The home address of the mobile node that sends the packet.</param>
/// <exception cref="ArgumentException">The address is not IPv6.</exception>
public sealed record HomeAddressOption(IPAddress HomeAddress) : DestinationOption
{
    /// <summary>
    /// The highest bits are 110: a node that does not recognize the option discards the packet and reports it; the data does not
    /// change en route.
    /// </summary>
    public const byte OptionType = 0xc9;

    public IPAddress HomeAddress
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(HomeAddress);

    public override byte Type => OptionType;

    public override int DataLength => Ipv6Octets.Length;

    public override (int Multiple, int Offset) Alignment => (8, 6);

    public override void WriteData(Span<byte> destination) => Ipv6Octets.Write(HomeAddress, destination);

    internal static HomeAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error)
    {
        error = OptionLength.Check(data, Ipv6Octets.Length);
        return error is null ? new HomeAddressOption(Ipv6Octets.Read(data)) : null;
    }
}
