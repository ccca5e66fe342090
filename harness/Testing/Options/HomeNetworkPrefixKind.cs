using System.Text.RegularExpressions;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// RFC 5213, Section 8.3. Words: prefixes with commas, or ALL_ZERO, foreign, owned (by the LMA, which could assign it to the node),
/// unassigned (owned by the LMA, which assigns it to no node), assigned, the first assigned, MN2's.
/// </summary>
public sealed partial class HomeNetworkPrefixKind()
    : MobilityOptionKind("Home Network Prefix", Type, ("Reserved", 8), ("Prefix Length", 8), ("Home Network Prefix", 128))
{
    public const int Type = 22;

    private static readonly string[] _counts = ["", "one", "two", "three", "four"];

    public override Observation Observation => Observation.Prefixes;

    public override (int Multiple, int Offset) Alignment(int length) => (8, 4);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        words
            .Split(',', StringSplitOptions.TrimEntries)
            .SelectMany(word => Prefixes(word, context))
            .Select(prefix => new HomeNetworkPrefixOption(prefix));

    public override string Text(OptionOctets option) => option.IsAllZeroPrefix ? "ALL_ZERO" : option.PrefixText;

    /// <summary>
    /// ALL_ZERO, NON_ZERO, those of its profile, none of its profile, none of MN2's profile, or prefixes in any order, each with an
    /// optional count: <c>one, ALL_ZERO</c>.
    /// </summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var words = expected.Split(", ", 2);
        var count = words.Length == 2 ? Array.IndexOf(_counts, words[0]) : -1;
        var value = count > 0 ? words[1] : expected;
        return (count <= 0 || given.Count == count)
            & value switch
            {
                "ALL_ZERO" => given.All(option => option.IsAllZeroPrefix),
                "NON_ZERO" => given.All(option => !option.IsAllZeroPrefix),
                "those of its profile" => OfProfile(context.Node).SetEquals(given.Select(option => option.PrefixText)),
                "none of its profile" => !OfProfile(context.Node).Overlaps(given.Select(option => option.PrefixText)),
                _ when OtherProfile().Match(value) is { Success: true } other => !OfProfile(
                        context.Session.Nodes.Named(other.Groups[1].Value)
                    )
                    .Overlaps(given.Select(option => option.PrefixText)),
                _ => given
                    .Select(option => option.PrefixText)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(value.Split(", ").Select(Expected).Order(StringComparer.Ordinal)),
            };
    }

    /// <summary>The prefix of the request; for ALL_ZERO, a prefix that the emulated LMA allocates.</summary>
    public override MobilityOption? Echo(OptionOctets asked, OptionContext context) =>
        asked.Length < FieldOctets || asked.PrefixLength > 128
            ? null
            : new HomeNetworkPrefixOption(asked.IsAllZeroPrefix ? Allocated(context) : new Ipv6Prefix(asked.Prefix, asked.PrefixLength));

    public override string Value(OptionOctets option) =>
        string.Join(", ", (option.Data.Span[0] == 0 ? [] : (string[])[$"Reserved 0x{option.Data.Span[0]:x}"]).Append(option.PrefixText));

    public override string Words(OptionOctets option, INodeNames names) =>
        option.Length == FieldOctets ? $"HNP {option.PrefixText}" : "HNP?";

    private static IReadOnlyList<Ipv6Prefix> Prefixes(string word, OptionContext context) =>
        word switch
        {
            "ALL_ZERO" => [Ipv6Prefix.AllZero],
            "foreign" => [context.Ixit.ForeignPrefix],
            "owned" => context.Node.Identity.ProvisionedPrefixes is [var own, ..] ? [own] : [context.Ixit.NeverAssignedPrefix],
            "unassigned" => [context.Ixit.NeverAssignedPrefix],
            "assigned" => Assigned(context.Node),
            "the first assigned" => [Assigned(context.Node)[0]],
            ['M', 'N', .., '\'', 's'] => Assigned(context.Session.Nodes.Named(word[..^2])),
            _ => Ipv6Prefix.TryParse(word, out var parsed)
                ? [parsed]
                : throw new ScenarioFaultException(
                    $"'{word}' is not a prefix: say ALL_ZERO, foreign, owned, unassigned, assigned, the first assigned, MN2's or a prefix."
                ),
        };

    /// <exception cref="StepFailedException">
    /// The LMA has assigned none, or none that is valid: a message without it would be another one.
    /// </exception>
    private static IReadOnlyList<Ipv6Prefix> Assigned(MobileNode node) =>
        node.Session.Prefixes is { Count: > 0 } prefixes
            ? prefixes
            : throw new StepFailedException($"no valid home network prefix was assigned to {node.Name}");

    private static HashSet<string> OfProfile(MobileNode node) =>
        node.Identity.ProvisionedPrefixes is { Count: > 0 } prefixes
            ? [.. prefixes.Select(prefix => prefix.ToString())]
            : throw new ScenarioFaultException($"{node.Name} has no prefixes in its profile: it is a {node.Kind} node.");

    private static string Expected(string word) =>
        Ipv6Prefix.TryParse(word, out var prefix)
            ? prefix.ToString()
            : throw new ScenarioFaultException(
                $"'{word}' is not an expectation for a Home Network Prefix: say ALL_ZERO, NON_ZERO, those of its profile, "
                    + "none of its profile, none of MN2's profile or prefixes, each after an optional count: "
                    + $"{string.Join(", ", _counts.Skip(1))}."
            );

    [GeneratedRegex(@"^none of (MN\d+)'s profile$")]
    private static partial Regex OtherProfile();

    private static Ipv6Prefix Allocated(OptionContext context)
    {
        var linkLayer = context.Node.Identity.LinkLayer.ToArray();
        return context.Node.Session.OfferedPrefixes is [var offered, ..]
            ? offered
            : context.Ixit.OwnedPrefix.Subnet(64, (ulong)((linkLayer[4] << 8) | linkLayer[5]));
    }
}
