namespace Conformance.Testing.Bed;

/// <summary>
/// The IXIT: what is needed to run the scenarios against one implementation in one place. Addresses are in
/// their usual text form; times are those the implementation is configured with.
/// </summary>
public sealed record Ixit
{
    /// <summary>Address of every named node, tested or emulated: LMA1, MAG1, MAG2, MAG3, CN1.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>The port each named thing is reached through: core, home, link1.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>Identities that are bound to an access link instead of a link-layer address, by port.</summary>
    public IReadOnlyDictionary<string, string> PortIdentities { get; init; } = new Dictionary<string, string>();

    /// <summary>MN-Identifier of mobile node n of a kind; <c>{mac}</c> is its link-layer address in 12 hex digits, <c>{kind}</c> its kind.</summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>Link-layer address of mobile node n: <c>{n}</c> is n as two octets.</summary>
    public required string LinkLayerPattern { get; init; }

    /// <summary>The prefixes the local mobility anchor owns and allocates from.</summary>
    public required string OwnedPrefix { get; init; }

    /// <summary>A prefix nobody owns here.</summary>
    public required string ForeignPrefix { get; init; }

    /// <summary>A prefix out of <see cref="OwnedPrefix"/> that is never assigned; null: the last but one of its /64 prefixes.</summary>
    public string? UnassignedPrefix { get; init; }

    /// <summary>The router that other links are reached by, for ports whose link the implementation under test is not on.</summary>
    public IReadOnlyDictionary<string, string> NextHops { get; init; } = new Dictionary<string, string>();

    /// <summary>The access link that only sentinel mobile nodes use.</summary>
    public string SentinelPort { get; init; } = "link4";

    /// <summary>How many prefixes the pool of a two-prefix mobile node yields.</summary>
    public int PrefixesOfTwoPrefixNode { get; init; } = 2;

    /// <summary>Configuration variables and constants by the RFC's name, in milliseconds.</summary>
    public required IReadOnlyDictionary<string, int> Timers { get; init; }

    /// <summary>Access technology type of the access links (RFC 5213, Section 8.5).</summary>
    public int AccessTechnologyType { get; init; } = 3;

    /// <summary>How long the tester waits for an answer that has no time limit in the specification.</summary>
    public int AnswerWithinMilliseconds { get; init; } = 2000;

    /// <summary>How long the tester listens before it says that nothing came.</summary>
    public int GuardMilliseconds { get; init; } = 3000;

    /// <summary>How long one scenario may take.</summary>
    public int BudgetSeconds { get; init; } = 900;

    /// <summary>The time a variable or constant stands for.</summary>
    /// <exception cref="KeyNotFoundException">The name is not in <see cref="Timers"/>; the message lists those that are.</exception>
    public TimeSpan Timer(string name) =>
        Timers.TryGetValue(name, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new KeyNotFoundException(
                $"The IXIT has no timer '{name}'; it has {string.Join(", ", Timers.Keys.Order(StringComparer.Ordinal))}."
            );
}
