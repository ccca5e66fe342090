using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// An option of a reserved octet and a value from a registry. Words: a number, or several with <c>or</c> for a received option.
/// </summary>
/// <param name="values">The names of the values, from 0.</param>
public abstract class ReservedAndValueKind(
    string name,
    int number,
    string abbreviation,
    Func<byte, MobilityOption> create,
    IReadOnlyList<string> values
) : MobilityOptionKind(name, number, ("Reserved", 8), (name, 8))
{
    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [create((byte)OptionWords.Number(words, byte.MaxValue))];

    public override string Text(OptionOctets option) => option.Value.ToString(CultureInfo.InvariantCulture);

    public override MobilityOption Echo(OptionOctets asked, OptionContext context) => create(asked.Value);

    public override string Value(OptionOctets option) =>
        (option.Data.Span[0] == 0 ? string.Empty : $"Reserved 0x{option.Data.Span[0]:x}, ")
        + (option.Value < values.Count ? $"{option.Value} {values[option.Value]}" : Text(option));

    public override string Words(OptionOctets option, INodeNames names) => $"{abbreviation} {option.Value}";
}
