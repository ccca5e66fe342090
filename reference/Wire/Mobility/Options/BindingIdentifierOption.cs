using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>Binding Identifier option, RFC 5648, Section 4.3. Alignment 2n, with a care-of address 8n+2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 35   |Length=4, 8, 20|
/// +-------------------------------+---------------+-+-------------+
/// |       Binding ID (BID)        |    Status     |H|  Reserved   |
/// +-------------------------------+---------------+-+-------------+
/// |          IPv4 or IPv6 Care-of Address (0, 4 or 16) ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="SimultaneousHomeAndForeign">The H flag: bindings are registered while the mobile node is on its home link.</param>
/// <param name="CareOfAddress">An IPv6 or IPv4 address, or null.</param>
public sealed record BindingIdentifierOption(
    ushort BindingId,
    BindingStatus Status,
    bool SimultaneousHomeAndForeign,
    IPAddress? CareOfAddress
) : BindingIdentityOption(BindingId, Status)
{
    public override IPAddress? CareOfAddress
    {
        get;
        init => field = WithoutScope(value);
    } = WithoutScope(CareOfAddress);

    public override byte Type => (byte)MobilityOptionType.BindingIdentifier;

    private protected override byte Flags => SimultaneousHomeAndForeign ? BindingIdentityData.SimultaneousHomeAndForeignFlag : (byte)0;

    private static IPAddress? WithoutScope(IPAddress? address) =>
        address?.AddressFamily == AddressFamily.InterNetworkV6 ? Ipv6Octets.Require(address) : address;
}
