using System.Globalization;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>
/// The IXIT: the data needed to run the scenarios against one implementation on one bed. Times are those configured in the
/// implementation.
/// </summary>
public sealed record Ixit
{
    private const string TwoPrefix = "two-prefix";

    /// <summary>The links and nodes around the implementation under test, without the link-layer addresses of real nodes.</summary>
    public required Domain Domain { get; init; }

    /// <summary>
    /// The pattern of the MN-Identifier. <c>{mac}</c> is the link-layer address in 12 hex digits, <c>{kind}</c> the kind of mobile
    /// node.
    /// </summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>The pattern of the link-layer address of mobile node n; <c>{n}</c> is n as two octets.</summary>
    public required string LinkLayerPattern { get; init; }

    /// <summary>The prefixes the local mobility anchor owns and allocates from.</summary>
    public required Ipv6Prefix OwnedPrefix { get; init; }

    /// <summary>A prefix that no node of the domain owns.</summary>
    public required Ipv6Prefix ForeignPrefix { get; init; }

    /// <summary>
    /// A prefix out of <see cref="OwnedPrefix"/> that is never assigned; null for the last but one of its /64 prefixes.
    /// </summary>
    public Ipv6Prefix? UnassignedPrefix { get; init; }

    /// <summary>The number of prefixes assigned to a two-prefix mobile node.</summary>
    public int PrefixesOfTwoPrefixNode { get; init; } = 2;

    /// <summary>
    /// The patterns of the prefixes that are provisioned for mobile node n; <c>{n}</c> is n in hexadecimal digits. A node of one prefix has
    /// the first. Empty if the LMA chooses the prefixes.
    /// </summary>
    public IReadOnlyList<string> PrefixPatterns { get; init; } = [];

    /// <summary>The kinds of mobile nodes that are provisioned, or for which nothing is.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = AllKinds;

    /// <summary>One prefix, two prefixes, known without the service, not known.</summary>
    public static IReadOnlyList<string> AllKinds { get; } = ["dynamic", TwoPrefix, "disabled", "unknown"];

    /// <summary>Configuration variables and constants by their RFC name.</summary>
    public required IReadOnlyDictionary<string, TimeSpan> Timers { get; init; }

    /// <summary>Access technology type of the access links (RFC 5213, Section 8.5).</summary>
    public int AccessTechnologyType { get; init; } = 3;

    /// <summary>The time the tester waits for an answer that has no time limit in the specification.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time the tester listens before it concludes that nothing came.</summary>
    public TimeSpan Guard { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The maximum duration of one scenario.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>The prefixes that are provisioned for a mobile node; empty if the LMA chooses them.</summary>
    /// <exception cref="FormatException">A pattern gives no prefix.</exception>
    public IReadOnlyList<Ipv6Prefix> ProvisionedPrefixes(int number, string kind) =>
        [
            .. PrefixPatterns
                .Take(kind == TwoPrefix ? PrefixesOfTwoPrefixNode : 1)
                .Select(pattern =>
                    Ipv6Prefix.Parse(pattern.Replace("{n}", number.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal))
                ),
        ];

    /// <summary>The value of a variable or constant.</summary>
    /// <exception cref="KeyNotFoundException">The name is not in <see cref="Timers"/>; the message lists the names that are.</exception>
    public TimeSpan Timer(string name) =>
        Timers.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException(
                $"The IXIT has no timer '{name}'; it has {string.Join(", ", Timers.Keys.Order(StringComparer.Ordinal))}."
            );
}
