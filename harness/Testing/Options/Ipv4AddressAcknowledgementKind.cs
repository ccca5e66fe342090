using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.2.1. Words: <c>192.0.2.1/24</c>, with status 0.</summary>
public sealed class Ipv4AddressAcknowledgementKind()
    : MobilityOptionKind("IPv4 Address Acknowledgement", Type, ("Status", 8), ("Prefix-len", 6), ("Reserved", 2), ("IPv4 Home Address", 32))
{
    public const int Type = 30;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DualStack);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(words, context);
        return [new Ipv4AddressAcknowledgementOption(0, length, address)];
    }
}
