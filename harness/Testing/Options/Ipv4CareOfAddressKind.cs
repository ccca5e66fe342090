using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// RFC 5555, Section 3.1.2. Words: an IPv4 address, or the name of a node of the IXIT; for a received option, also <c>one</c>.
/// </summary>
public sealed class Ipv4CareOfAddressKind()
    : MobilityOptionKind("IPv4 Care-of Address", Type, ("Reserved", 16), ("IPv4 Care-of Address", 32))
{
    public const int Type = 32;

    /// <summary>RFC 5844 does without the option: there, too, a scenario can put it into a request, to see it ignored.</summary>
    public override bool IsIn(WireEdition edition) => (edition.Ipv4Options & (Ipv4OptionSet.DualStack | Ipv4OptionSet.ProxyMobile)) != 0;

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    /// <summary>The address of a received option; 0.0.0.0 if the option is too short.</summary>
    public static IPAddress AddressOf(OptionOctets option) => Ipv4OptionOctets.Router(option);

    public override string Text(OptionOctets option) => AddressOf(option).ToString();

    /// <summary>True if there is one option, with this address or that of this node.</summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context) =>
        given is [var option]
        && (expected == "one" || OptionWords.Address(expected, context, AddressFamily.InterNetwork).Equals(AddressOf(option)));

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new Ipv4CareOfAddressOption(OptionWords.Address(words, context, AddressFamily.InterNetwork))];
}
