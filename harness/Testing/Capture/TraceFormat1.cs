using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Testing.Capture;

/// <summary>
/// Reads trace files of version 1, which name nodes and ports only. The names of that version, and no others, tell the roles of nodes and
/// the kinds of links.
/// </summary>
internal static partial class TraceFormat1
{
    private const string None = "none until ";

    /// <param name="Frames">The number of frames in the capture.</param>
    public sealed record Head(string Scenario, int Frames, Facts Facts);

    public sealed record Event(int After, string Kind, string Value);

    public sealed record Facts(
        string Name,
        int Seed,
        TimeSpan Tolerance,
        IxitOfNames Ixit,
        IReadOnlyList<string> Claims,
        DeviceClock? DeviceClock = null
    );

    /// <summary>The IXIT of version 1: addresses and prefixes as texts, times in milliseconds and seconds.</summary>
    public sealed record IxitOfNames(
        Dictionary<string, IPAddress> Addresses,
        IReadOnlyList<PortId> Ports,
        string IdentifierPattern,
        string LinkLayerPattern,
        Ipv6Prefix OwnedPrefix,
        Ipv6Prefix ForeignPrefix,
        Dictionary<string, int> Timers,
        Dictionary<string, string>? PortIdentities = null,
        Dictionary<string, IPAddress>? NextHops = null,
        Ipv6Prefix? UnassignedPrefix = null,
        string SentinelPort = "link4",
        int PrefixesOfTwoPrefixNode = 2,
        int AccessTechnologyType = 3,
        int AnswerWithinMilliseconds = 2000,
        int GuardMilliseconds = 3000,
        int BudgetSeconds = 900
    );

    public static BedFacts ToFacts(Facts old) =>
        new(old.Name, old.Seed, old.Tolerance, ToIxit(old.Ixit), old.Claims) { DeviceClock = old.DeviceClock };

    /// <exception cref="FormatException">Version 1 has no such event.</exception>
    public static TraceEvent ToEvent(Event old)
    {
        var (after, value) = (old.After, old.Value);
        return (old.Kind, Words().Match(value)) switch
        {
            ("clock", _) => new TraceEvent.Clock(after, Time(value)),
            ("silence", _) => new TraceEvent.Silence(after, Time(value)),
            ("health", _) when Enum.TryParse<IutHealth>(value, out var health) => new TraceEvent.Health(after, health),
            ("crash", _) => new TraceEvent.Crash(after, value.Length > 0 ? value : null),
            ("identity", _) when value.StartsWith(None, StringComparison.Ordinal) => new TraceEvent.NoIdentity(
                after,
                Time(value[None.Length..])
            ),
            ("identity", _) => new TraceEvent.IdentityTaken(after, Number(value)),
            ("can", _) when value is "yes" or "no" => new TraceEvent.Can(after, value == "yes"),
            ("step", _) => new TraceEvent.Step(after, Number(value)),
            ("node", _) when value.Split(' ', 3) is [var name, var address, var identifier] => new TraceEvent.MobileNode(
                after,
                name,
                MacAddress.Parse(address),
                identifier
            ),
            ("carrier", { Success: true } words) when words.Groups[2].Value is "up" or "down" => new TraceEvent.Carrier(
                after,
                new PortId(words.Groups[1].Value),
                words.Groups[2].Value == "up",
                ToOutcome(null, words.Groups[3].Value)
            ),
            ("upper", { Success: true } words) => new TraceEvent.Upper(
                after,
                words.Groups[1].Value,
                words.Groups[2].Value,
                ToOutcome(words.Groups[1].Value, words.Groups[3].Value)
            ),
            _ => throw new FormatException($"version 1 has no {old.Kind} event with the value '{value}'."),
        };
    }

    private static Outcome ToOutcome(string? action, string value)
    {
        const string Failed = "failed:";
        return (action, Transferred().Match(value)) switch
        {
            _ when value.StartsWith(Failed, StringComparison.Ordinal) => new Outcome.Failed(value[Failed.Length..].TrimStart()),
            (nameof(UpperTesterAction.Ping), _) => new Outcome.Replies(Number(value)),
            (nameof(UpperTesterAction.ReadAddresses), _) => new Outcome.Addresses(
                value == "ok" ? [] : [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]
            ),
            (nameof(UpperTesterAction.EndTransfer), { Success: true } numbers) => new Outcome.Transfer(
                Number(numbers.Groups[2].Value),
                Number(numbers.Groups[3].Value),
                TimeSpan.FromMilliseconds(Number(numbers.Groups[4].Value)),
                numbers.Groups[1].Success ? long.Parse(numbers.Groups[1].Value, CultureInfo.InvariantCulture) : null
            ),
            _ => Outcome.Ok,
        };
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is not a number.");

    [GeneratedRegex("^([^ ]+) ([^ :]+): (.*)$", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:(\d+) octets by TCP arrived whole; )?(\d+) of (\d+) echo requests lost, longest interruption (\d+) ms$")]
    private static partial Regex Transferred();

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
            NextHop = old.NextHops?.GetValueOrDefault(port.Name),
            BoundIdentity = old.PortIdentities?.GetValueOrDefault(port.Name),
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
            var role = name switch
            {
                ['L', 'M', 'A', ..] => NodeRole.Lma,
                ['M', 'A', 'G', ..] => NodeRole.Mag,
                ['C', 'N', ..] => NodeRole.Cn,
                _ => NodeRole.Router,
            };
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
