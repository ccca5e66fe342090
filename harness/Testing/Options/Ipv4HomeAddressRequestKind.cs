using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5844, Section 3.3.1.</summary>
public sealed class Ipv4HomeAddressRequestKind()
    : Ipv4RequestKind("IPv4 Home Address Request", Type, ("Prefix-len", 6), ("Reserved", 10), ("IPv4 Home Address", 32))
{
    public const int Type = 36;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile);

    public override MobilityOption For(Ipv4HomeAddress address) => new Ipv4HomeAddressRequestOption(address.Address, address.PrefixLength);
}
