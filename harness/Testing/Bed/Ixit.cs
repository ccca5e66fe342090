namespace Conformance.Testing.Bed;

/// <summary>
/// The IXIT: the data needed to run the scenarios against one implementation on one bed. Addresses are in their usual text form.
/// Times are those configured in the implementation.
/// </summary>
public sealed record Ixit
{
    /// <summary>The address of every named node, tested or emulated: LMA1, MAG1, MAG2, MAG3, CN1.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>The names of the tester's ports: core, home, link1.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>The identities that are bound to an access link instead of a link-layer address, by port.</summary>
    public IReadOnlyDictionary<string, string> PortIdentities { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The pattern of the MN-Identifier. <c>{mac}</c> is the link-layer address in 12 hex digits, <c>{kind}</c> the kind of mobile
    /// node.
    /// </summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>The pattern of the link-layer address of mobile node n; <c>{n}</c> is n as two octets.</summary>
    public required string LinkLayerPattern { get; init; }

    /// <summary>The prefixes the local mobility anchor owns and allocates from.</summary>
    public required string OwnedPrefix { get; init; }

    /// <summary>A prefix that no node of the domain owns.</summary>
    public required string ForeignPrefix { get; init; }

    /// <summary>
    /// A prefix out of <see cref="OwnedPrefix"/> that is never assigned; null for the last but one of its /64 prefixes.
    /// </summary>
    public string? UnassignedPrefix { get; init; }

    /// <summary>The router to other links, for ports whose link does not include the implementation under test.</summary>
    public IReadOnlyDictionary<string, string> NextHops { get; init; } = new Dictionary<string, string>();

    /// <summary>The access link that only the mobile nodes of bookends use.</summary>
    public string SentinelPort { get; init; } = "link4";

    /// <summary>The number of prefixes assigned to a two-prefix mobile node.</summary>
    public int PrefixesOfTwoPrefixNode { get; init; } = 2;

    /// <summary>Configuration variables and constants by their RFC name, in milliseconds.</summary>
    public required IReadOnlyDictionary<string, int> Timers { get; init; }

    /// <summary>Access technology type of the access links (RFC 5213, Section 8.5).</summary>
    public int AccessTechnologyType { get; init; } = 3;

    /// <summary>The time the tester waits for an answer that has no time limit in the specification.</summary>
    public int AnswerWithinMilliseconds { get; init; } = 2000;

    /// <summary>The time the tester listens before it concludes that nothing came.</summary>
    public int GuardMilliseconds { get; init; } = 3000;

    /// <summary>The maximum duration of one scenario.</summary>
    public int BudgetSeconds { get; init; } = 900;

    /// <summary>The value of a variable or constant.</summary>
    /// <exception cref="KeyNotFoundException">The name is not in <see cref="Timers"/>; the message lists the names that are.</exception>
    public TimeSpan Timer(string name) =>
        Timers.TryGetValue(name, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new KeyNotFoundException(
                $"The IXIT has no timer '{name}'; it has {string.Join(", ", Timers.Keys.Order(StringComparer.Ordinal))}."
            );
}
