using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mn;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>A link of the mobile node under test, of four.</summary>
public sealed record Place(PortId Link);

/// <summary>Links of the mobile node under test, at least one.</summary>
public sealed record PlaceList(IReadOnlyList<PortId> Links);

/// <summary>The links whose bindings end; null for all bindings.</summary>
public sealed record EndedPlaces(IReadOnlyList<PortId>? Links);

/// <summary>The links whose bindings are to be refreshed; null for a binding without BID.</summary>
public sealed record RefreshedPlaces(IReadOnlyList<PortId>? Links);

/// <summary>The link over which packets go; null for any.</summary>
public sealed record PathPlace(PortId? Link);

/// <summary>The link from which a message comes; null for any.</summary>
public sealed record OriginPlace(PortId? Link);

/// <summary>The link whose requests for tests are not answered; null for any.</summary>
public sealed record TestPlace(PortId? Link);

/// <summary>What a peer of the mobile node under test does not do.</summary>
public sealed record Limitation(PeerLimit Kind);

/// <summary>A node that sends packets to the mobile node under test, such as CN1.</summary>
public sealed record PacketSender(string Name);

/// <summary>Whether packets are taken.</summary>
public sealed record Taking(bool AreTaken);

/// <summary>A node with which the mobile node under test has bindings.</summary>
public sealed record BindingPeer(MobilityPeer Kind);

/// <summary>Which way packets of the mobile node under test go.</summary>
public sealed record Carriage(PacketWay Kind);

/// <summary>A time in which something may not come; null for the usual one.</summary>
public sealed record Period(TimeSpan? Length);

/// <summary>Converts the words in steps about a mobile node under test.</summary>
[Binding]
public sealed class MobileNodeWords(TestSession session)
{
    private const string One = @"link \d|the home link",
        Two = @"link \d and link \d|link \d and the home link|the home link and link \d",
        Three =
            @"link \d, link \d and link \d|link \d, link \d and the home link|link \d, the home link and link \d"
            + @"|the home link, link \d and link \d",
        Four = @"link \d, link \d, link \d and the home link|the home link, link \d, link \d and link \d",
        Any = $"{Four}|{Three}|{Two}|{One}";

    private static readonly Dictionary<string, MobilityPeer> _peers = new(StringComparer.Ordinal)
    {
        ["HA"] = MobilityPeer.HomeAgent,
        ["CN"] = MobilityPeer.Correspondent,
    };

    private static readonly string[] _separators = [", ", " and "];

    [StepArgumentTransformation($"({One})", Name = "Place")]
    public static Place Link(string words) => new(Read(words));

    [StepArgumentTransformation($"({Any})", Name = "Places")]
    public static PlaceList Links(string words) => new(ReadAll(words));

    [StepArgumentTransformation($"(all its bindings|{Any})", Name = "Ended")]
    public static EndedPlaces Ended(string words) => new(words == "all its bindings" ? null : ReadAll(words));

    [StepArgumentTransformation($"(its binding|{Any})", Name = "RefreshedAt")]
    public static RefreshedPlaces ToRefresh(string words) => new(words == "its binding" ? null : ReadAll(words));

    [StepArgumentTransformation(@"( over link \d| over the home link|)", Name = "Over")]
    public static PathPlace Over(string words) => new(words.Length == 0 ? null : Read(words[" over ".Length..]));

    [StepArgumentTransformation(@"( for link \d| from link \d|)", Name = "For")]
    public static OriginPlace For(string words) =>
        new(words.Length == 0 ? null : Read(words[(words.IndexOf("link", StringComparison.Ordinal))..]));

    [StepArgumentTransformation(@"( from link \d|)", Name = "FromLink")]
    public static TestPlace FromLink(string words) => new(For(words).Link);

    [StepArgumentTransformation("(forbids bulk updates|forbids several care-of addresses|ignores BIDs)", Name = "Limits")]
    public static Limitation Limits(string words) =>
        new(
            words switch
            {
                "forbids bulk updates" => PeerLimit.Bulk,
                "ignores BIDs" => PeerLimit.Bids,
                _ => PeerLimit.SeveralCareOfAddresses,
            }
        );

    [StepArgumentTransformation("(takes|does not take)", Name = "Takes")]
    public static Taking Takes(string words) => new(words == "takes");

    /// <summary>A correspondent node, or the home agent, that sends packets.</summary>
    [StepArgumentTransformation(@"(CN\d+|HA\d+)", Name = "Correspondent")]
    public static PacketSender Correspondent(string name) => new(name);

    [StepArgumentTransformation("(HA|CN)", Name = "BindingPeer")]
    public static BindingPeer Peer(string tag) => new(_peers[tag]);

    [StepArgumentTransformation("(answers|does not answer)", Name = "Answers")]
    public static Happening Answers(string words) => new(words == "answers");

    [StepArgumentTransformation("(reverse-tunnelled|route-optimised)", Name = "PacketWay")]
    public static Carriage PacketsGo(string words) =>
        new(words == "route-optimised" ? PacketWay.RouteOptimised : PacketWay.ReverseTunnelled);

    /// <summary>Without it, the time after which the tester concludes that nothing came.</summary>
    [StepArgumentTransformation("( for [A-Za-z0-9_. ]+| within [A-Za-z0-9_. ]+|)", Name = "Period")]
    public Period NotWithin(string text) =>
        new(text.Length == 0 ? null : Durations.Read(text[(text.IndexOf(' ', 1) + 1)..], session).Length);

    private static List<PortId> ReadAll(string words) => [.. words.Split(_separators, StringSplitOptions.TrimEntries).Select(Read)];

    private static PortId Read(string words) => words == "the home link" ? Ports.Home : Ports.Access(words[^1] - '0');
}
