using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5844, Section 3.3.1. Words: <c>192.0.2.1/24</c>.</summary>
public sealed class Ipv4HomeAddressRequestKind()
    : MobilityOptionKind("IPv4 Home Address Request", Type, ("Prefix-len", 6), ("Reserved", 10), ("IPv4 Home Address", 32))
{
    public const int Type = 36;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(words, context);
        return [new Ipv4HomeAddressRequestOption(address, length)];
    }
}
