using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// The option with which a MAG asks for an IPv4 home address: that of RFC 5844, or that of RFC 5555 in the drafts. Words: addresses with
/// commas, each as <c>192.0.2.1/24</c>, ALL_ZERO, fixed (the only one that the node may use), foreign, unassigned (of the LMA, which has
/// not assigned it), assigned, the first assigned, MN2's, or its own (that of a node of Mobile IPv6).
/// </summary>
public abstract class Ipv4RequestKind(string name, int number, params (string Name, int Width)[] fields)
    : MobilityOptionKind(name, number, fields)
{
    /// <summary>The name in every edition.</summary>
    public const string NameInEditions = "IPv4 home address";

    /// <summary>The Prefix-len of a request for one address (RFC 5555, Section 3.1.1).</summary>
    private const byte OfOneAddress = 32;

    public override string CommonName => NameInEditions;

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    /// <summary>The option of an edition; null if it has none.</summary>
    public static Ipv4RequestKind? Of(WireEdition edition) => Named(NameInEditions, edition) as Ipv4RequestKind;

    /// <summary>The address and the prefix length of a received option, or of one that the tester has sent.</summary>
    public static Ipv4HomeAddress Asked(OptionOctets option) => Ipv4OptionOctets.Address(option, lengthOctet: 0);

    /// <summary>The option that asks for an address.</summary>
    public abstract MobilityOption For(Ipv4HomeAddress address);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        words.Split(',', StringSplitOptions.TrimEntries).SelectMany(word => Addresses(word, context)).Select(For);

    public override string Text(OptionOctets option) =>
        Asked(option) is var asked && asked == Ipv4HomeAddress.AllZero ? "ALL_ZERO" : $"{asked}";

    /// <summary>True if the options ask for just these addresses, each once and in any order.</summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var addresses = expected.Split(',', StringSplitOptions.TrimEntries).SelectMany(word => Addresses(word, context)).ToHashSet();
        return addresses.Count == given.Count && addresses.SetEquals(given.Select(Asked));
    }

    private static IReadOnlyList<Ipv4HomeAddress> Addresses(string word, OptionContext context) =>
        word switch
        {
            "ALL_ZERO" => [Ipv4HomeAddress.AllZero],
            "assigned" => Assigned(context.Node),
            "the first assigned" => [Assigned(context.Node)[0]],
            "its own" => [OwnOf(context.Node)],
            ['M', 'N', .., '\'', 's']
                when context.Session.Nodes.Named(word[..^2]) is { IsBound: true, Identity.Mobility: not null } other => [OwnOf(other)],
            ['M', 'N', .., '\'', 's'] => Assigned(context.Session.Nodes.Named(word[..^2])),
            _ when Ipv4OptionOctets.OfNetwork(word, context.Session) is { } known => [known],
            _ => [Literal(word, context)],
        };

    /// <summary>The address that a node of Mobile IPv6 has been assigned.</summary>
    private static Ipv4HomeAddress OwnOf(MobileNode node) => new(node.Identity.Ipv4HomeAddress, OfOneAddress);

    private static Ipv4HomeAddress Literal(string word, OptionContext context)
    {
        var (address, length) = OptionWords.Ipv4Prefix(word, context);
        return new Ipv4HomeAddress(address, length);
    }

    /// <exception cref="StepFailedException">The LMA has assigned none: a message without it would be another one.</exception>
    private static IReadOnlyList<Ipv4HomeAddress> Assigned(MobileNode node) =>
        node.Session.Ipv4Addresses is { Count: > 0 } addresses
            ? addresses
            : throw new StepFailedException($"no IPv4 home address was assigned to {node.Name}");
}
