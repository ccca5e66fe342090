using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Binding Unique Identifier sub-option, draft-ietf-monami6-multiplecoa-04, Section 4.2.1. The draft states no alignment: see
/// <see cref="BindingIdentityOption.Alignment"/>.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |  Type = TBD   |Length = 4, 20 |
/// +-------------------------------+---------------+-+-+-+---------+
/// |    Binding Unique ID (BID)    |    Status     |C|O|H|Reserved |
/// +-------------------------------+---------------+-+-+-+---------+
/// |               Care-of Address (16), C = 1                     |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Overwrite">The O flag: these bindings replace all existing ones.</param>
/// <param name="HomeBinding">The H flag: the mobile node is on its home link.</param>
/// <param name="CareOfAddress">An IPv6 address, which sets the C flag, or null.</param>
/// <exception cref="ArgumentException">The address is not IPv6.</exception>
public sealed record BindingUniqueIdentifierOption(
    ushort BindingId,
    BindingStatus Status,
    bool Overwrite,
    bool HomeBinding,
    IPAddress? CareOfAddress
) : BindingIdentityOption(BindingId, Status)
{
    public override IPAddress? CareOfAddress
    {
        get;
        init => field = RequireIpv6(value);
    } = RequireIpv6(CareOfAddress);

    /// <summary>The draft assigns no number; the type is <see cref="WireEdition.BindingUniqueIdentifierType"/>.</summary>
    public byte OptionType { get; init; } = WireEdition.DefaultBindingUniqueIdentifierType;

    public override byte Type => OptionType;

    private protected override byte Flags => BindingIdentityData.DraftFlags(CareOfAddress is not null, Overwrite, HomeBinding);

    private static IPAddress? RequireIpv6(IPAddress? address) => address is null ? null : Ipv6Octets.Require(address);
}
