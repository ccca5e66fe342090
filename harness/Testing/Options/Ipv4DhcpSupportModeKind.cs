using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5844, Section 3.3.4. Words: the S flag, 0 or 1.</summary>
public sealed class Ipv4DhcpSupportModeKind() : MobilityOptionKind("IPv4 DHCP Support Mode", Type, ("Reserved", 15), ("S", 1))
{
    public const int Type = 39;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile);

    public override string CommonName => "DHCP support mode";

    public override string Text(OptionOctets option) => option is { Length: 2 } && (option.Data.Span[1] & 1) == 1 ? "1" : "0";

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new Ipv4DhcpSupportModeOption(OptionWords.Number(words, 1) == 1)];
}
