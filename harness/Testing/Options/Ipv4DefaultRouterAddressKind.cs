using System.Net.Sockets;
using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// RFC 5844, Section 3.3.3: the number depends on the edition. Words: an IPv4 address, or the name of a node of the IXIT.
/// </summary>
public sealed class Ipv4DefaultRouterAddressKind()
    : MobilityOptionKind("IPv4 Default-Router Address", Type, ("Reserved", 16), ("IPv4 Default-Router Address", 32))
{
    public const int Type = 38;

    public override string CommonName => "default router";

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.DefaultRouter);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override int NumberIn(WireEdition edition) => edition.Ipv4DefaultRouterType;

    public override string Text(OptionOctets option) => Ipv4OptionOctets.Router(option).ToString();

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [
            new Ipv4DefaultRouterAddressOption(OptionWords.Address(words, context, AddressFamily.InterNetwork))
            {
                OptionType = (byte)NumberIn(context.Edition),
            },
        ];
}
