using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.1.1. Words: <c>192.0.2.1/24</c>.</summary>
public sealed class Ipv4HomeAddressKind()
    : MobilityOptionKind("IPv4 Home Address", Type, ("Prefix-len", 6), ("P", 1), ("Reserved", 9), ("IPv4 Home Address", 32))
{
    public const int Type = 29;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DualStack);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(words, context);
        return [new Ipv4HomeAddressOption(address, length, RequestsPrefix: false)];
    }
}
