using System.Net.Sockets;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5555, Section 3.1.2. Words: an IPv4 address, or the name of a node of the IXIT.</summary>
public sealed class Ipv4CareOfAddressKind()
    : MobilityOptionKind("IPv4 Care-of Address", Type, ("Reserved", 16), ("IPv4 Care-of Address", 32))
{
    public const int Type = 32;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DualStack);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new Ipv4CareOfAddressOption(OptionWords.Address(words, context, AddressFamily.InterNetwork))];
}
