using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.2.2. Words: the Refresh Time in seconds.</summary>
public sealed class NatDetectionKind() : MobilityOptionKind("NAT Detection", Type, ("F", 1), ("Reserved", 15), ("Refresh Time", 32))
{
    public const int Type = 31;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.NatDetection);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new NatDetectionOption(ForcesUdp: false, (uint)OptionWords.Number(words, int.MaxValue))];
}
