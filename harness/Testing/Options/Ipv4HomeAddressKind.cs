using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.1.1.</summary>
public sealed class Ipv4HomeAddressKind()
    : Ipv4RequestKind("IPv4 Home Address", Type, ("Prefix-len", 6), ("P", 1), ("Reserved", 9), ("IPv4 Home Address", 32))
{
    public const int Type = 29;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DualStack);

    public override MobilityOption For(Ipv4HomeAddress address) =>
        new Ipv4HomeAddressOption(address.Address, address.PrefixLength, RequestsPrefix: false);
}
