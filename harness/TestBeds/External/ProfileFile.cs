using System.Net;
using System.Text.Json;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>
/// Reads profiles. All mistakes in a profile are reported at once, each with its line and key and, where possible, the expected
/// value. An error in the JSON syntax is reported alone, with its line.
/// </summary>
public sealed class ProfileFile
{
    private const int SmallestPool = 8;
    private const int MaximumInterfaceName = 15;
    private const int LargestVlan = 4094;
    private const int OneDay = 24 * 60 * 60 * 1000;

    /// <summary>
    /// The length of a mobile node's prefix. An owned prefix with a length of 48 or less leaves at least 16 bits to number these
    /// prefixes.
    /// </summary>
    private const int NodePrefixLength = 64;
    private const int LongestOwnedPrefix = 48;

    /// <summary>
    /// The default access link for the mobile nodes of bookends. If the profile does not have it, the default is the last access link.
    /// </summary>
    private const string OptionalPort = "link4";

    private const string LinkLayerExample = "a link-layer address with {n} for two of its octets, such as \"02:5e:00:00:{n}\"";

    private static readonly string[] _roles = ["lma", "mag"];
    private static readonly string[] _portPlaceholders = ["port", "interface", "vlan"];

    private readonly string _file;
    private readonly MistakeList _mistakes;
    private readonly ProfileSection _root;
    private readonly IReadOnlyCollection<string>? _knownClaims;
    private NodeRole _role;

    private ProfileFile(string file, LocatedJson json, IReadOnlyCollection<string>? knownClaims)
    {
        _file = file;
        _knownClaims = knownClaims;
        _mistakes = new MistakeList(file);
        _root = new ProfileSection(json, string.Empty, ProfileKeys.Root, _mistakes);
    }

    /// <param name="knownClaims">All ICS items; null if they are not known.</param>
    /// <exception cref="ProfileException">The file cannot be read, or has mistakes.</exception>
    public static Profile Load(string file, IReadOnlyCollection<string>? knownClaims = null)
    {
        try
        {
            return Parse(System.IO.File.ReadAllText(file), file, knownClaims);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException([new ProfileMistake(file, 1, string.Empty, $"the profile cannot be read: {e.Message}")]);
        }
    }

    /// <inheritdoc cref="Load"/>
    public static Profile Parse(string json, string file, IReadOnlyCollection<string>? knownClaims = null)
    {
        LocatedJson located;
        try
        {
            located = LocatedJson.Parse(json);
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0];
            throw new ProfileException([
                new ProfileMistake(file, (int)(e.LineNumber ?? 0) + 1, string.Empty, $"this is not JSON: {reason}"),
            ]);
        }

        if (located.Kind != JsonValueKind.Object)
        {
            throw new ProfileException([new ProfileMistake(file, located.Line, string.Empty, "a profile must be an object, { ... }")]);
        }

        var reader = new ProfileFile(file, located, knownClaims);
        var profile = reader.Read();
        return reader._mistakes.All is { Count: > 0 } found ? throw new ProfileException(found) : profile;
    }

    private Profile Read()
    {
        var named = _root.Choice("role", _roles);
        _role = named == "mag" ? NodeRole.Mag : NodeRole.Lma;
        var device = _root.Text("device", "a short description of the device") ?? string.Empty;
        var ports = named is null ? [] : Ports();
        var addresses = Addresses(named is not null);
        var identities = _root.Section("identities", ProfileKeys.Identities);
        var waits = _root.Section("waits", ProfileKeys.Waits, required: false);
        var prefixes = Prefixes();
        var ixit = new Ixit
        {
            Ports = [.. ports.Select(port => port.Name)],
            Addresses = addresses,
            NextHops = NextHops(ports),
            PortIdentities = PortIdentities(identities),
            IdentifierPattern = IdentifierPattern(identities),
            LinkLayerPattern = LinkLayerPattern(identities),
            OwnedPrefix = prefixes.Owned,
            UnassignedPrefix = prefixes.Unassigned,
            ForeignPrefix = prefixes.Foreign,
            PrefixesOfTwoPrefixNode = prefixes.OfTwoPrefixNode,
            SentinelPort = SentinelPort(ports),
            Timers = Timers(),
            AccessTechnologyType = _root.Number("accessTechnologyType", 1, 255) ?? 3,
            AnswerWithinMilliseconds = waits.Number("answer", 1, OneDay) ?? 2000,
            GuardMilliseconds = waits.Number("silence", 1, OneDay) ?? 3000,
            BudgetSeconds = (waits.Number("scenario", 1000, OneDay) ?? 900_000) / 1000,
        };
        var configurations = named is null ? [] : Configurations();
        if (
            configurations.Exists(configuration => configuration.StandIn is not null)
            && ports.Find(port => port.Vlan is not null) is { } tagged
        )
        {
            _root.Mistake("ports", $"port {tagged.Name} is a VLAN, which a stand-in does not support: give each port its own interface");
        }

        return new Profile(
            _file,
            _role,
            device,
            ports,
            ixit,
            AuthorizedMags(addresses),
            identities.Number("count", SmallestPool, 65535, required: true) ?? SmallestPool,
            TimeSpan.FromMilliseconds(waits.Number("tolerance", 0, OneDay) ?? 50),
            configurations,
            UpperTester(),
            Carrier()
        );
    }

    private List<PortSettings> Ports()
    {
        var known = _role == NodeRole.Lma ? ProfileKeys.LmaPorts : ProfileKeys.MagPorts;
        var section = _root.Section("ports", known);
        var ports = new List<PortSettings>();
        foreach (var name in known)
        {
            var port = section.Section(name, ProfileKeys.Port, required: name != OptionalPort);
            if (!section.Has(name))
            {
                continue;
            }

            var @interface = port.Text("interface", "the name of a network interface, such as \"eth1\"");
            if (
                @interface is { } written
                && (
                    written.Length > MaximumInterfaceName
                    || written.Any(char.IsWhiteSpace)
                    || written.Contains('/', StringComparison.Ordinal)
                )
            )
            {
                port.Mistake(
                    "interface",
                    $"'{written}' is not the name of an interface; "
                        + $"a name has at most {MaximumInterfaceName} characters and neither spaces nor slashes"
                );
            }

            var settings = new PortSettings(name, @interface ?? string.Empty, port.Number("vlan", 1, LargestVlan));
            if (
                @interface is not null
                && ports.Find(other => other.Interface == settings.Interface && other.Vlan == settings.Vlan) is { } same
            )
            {
                section.Mistake(name, $"{settings} is already used by port {same.Name}; every port needs its own interface or VLAN");
            }

            ports.Add(settings);
        }

        foreach (var link in ports.Where(port => port.IsAccessLink && !_root.Has("carrier")))
        {
            if (ports.Find(other => other != link && other.Interface == link.Interface) is { } neighbor)
            {
                section.Mistake(
                    link.Name,
                    $"this port and port {neighbor.Name} both use {link.Interface}, so taking this link down also takes "
                        + $"{neighbor.Name} down; give each access link its own interface, "
                        + "or give the commands 'up' and 'down' in 'carrier'"
                );
            }
        }

        return ports;
    }

    private string SentinelPort(IReadOnlyList<PortSettings> ports)
    {
        var links = ports.Where(port => port.IsAccessLink).Select(port => port.Name).ToList();
        return _root.Choice("sentinelPort", links, required: false) ?? links.LastOrDefault() ?? "link4";
    }

    private Dictionary<string, string> Addresses(bool roleIsKnown)
    {
        string[] required = _role == NodeRole.Lma ? ["LMA1", "LMA1-home", "MAG1", "MAG2", "MAG3", "CN1"] : ["LMA1", "MAG1", "CN1"];
        var section = _root.Section("addresses", ProfileKeys.Addresses);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ProfileKeys.Addresses)
        {
            if (section.Address(name, roleIsKnown && required.Contains(name)) is not { } address)
            {
                continue;
            }

            if (addresses.FirstOrDefault(other => IPAddress.Parse(other.Value).Equals(address)).Key is { } same)
            {
                section.Mistake(name, $"{address} is already the address of {same}; every node needs its own address");
            }

            addresses[name] = address.ToString();
        }

        return addresses;
    }

    private Dictionary<string, string> NextHops(IReadOnlyList<PortSettings> ports)
    {
        var section = _root.Section("nextHops", [.. ports.Select(port => port.Name)], required: false);
        return Each(
            section,
            name =>
                section.Text(name, "the IPv6 address of the router on the port") is not { } text ? null
                : IPAddress.TryParse(text, out var address)
                && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                && !address.IsIPv6Multicast
                    ? address.ToString()
                : Wrong<string>(section, name, $"'{text}' is not the IPv6 address of a router; link-local addresses are allowed")
        );
    }

    private Dictionary<string, string> PortIdentities(ProfileSection identities)
    {
        var section = identities.Section("ports", _role == NodeRole.Mag ? [.. ProfileKeys.MagPorts.Skip(1)] : [], required: false);
        return Each(section, name => section.Text(name, "the MN-Identifier of every mobile node on the link"));
    }

    private static string IdentifierPattern(ProfileSection identities)
    {
        const string Allowed = "a Network Access Identifier with {mac} and {kind}, such as \"{mac}@{kind}.example\"";
        var pattern = identities.Text("identifier", Allowed) ?? string.Empty;
        if (pattern.Length > 0 && !pattern.Contains("{mac}", StringComparison.Ordinal))
        {
            identities.Mistake("identifier", $"'{pattern}' is the same for every mobile node: {{mac}} is missing; expected {Allowed}");
        }

        if (pattern.Length > 0 && !pattern.Contains("{kind}", StringComparison.Ordinal))
        {
            identities.Mistake(
                "identifier",
                $"'{pattern}' does not distinguish the kinds of mobile nodes (dynamic, two-prefix, disabled, unknown): "
                    + $"{{kind}} is missing; expected {Allowed}"
            );
        }

        return pattern;
    }

    private static string LinkLayerPattern(ProfileSection identities)
    {
        var pattern = identities.Text("linkLayer", LinkLayerExample) ?? string.Empty;
        if (
            pattern.Length > 0
            && (
                !pattern.Contains("{n}", StringComparison.Ordinal)
                || !MacAddress.TryParse(pattern.Replace("{n}", "00:01", StringComparison.Ordinal), out var first)
                || (first.ToArray()[0] & 1) == 1
            )
        )
        {
            identities.Mistake("linkLayer", $"'{pattern}' does not produce unicast link-layer addresses; expected {LinkLayerExample}");
        }

        return pattern;
    }

    private (string Owned, string? Unassigned, string Foreign, int OfTwoPrefixNode) Prefixes()
    {
        var section = _root.Section("prefixes", ProfileKeys.Prefixes);
        var owned = section.Prefix("owned", LongestOwnedPrefix);
        var unassigned = section.Prefix("unassigned", NodePrefixLength, required: false);
        var foreign = section.Prefix("foreign", NodePrefixLength);
        if (owned is { } own && unassigned is { } free && !own.Contains(free))
        {
            section.Mistake("unassigned", $"{free} is not part of {own}; expected a prefix that the device owns and never assigns");
        }

        if (owned is { } mine && foreign is { } other && (mine.Contains(other) || other.Contains(mine)))
        {
            section.Mistake("foreign", $"{other} overlaps {mine}, which the device owns; expected a prefix that the device does not own");
        }

        return (
            owned?.ToString() ?? "::/0",
            unassigned?.ToString(),
            foreign?.ToString() ?? "::/0",
            section.Number("ofTwoPrefixNode", 2, 8) ?? 2
        );
    }

    private Dictionary<string, int> Timers()
    {
        var section = _root.Section("timers", [.. ProfileKeys.Timers.Keys], required: false);
        return ProfileKeys.Timers.ToDictionary(
            timer => timer.Key,
            timer => section.Number(timer.Key, 1, OneDay) ?? timer.Value,
            StringComparer.Ordinal
        );
    }

    private IReadOnlyList<string> AuthorizedMags(Dictionary<string, string> addresses)
    {
        const string Allowed = "the emulated MAGs that the LMA serves: MAG1 and MAG2, but not MAG3";
        if (_role == NodeRole.Mag)
        {
            if (_root.Has("authorizedGateways"))
            {
                _root.Mistake("authorizedGateways", "only an LMA has authorised gateways, and the device is a MAG");
            }

            return [];
        }

        var named = _root.Texts("authorizedGateways", Allowed);
        var mags = addresses.Keys.Where(name => name.StartsWith("MAG", StringComparison.Ordinal)).ToList();
        foreach (var name in named.Where(name => !mags.Contains(name)))
        {
            _root.Mistake("authorizedGateways", ProfileSection.Unknown("MAG", name, mags));
        }

        if (named.Count > 0 && (!named.Contains("MAG1") || !named.Contains("MAG2") || named.Contains("MAG3")))
        {
            _root.Mistake("authorizedGateways", $"the list {string.Join(", ", named)} is not allowed; expected {Allowed}");
        }

        return named;
    }

    private List<DeviceConfiguration> Configurations()
    {
        var known = NamedConfiguration
            .All.Where(configuration => configuration.Domain.Tested?.Role == _role)
            .Select(configuration => configuration.Name)
            .ToList();
        var section = _root.Section("configurations", known);
        var configurations = section.Keys.Where(known.Contains).Select(name => ReadConfiguration(section, name)).ToList();
        if (section.Keys.Count == 0 && _root.Has("configurations"))
        {
            _root.Mistake("configurations", $"there is no configuration; expected at least one of {string.Join(", ", known)}");
        }

        if (configurations.Count > 1 && configurations.Any(configuration => configuration is { SetUp: null, StandIn: null }))
        {
            _root.Mistake(
                "configurations",
                "a profile with several configurations needs a 'setUp' command (or a 'standIn') in each; "
                    + "otherwise write a profile for each configuration"
            );
        }

        if (
            configurations.Any(configuration => configuration.StandIn is not null)
            && configurations.Any(configuration => configuration.StandIn is null)
        )
        {
            _root.Mistake("configurations", "either every configuration must have a 'standIn', or no configuration may have one");
        }

        return configurations;
    }

    private DeviceConfiguration ReadConfiguration(ProfileSection configurations, string name)
    {
        var section = configurations.Section(name, ProfileKeys.Configuration);
        var claims = section.Texts("claims", "ICS items that the implementation claims");
        foreach (var claim in claims.Where(claim => _knownClaims is { Count: > 0 } && !_knownClaims.Contains(claim)))
        {
            section.Mistake("claims", ProfileSection.Unknown("ICS item", claim, _knownClaims!));
        }

        var standIn = section.Text("standIn", "the name of a pmip-node configuration file beside the profile", required: false);
        if (standIn is not null)
        {
            standIn = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file))!, standIn);
            if (!System.IO.File.Exists(standIn))
            {
                section.Mistake("standIn", $"there is no file {standIn}");
            }

            if (section.Has("setUp"))
            {
                section.Mistake(
                    "setUp",
                    "a configuration has either 'standIn' or 'setUp', not both: the file of the stand-in already contains its configuration"
                );
            }
        }

        return new DeviceConfiguration(name, claims, section.Command("setUp", ["configuration"]), standIn);
    }

    private UpperTesterCommands UpperTester()
    {
        var section = _root.Section("upperTester", ProfileKeys.UpperTester, required: false);
        return new UpperTesterCommands(
            section.Command("attach", ["node", "link", .. _portPlaceholders]),
            section.Command("detach", ["node"]),
            section.Command("ping", ["node", "destination", "sequenceNumber"]),
            section.Command("readAddresses", ["node"])
        );
    }

    private CarrierCommands? Carrier()
    {
        if (!_root.Has("carrier"))
        {
            return null;
        }

        var section = _root.Section("carrier", ProfileKeys.Carrier);
        string[] placeholders = ["link", .. _portPlaceholders];
        return new CarrierCommands(
            section.Command("up", placeholders, required: true) ?? [],
            section.Command("down", placeholders, required: true) ?? []
        );
    }

    /// <summary>Reads every entry of an object keyed by port name; entries with mistakes are skipped.</summary>
    private static Dictionary<string, string> Each(ProfileSection section, Func<string, string?> read)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in section.Keys)
        {
            if (read(name) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private static T? Wrong<T>(ProfileSection section, string key, string message)
        where T : class
    {
        section.Mistake(key, message);
        return null;
    }
}
