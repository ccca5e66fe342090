using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.7. Words: an address, ALL_ZERO, <c>marked</c>, <c>the mark</c>, <c>its own</c>.</summary>
public sealed class LinkLocalAddressKind() : MobilityOptionKind("Link-local Address", Type, ("Link-local Address", 128))
{
    public const int Type = 26;

    public override (int Multiple, int Offset) Alignment(int length) => (8, 6);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new LinkLocalAddressOption(Address(words, context))];

    public override string Text(OptionOctets option) => option.Address.Equals(IPAddress.IPv6None) ? "ALL_ZERO" : option.Address.ToString();

    /// <summary>ALL_ZERO, NON_ZERO, <c>link-local</c>, <c>that of its advertisements</c> to the mobile node, or an address.</summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context) =>
        expected switch
        {
            "ALL_ZERO" => given[0].Address.Equals(IPAddress.IPv6None),
            "NON_ZERO" => !given[0].Address.Equals(IPAddress.IPv6None),
            "link-local" => given[0].Address.IsIPv6LinkLocal,
            "that of its advertisements" => given[0]
                .Address.Equals(
                    (context.Node.Router ?? throw new StepFailedException("no Router Advertisement has shown an address")).Address
                ),
            _ => IPAddress.TryParse(expected, out var address)
                ? given[0].Address.Equals(address)
                : throw new ScenarioFaultException(
                    $"'{expected}' is not an expectation for a Link-local Address: say ALL_ZERO, NON_ZERO, link-local, "
                        + "that of its advertisements or an address."
                ),
        };

    /// <summary>The address of the request; for ALL_ZERO, an address that the emulated LMA generates and remembers.</summary>
    public override MobilityOption Echo(OptionOctets asked, OptionContext context) =>
        new LinkLocalAddressOption(asked.Address.Equals(IPAddress.IPv6None) ? Generated(context.Node) : asked.Address);

    public override string Words(OptionOctets option, INodeNames names) => $"LLA {option.Address}";

    private static IPAddress Address(string words, OptionContext context)
    {
        var node = context.Node;
        return words switch
        {
            "ALL_ZERO" => IPAddress.IPv6None,
            "marked" => node.Mark = Mark(context.Session),
            "the mark" => node.Mark ?? throw new ScenarioFaultException($"{node.Name}'s session was not marked."),
            "its own" => node.Identity.LinkLayer.LinkLocalAddress(),
            _ => IPAddress.TryParse(words, out var address)
                ? address
                : throw new ScenarioFaultException(
                    $"'{words}' is not a link-local address: say ALL_ZERO, marked, the mark, its own or an address."
                ),
        };
    }

    /// <summary>A random address by which a session is recognised.</summary>
    private static IPAddress Mark(TestSession session)
    {
        var octets = new byte[16];
        session.Random.NextBytes(octets);
        octets.AsSpan(0, 8).Clear();
        (octets[0], octets[1]) = (0xfe, 0x80);
        return new IPAddress(octets);
    }

    private static IPAddress Generated(MobileNode node) =>
        node.Mark ??= new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, .. node.Identity.LinkLayer.ToArray()[4..]]);
}
