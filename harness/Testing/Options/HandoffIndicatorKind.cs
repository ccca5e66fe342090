using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.4. Words: a number, or several with <c>or</c> for a received option.</summary>
public sealed class HandoffIndicatorKind() : MobilityOptionKind("Handoff Indicator", Type, ("Reserved", 8), ("Handoff Indicator", 8))
{
    public const int Type = 23;

    private static readonly string[] _values =
    [
        "reserved",
        "attachment over a new interface",
        "handoff between two interfaces of the mobile node",
        "handoff between mobile access gateways for the same interface",
        "handoff state unknown",
        "handoff state not changed (re-registration)",
    ];

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new HandoffIndicatorOption((HandoffIndicator)OptionWords.Number(words, byte.MaxValue))];

    public override string Text(OptionOctets option) => option.Value.ToString(CultureInfo.InvariantCulture);

    public override MobilityOption Echo(OptionOctets asked, bool accepts, OptionContext context) =>
        new HandoffIndicatorOption((HandoffIndicator)asked.Value);

    public override string Value(OptionOctets option) =>
        (option.Data.Span[0] == 0 ? string.Empty : $"Reserved 0x{option.Data.Span[0]:x}, ")
        + (option.Value < _values.Length ? $"{option.Value} {_values[option.Value]}" : Text(option));

    public override string Words(OptionOctets option, INodeNames names) => $"HI {option.Value}";
}
