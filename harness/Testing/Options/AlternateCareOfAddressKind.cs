using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 6275, Section 6.2.5. Words: an address, or the name of a node of the IXIT.</summary>
public sealed class AlternateCareOfAddressKind() : MobilityOptionKind("Alternate Care-of Address", Type, ("Alternate Care-of Address", 128))
{
    public const int Type = 3;

    public override (int Multiple, int Offset) Alignment(int length) => (8, 6);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new AlternateCareOfAddressOption(OptionWords.Address(words, context))];

    public override string Text(OptionOctets option) => option.Address.ToString();

    public override string Words(OptionOctets option, INodeNames names) => $"alternate CoA {names.NameOf(option.Address)}";
}
