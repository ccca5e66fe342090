using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 6275, Section 6.2.4. Words: the Refresh Interval in units of 4 seconds.</summary>
public sealed class BindingRefreshAdviceKind() : MobilityOptionKind("Binding Refresh Advice", Type, ("Refresh Interval", 16))
{
    public const int Type = 2;

    public override (int Multiple, int Offset) Alignment(int length) => (2, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new BindingRefreshAdviceOption((ushort)OptionWords.Number(words, ushort.MaxValue))];
}
