using System.Globalization;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>
/// The IXIT: the data needed to run the scenarios against one implementation on one bed. Times are those configured in the
/// implementation.
/// </summary>
public sealed record Ixit
{
    /// <summary>
    /// The kinds whose profiles have prefixes, name the second LMA, have a pseudonym, stand for temporary identities, or offer no mobility
    /// service.
    /// </summary>
    public const string StaticKind = "static",
        OtherAnchorKind = "other-anchor",
        PseudonymKind = "pseudonym",
        TemporaryKind = "temporary",
        VisitorKind = "visitor";

    /// <summary>The kind of a mobile node that may use <see cref="FixedPrefix"/> and no other prefix.</summary>
    public const string FixedPrefixKind = "fixed-prefix";

    /// <summary>The kinds whose policy says that their packets are routed locally, or never.</summary>
    public const string LocallyRoutedKind = "locally-routed",
        AlwaysTunnelledKind = "always-tunnelled";

    /// <summary>
    /// The kinds whose profiles say how they configure their addresses: by DHCPv6 alone, or statelessly with other parameters from DHCPv6.
    /// </summary>
    public const string StatefulKind = "stateful",
        StatelessKind = "stateless";

    /// <summary>The kind whose profile has lifetimes for its prefixes: 1 h, of which they are preferred for 30 min.</summary>
    public const string ShortLivedKind = "short-lived";

    /// <summary>
    /// The kinds whose profiles allow both families, one of them, both with <see cref="Ipv4HomeNetwork.Fixed"/> as the only IPv4 home
    /// address, or both with two IPv4 home addresses.
    /// </summary>
    public const string DualKind = "dual",
        Ipv4OnlyKind = "ipv4-only",
        Ipv6OnlyKind = "ipv6-only",
        FixedIpv4Kind = "fixed-ipv4",
        TwoIpv4Kind = "two-ipv4";

    /// <summary>The kind whose profile says that signalling goes over IPv6, where a MAG otherwise signals over IPv4.</summary>
    public const string OverIpv6Kind = "over-ipv6";

    public static IReadOnlyList<string> RoutedKinds { get; } = [LocallyRoutedKind, AlwaysTunnelledKind];

    /// <summary>
    /// The kinds of mobile nodes that every implementation is provisioned for, unless its IXIT says otherwise: served with one prefix,
    /// served with several, refused proxy registrations, and not known.
    /// </summary>
    public static IReadOnlyList<string> UsualKinds { get; } = ["dynamic", "two-prefix", "disabled", "unknown"];

    /// <summary>All kinds of mobile nodes, in the order of their numbers in link-layer addresses.</summary>
    public static IReadOnlyList<string> AllKinds { get; } =
    [
        .. UsualKinds,
        StaticKind,
        OtherAnchorKind,
        PseudonymKind,
        TemporaryKind,
        VisitorKind,
        FixedPrefixKind,
        .. RoutedKinds,
        StatefulKind,
        StatelessKind,
        ShortLivedKind,
        DualKind,
        Ipv4OnlyKind,
        Ipv6OnlyKind,
        FixedIpv4Kind,
        TwoIpv4Kind,
        OverIpv6Kind,
    ];

    /// <summary>The links and nodes around the implementation under test, without the link-layer addresses of real nodes.</summary>
    public required Domain Domain { get; init; }

    /// <summary>
    /// The pattern of the MN-Identifier. <c>{mac}</c> is the link-layer address in 12 hex digits, <c>{n}</c> the number of the node in
    /// decimal digits, <c>{kind}</c> the kind of mobile node.
    /// </summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>The kinds of mobile nodes that the implementation is provisioned for; <see cref="AllKinds"/> lists them.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = UsualKinds;

    /// <summary>
    /// What can be done at the implementation by its management, as <see cref="DeviceCommand.Keys"/>; <see cref="DeviceCommand.Key"/> is
    /// one of them.
    /// </summary>
    public IReadOnlyList<string> Management { get; init; } = DeviceCommand.Keys;

    /// <summary>
    /// The pattern of the link-layer address of mobile node n; <c>{n}</c> is n as two octets, <c>{kind}</c> the number of its kind as one.
    /// The highest bit of that one is set while a node with temporary identities has its second one.
    /// </summary>
    public required string LinkLayerPattern { get; init; }

    /// <summary>The mobile node with several interfaces; null if the implementation is provisioned for none.</summary>
    public MultihomedNode? Multihomed { get; init; }

    /// <summary>The prefixes the local mobility anchor owns and allocates from.</summary>
    public required Ipv6Prefix OwnedPrefix { get; init; }

    /// <summary>A prefix that no node of the domain owns.</summary>
    public required Ipv6Prefix ForeignPrefix { get; init; }

    /// <summary>
    /// A prefix out of <see cref="OwnedPrefix"/> that is never assigned; null for the last but one of its /64 prefixes.
    /// </summary>
    public Ipv6Prefix? UnassignedPrefix { get; init; }

    /// <summary>A prefix that the local mobility anchor owns but does not assign to any node.</summary>
    public Ipv6Prefix NeverAssignedPrefix => UnassignedPrefix ?? LastButOne(OwnedPrefix);

    /// <summary>
    /// A prefix out of <see cref="OwnedPrefix"/>: the only one that a mobile node of the kind <see cref="FixedPrefixKind"/> may use.
    /// Null if there is no mobile node of that kind.
    /// </summary>
    public Ipv6Prefix? FixedPrefix { get; init; }

    /// <summary>The IPv4 home network of the mobile nodes; null if the implementation does not support IPv4 home addresses.</summary>
    public Ipv4HomeNetwork? Ipv4 { get; init; }

    /// <summary>The addresses of mobile nodes of Mobile IPv6; null for Proxy Mobile IPv6.</summary>
    public MobilityAddresses? Mobility { get; init; }

    /// <summary>The addresses of a mobile node under test; null if another role is under test.</summary>
    public MobileNodeAddresses? MobileNode { get; init; }

    /// <summary>
    /// False if the implementation is an LMA that may not tunnel in UDP whatever is asked for: AcceptIPv4UDPEncapsulationRequest of
    /// draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.1.
    /// </summary>
    public bool AcceptsUdpEncapsulation { get; init; } = true;

    /// <summary>The UDP port of messages and data over IPv4 in the drafts before RFC 5844, which do not assign it.</summary>
    public int DualStackPort { get; init; } = MobilityPort.DualStack;

    /// <summary>The programs that real hosts can run, by their names: DHCP clients and servers, iperf3.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The number of prefixes assigned to a two-prefix mobile node.</summary>
    public int PrefixesOfTwoPrefixNode { get; init; } = 2;

    /// <summary>
    /// The patterns of the prefixes that the implementation is provisioned with for each mobile node; <c>{n}</c> is the number of the
    /// node in hex digits. A two-prefix node has as many of them as it has prefixes, any other node the first. Empty for an
    /// implementation that assigns prefixes itself.
    /// </summary>
    public IReadOnlyList<string> ProvisionedPrefixes { get; init; } = [];

    /// <summary>
    /// The patterns of the prefixes in the profile of a static mobile node; <c>{n}</c> is the number of the node in hex digits.
    /// </summary>
    public IReadOnlyList<string> StaticPrefixes { get; init; } = [];

    /// <summary>
    /// False if the scenarios of the configuration need every prefix that the implementation can assign, so that a mobile node of
    /// bookends must not keep one.
    /// </summary>
    public bool HasSparePrefixes { get; init; } = true;

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

    /// <summary>The prefixes that the implementation is provisioned with for a mobile node; empty if it assigns prefixes itself.</summary>
    /// <param name="number">The number of the node's identity, from 1.</param>
    public IReadOnlyList<Ipv6Prefix> ProvisionedFor(int number, string kind) =>
        [
            .. (
                kind switch
                {
                    "unknown" or VisitorKind => [],
                    "two-prefix" => ProvisionedPrefixes.Take(PrefixesOfTwoPrefixNode),
                    StaticKind => StaticPrefixes,
                    FixedPrefixKind => FixedPrefix is { } one ? [one.ToString()] : [],
                    _ => ProvisionedPrefixes.Take(1),
                }
            ).Select(pattern =>
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

    private static Ipv6Prefix LastButOne(Ipv6Prefix owned)
    {
        const int Length = 64;
        const int Shown = 16;
        var last = (1UL << Math.Min(Shown, Length - owned.Length)) - 1;
        return owned.Subnet(Length, last > 0 ? last - 1 : 0);
    }
}
