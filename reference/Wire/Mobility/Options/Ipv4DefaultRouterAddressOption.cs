using System.Net;

namespace Pmip.Wire;

/// <summary>
/// IPv4 Default-Router Address option, RFC 5844, Section 3.3.3; the same in Section 3.3.1 of draft-ietf-netlmm-pmip6-ipv4-support-04,
/// which does not assign its type. Alignment 4n.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 38   |  Length = 6   |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                  IPv4 Default-Router Address                  |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <exception cref="ArgumentException">The address is not IPv4.</exception>
public sealed record Ipv4DefaultRouterAddressOption(IPAddress Address) : MobilityOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    /// <summary>38 in RFC 5844; <see cref="WireEdition.Ipv4DefaultRouterType"/> in the draft.</summary>
    public byte OptionType { get; init; } = (byte)MobilityOptionType.Ipv4DefaultRouterAddress;

    public override byte Type => OptionType;

    public override int DataLength => Ipv4AddressFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv4AddressFormat.Alignment;

    public override void WriteData(Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[Ipv4Octets.Length];
        Ipv4Octets.Write(Address, address);
        Ipv4AddressFormat.Write(destination, address);
    }
}
