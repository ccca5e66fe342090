using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.5.</summary>
public sealed class AccessTechnologyTypeKind()
    : ReservedAndValueKind(
        "Access Technology Type",
        Type,
        "ATT",
        value => new AccessTechnologyTypeOption((AccessTechnologyType)value),
        ["reserved", "virtual", "PPP", "IEEE 802.3", "IEEE 802.11a/b/g", "IEEE 802.16e"]
    )
{
    public const int Type = 24;
}
