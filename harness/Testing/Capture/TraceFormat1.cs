using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Testing.Capture;

/// <summary>
/// Reads trace files of version 1, which name nodes and ports only. The names of that version, and no others, tell the roles of nodes and
/// the kinds of links.
/// </summary>
internal static class TraceFormat1
{
    /// <param name="Frames">The number of frames in the capture.</param>
    public sealed record Head(string Scenario, int Frames, Facts Facts);

    public sealed record Facts(string Name, int Seed, TimeSpan Tolerance, IxitOfNames Ixit, IReadOnlyList<string> Claims)
    {
        public DeviceClock? DeviceClock { get; init; }
    }

    /// <summary>The IXIT of version 1: addresses and prefixes as texts, times in milliseconds and seconds.</summary>
    public sealed record IxitOfNames
    {
        public required Dictionary<string, IPAddress> Addresses { get; init; }

        public required IReadOnlyList<PortId> Ports { get; init; }

        public Dictionary<string, string> PortIdentities { get; init; } = [];

        public required string IdentifierPattern { get; init; }

        public required string LinkLayerPattern { get; init; }

        public required Ipv6Prefix OwnedPrefix { get; init; }

        public required Ipv6Prefix ForeignPrefix { get; init; }

        public Ipv6Prefix? UnassignedPrefix { get; init; }

        public Dictionary<string, IPAddress> NextHops { get; init; } = [];

        public string SentinelPort { get; init; } = "link4";

        public int PrefixesOfTwoPrefixNode { get; init; } = 2;

        public required Dictionary<string, int> Timers { get; init; }

        public int AccessTechnologyType { get; init; } = 3;

        public int AnswerWithinMilliseconds { get; init; } = 2000;

        public int GuardMilliseconds { get; init; } = 3000;

        public int BudgetSeconds { get; init; } = 900;
    }

    public static BedFacts ToFacts(Facts old) =>
        new(old.Name, old.Seed, old.Tolerance, ToIxit(old.Ixit), old.Claims) { DeviceClock = old.DeviceClock };

    private static Ixit ToIxit(IxitOfNames old) =>
        new()
        {
            Domain = new Domain { Links = [.. old.Ports.Select(port => ToLink(port, old))], Nodes = [.. ToNodes(old)] },
            IdentifierPattern = old.IdentifierPattern,
            LinkLayerPattern = old.LinkLayerPattern,
            OwnedPrefix = old.OwnedPrefix,
            ForeignPrefix = old.ForeignPrefix,
            UnassignedPrefix = old.UnassignedPrefix,
            PrefixesOfTwoPrefixNode = old.PrefixesOfTwoPrefixNode,
            Timers = old.Timers.ToDictionary(timer => timer.Key, timer => TimeSpan.FromMilliseconds(timer.Value), StringComparer.Ordinal),
            AccessTechnologyType = old.AccessTechnologyType,
            AnswerWithin = TimeSpan.FromMilliseconds(old.AnswerWithinMilliseconds),
            Guard = TimeSpan.FromMilliseconds(old.GuardMilliseconds),
            Budget = TimeSpan.FromSeconds(old.BudgetSeconds),
        };

    private static DomainLink ToLink(PortId port, IxitOfNames old) =>
        new(
            port,
            port == Ports.Core ? LinkKind.Core
                : port == Ports.Home ? LinkKind.Home
                : LinkKind.Access
        )
        {
            NextHop = old.NextHops.GetValueOrDefault(port.Name),
            BoundIdentity = old.PortIdentities.GetValueOrDefault(port.Name),
            IsForBookends = port.Name == old.SentinelPort,
        };

    /// <summary>
    /// The tester had access links only if a MAG was under test, and a home link only if an LMA was. If both were, every node was real.
    /// </summary>
    private static IEnumerable<DomainNode> ToNodes(IxitOfNames old)
    {
        var access = old.Ports.Where(port => port != Ports.Core && port != Ports.Home).ToList();
        var isWhole = access.Count > 0 && old.Ports.Contains(Ports.Home);
        foreach (var (name, address) in old.Addresses.Where(known => !known.Key.Contains('-', StringComparison.Ordinal)))
        {
            var role =
                name.StartsWith("LMA", StringComparison.Ordinal) ? NodeRole.Lma
                : name.StartsWith("MAG", StringComparison.Ordinal) ? NodeRole.Mag
                : name.StartsWith("CN", StringComparison.Ordinal) ? NodeRole.Cn
                : NodeRole.Router;
            List<DomainInterface> interfaces =
            [
                new(role == NodeRole.Cn ? Ports.Home : Ports.Core) { Addresses = [address] },
                .. old.Addresses.TryGetValue($"{name}-home", out var atHome)
                    ? [new(Ports.Home) { Addresses = [atHome] }]
                    : (DomainInterface[])[],
            ];
            var player = NodePlayer.Tester;
            switch (role)
            {
                case NodeRole.Lma when isWhole || access.Count == 0:
                    player = NodePlayer.Implementation;
                    break;
                case NodeRole.Mag
                    when access.Where(port => isWhole ? port.Name[^1] == name[^1] : name == "MAG1").ToList() is { Count: > 0 } own:
                    player = NodePlayer.Implementation;
                    interfaces.AddRange(own.Select(port => new DomainInterface(port)));
                    break;
                case NodeRole.Cn when isWhole:
                    player = NodePlayer.Bed;
                    break;
                default:
                    break;
            }

            yield return new DomainNode(name, role, interfaces) { Player = player, IsAuthorized = name != "MAG3" };
        }

        if (isWhole)
        {
            yield return new DomainNode("MN1", NodeRole.Mn, [new DomainInterface()]) { Player = NodePlayer.Bed };
        }
    }
}
