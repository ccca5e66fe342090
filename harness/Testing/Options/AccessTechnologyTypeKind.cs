using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.5. Words: a number, or several with <c>or</c> for a received option.</summary>
public sealed class AccessTechnologyTypeKind()
    : MobilityOptionKind("Access Technology Type", Type, ("Reserved", 8), ("Access Technology Type", 8))
{
    public const int Type = 24;

    private static readonly string[] _values = ["reserved", "virtual", "PPP", "IEEE 802.3", "IEEE 802.11a/b/g", "IEEE 802.16e"];

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new AccessTechnologyTypeOption((AccessTechnologyType)OptionWords.Number(words, byte.MaxValue))];

    public override string Text(OptionOctets option) => option.Value.ToString(CultureInfo.InvariantCulture);

    public override MobilityOption Echo(OptionOctets asked, bool accepts, OptionContext context) =>
        new AccessTechnologyTypeOption((AccessTechnologyType)asked.Value);

    public override string Value(OptionOctets option) =>
        (option.Data.Span[0] == 0 ? string.Empty : $"Reserved 0x{option.Data.Span[0]:x}, ")
        + (option.Value < _values.Length ? $"{option.Value} {_values[option.Value]}" : Text(option));

    public override string Words(OptionOctets option, INodeNames names) => $"ATT {option.Value}";
}
