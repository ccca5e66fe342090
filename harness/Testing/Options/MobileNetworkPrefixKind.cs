using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 3963, Section 4.3. Words: a prefix.</summary>
public sealed class MobileNetworkPrefixKind()
    : MobilityOptionKind("Mobile Network Prefix", Type, ("Reserved", 8), ("Prefix Length", 8), ("Mobile Network Prefix", 128))
{
    public const int Type = 6;

    public override bool IsIn(WireEdition edition) => edition.KnowsMobileNetworkPrefix;

    public override (int Multiple, int Offset) Alignment(int length) => (8, 4);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [
            new MobileNetworkPrefixOption(
                Ipv6Prefix.TryParse(words, out var prefix) ? prefix : throw new ScenarioFaultException($"'{words}' is not a prefix.")
            ),
        ];

    public override string Text(OptionOctets option) => option.PrefixText;

    public override string Value(OptionOctets option) =>
        (option.Data.Span[0] == 0 ? string.Empty : $"Reserved 0x{option.Data.Span[0]:x}, ") + option.PrefixText;

    public override string Words(OptionOctets option, INodeNames names) =>
        option.Length == FieldOctets ? $"MNP {option.PrefixText}" : "MNP?";
}
