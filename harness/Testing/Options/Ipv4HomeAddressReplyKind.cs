using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5844, Section 3.3.2.</summary>
public sealed class Ipv4HomeAddressReplyKind()
    : Ipv4ReplyKind("IPv4 Home Address Reply", Type, ("Status", 8), ("Prefix-len", 6), ("Reserved", 2), ("IPv4 Home Address", 32))
{
    public const int Type = 37;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(words, context);
        return [new Ipv4HomeAddressReplyOption(0, length, address)];
    }
}
