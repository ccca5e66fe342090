using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.6. Words: hexadecimal octets, <c>its own</c>, <c>another</c> or ALL_ZERO.</summary>
public sealed class MobileNodeLinkLayerIdentifierKind()
    : MobilityOptionKind("Mobile Node Link-layer Identifier", Type, ("Reserved", 16), ("Link-layer Identifier", 0))
{
    public const int Type = 25;

    /// <summary>The natural boundary of the identifier (RFC 6275, Section 6.2).</summary>
    public override (int Multiple, int Offset) Alignment(int length) =>
        (length - ReservedOctets) switch
        {
            <= 0 => (2, 0),
            var size when size % 8 == 0 => (8, 4),
            var size when size % 4 == 0 => (4, 0),
            _ => (2, 0),
        };

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new MobileNodeLinkLayerIdentifierOption(new OctetString(Identifier(words, context)))];

    public override MobilityOption Echo(OptionOctets asked, OptionContext context) =>
        new MobileNodeLinkLayerIdentifierOption(new OctetString(asked.LinkLayerIdentifier.Span));

    public override string Words(OptionOctets option, INodeNames names) =>
        $"LL-Id {Convert.ToHexStringLower(option.LinkLayerIdentifier.Span)}";

    private static byte[] Identifier(string words, OptionContext context)
    {
        switch (words)
        {
            case "its own":
                return context.Node.Identity.LinkLayer.ToArray();
            case "another":
                var other = context.Node.Identity.LinkLayer.ToArray();
                other[2] = 0xee;
                return other;
            case "ALL_ZERO":
                return new byte[6];
            default:
                return OptionWords.Octets(words);
        }
    }
}
