using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.2.1.</summary>
public sealed class Ipv4AddressAcknowledgementKind()
    : Ipv4ReplyKind("IPv4 Address Acknowledgement", Type, ("Status", 8), ("Prefix-len", 6), ("Reserved", 2), ("IPv4 Home Address", 32))
{
    public const int Type = 30;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DualStack);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(words, context);
        return [new Ipv4AddressAcknowledgementOption(0, length, address)];
    }
}
