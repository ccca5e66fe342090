using System.Net.Sockets;
using System.Text.Json;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>
/// Reads profiles. All mistakes in a profile are reported at once, each with its line and key and, where possible, the expected
/// value. An error in the JSON syntax is reported alone, with its line.
/// </summary>
public sealed class ProfileFile
{
    private const int SmallestPool = 8;
    private const int OneDay = 24 * 60 * 60 * 1000;

    /// <summary>
    /// The length of a mobile node's prefix. An owned prefix with a length of 48 or less leaves at least 16 bits to number these
    /// prefixes.
    /// </summary>
    private const int NodePrefixLength = 64;
    private const int LongestOwnedPrefix = 48;

    /// <summary>
    /// How long a command may take that starts the device, if it does not say otherwise, one of a switch, and any other one.
    /// </summary>
    private static readonly TimeSpan _startsWithin = TimeSpan.FromMinutes(10),
        _switchesWithin = TimeSpan.FromSeconds(30),
        _endsWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long a scenario may take, and one in which the operator does something by hand.</summary>
    private static readonly TimeSpan _scenarioWithin = TimeSpan.FromMinutes(15),
        _scenarioByHandWithin = TimeSpan.FromHours(2);

    /// <summary>The nodes whose addresses on the core link every configuration of IPv4 transport needs.</summary>
    private static readonly string[] _ofTransport = ["LMA1", "MAG1"];

    private static readonly Dictionary<string, NodeRole> _roles = ProfileKeys.PortsByRole.Keys.ToDictionary(
        role => role.Abbreviation().ToLowerInvariant(),
        StringComparer.Ordinal
    );

    /// <summary>The claims to protect the packets of mobile nodes in tunnels.</summary>
    private static readonly string[] _payloadEsp = ["esp-payload", "mcoa-payload-esp", "mcoa-draft-04-payload-esp"];

    private static readonly string[] _portPlaceholders = ["port", "interface", "vlan"];

    private readonly string _file;
    private readonly MistakeList _mistakes;
    private readonly ProfileSection _root;
    private readonly IReadOnlyCollection<string>? _knownClaims;
    private readonly ProfileActions _actions;
    private NodeRole _role;

    private ProfileFile(string file, LocatedJson json, IReadOnlyCollection<string>? knownClaims)
    {
        _file = file;
        _knownClaims = knownClaims;
        _mistakes = new MistakeList(file);
        _root = new ProfileSection(json, string.Empty, ProfileKeys.Root, _mistakes);
        _actions = new ProfileActions(ProfileHosts.Read(_root, Path.GetDirectoryName(Path.GetFullPath(file))!));
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
        var named = _root.Choice("role", [.. _roles.Keys]);
        _role = named is null ? default : _roles[named];
        var device = _root.Text("device", "a short description of the device") ?? string.Empty;
        var isMobileNode = _role == NodeRole.Mn;
        var identities = _root.Section("identities", ProfileKeys.IdentitiesOf(_role));
        var network = new ProfileNetwork(_root, identities, named is null ? null : _role);
        var waits = _root.Section("waits", ProfileKeys.Waits, required: false);
        var count = isMobileNode ? 1 : identities.Number("count", SmallestPool, 65535, required: true) ?? SmallestPool;
        var ipv4 = new ProfileIpv4(_root, _role, network.Domain);
        var mobility = ProfileKeys.IsMobility(_role) && !isMobileNode ? new ProfileMobility(_root, identities, ipv4.Domain, count) : null;
        var ixit =
            isMobileNode ? new ProfileMobileNode(_root, identities, network, ipv4, waits.Number("attach", 1, OneDay)).Ixit
            : mobility is null ? OfProxy(identities, ipv4, count)
            : OfMobility(identities, mobility, ipv4);
        ixit = ixit with
        {
            Timers = Timers(),
            AnswerWithin = TimeSpan.FromMilliseconds(waits.Number("answer", 1, OneDay) ?? 2000),
            Guard = TimeSpan.FromMilliseconds(waits.Number("silence", 1, OneDay) ?? 3000),
        };
        var configurations = named is null ? [] : Configurations();
        var isOfStandIn = configurations.Exists(configuration => configuration.StandIn is not null);
        var directory = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        var protection = new ProfileProtection(_root, ixit.Domain, directory, isOfStandIn);
        RequireProtection(configurations, ixit.Domain, protection.Associations);
        if (ProfileKeys.IsMobility(_role))
        {
            ipv4.RequireMobility(_root, identities, configurations, known => HasIpv4(known.Name));
        }
        else
        {
            RequireIpv4(configurations, ipv4.IsGiven, ipv4.Domain);
        }

        if (_role is NodeRole.Ha or NodeRole.Mn)
        {
            var agreement = new BindingAgreement(_root);
            agreement.Require(configurations, IsProtected);
            mobility?.RequireProtectedNodes(configurations, IsProtected);
        }

        var management = Management(configurations);
        var (upperTester, carrier) = (UpperTester(), Carrier());
        ProfileAction?[] ofScenarios = [carrier?.Up, carrier?.Down, upperTester.Attach, upperTester.Detach, .. management.Commands.Values];
        ixit = ixit with
        {
            Management = [.. management.Commands.Keys],
            Budget =
                waits.Number("scenario", 1000, OneDay) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
                : ofScenarios.OfType<ProfileAction.Manual>().Any() ? _scenarioByHandWithin
                : _scenarioWithin,
        };
        if (isOfStandIn && network.Ports.FirstOrDefault(port => port.Vlan is not null) is { } tagged)
        {
            _root.Mistake("ports", $"port {tagged.Name} is a VLAN, which a stand-in does not support: give each port its own interface");
        }

        return new Profile(
            _file,
            _role,
            device,
            network.Ports,
            ixit,
            count,
            TimeSpan.FromMilliseconds(waits.Number("tolerance", 0, OneDay) ?? 50),
            configurations,
            upperTester,
            carrier
        )
        {
            Identity = new DeviceIdentity(Detail("model"), Detail("serial"), Detail("firmware"), Detail("operator"), Detail("lab")),
            Restart = _actions.Read(_root, "restart", ["configuration"], _startsWithin),
            Management = management,
            Associations = protection.Associations,
            Keys = protection.Keys,
        };

        static bool IsProtected(DeviceConfiguration known) => NamedConfiguration.Find(known.Name)!.Domain.Associations.Count > 0;

        string? Detail(string key) => _root.Text(key, "free text for the reports", required: false);
    }

    /// <summary>The IXIT of a device of Proxy Mobile IPv6, without what every device has.</summary>
    private Ixit OfProxy(ProfileSection identities, ProfileIpv4 ipv4, int count)
    {
        var prefixes = Prefixes();
        var kinds = ProfileIdentities.Kinds(identities, hasFixedPrefix: prefixes.Fixed is not null, ipv4.Network);
        return new Ixit
        {
            Domain = ipv4.Domain,
            Ipv4 = ipv4.Network,
            DualStackPort = ipv4.DualStackPort,
            IdentifierPattern = ProfileIdentities.IdentifierPattern(identities, kinds),
            Kinds = kinds,
            ProvisionedPrefixes = ProfileIdentities.Prefixes(identities, kinds, prefixes.Owned, count, prefixes.OfTwoPrefixNode),
            StaticPrefixes = ProfileIdentities.StaticPrefixes(identities, kinds, prefixes.Owned, count),
            LinkLayerPattern = ProfileIdentities.LinkLayerPattern(identities, kinds),
            Multihomed = ProfileIdentities.Multihomed(identities),
            OwnedPrefix = prefixes.Owned,
            UnassignedPrefix = prefixes.Unassigned,
            FixedPrefix = prefixes.Fixed,
            ForeignPrefix = prefixes.Foreign,
            PrefixesOfTwoPrefixNode = prefixes.OfTwoPrefixNode,
            Timers = new Dictionary<string, TimeSpan>(),
            AccessTechnologyType = _root.Number("accessTechnologyType", 1, 255) ?? 3,
        };
    }

    /// <summary>The IXIT of a device of Mobile IPv6, without what every device has.</summary>
    private static Ixit OfMobility(ProfileSection identities, ProfileMobility mobility, ProfileIpv4 ipv4) =>
        new()
        {
            Domain = mobility.Domain,
            Ipv4 = ipv4.Network,
            DualStackPort = ipv4.DualStackPort,
            Mobility = mobility.Addresses,
            IdentifierPattern = McoaDomains.IdentifierPattern,
            Kinds = [McoaDomains.Kind],
            LinkLayerPattern = ProfileIdentities.LinkLayerPattern(identities, [McoaDomains.Kind]),
            OwnedPrefix = mobility.Home,
            ForeignPrefix = mobility.Foreign,
            Timers = new Dictionary<string, TimeSpan>(),
        };

    private (Ipv6Prefix Owned, Ipv6Prefix? Unassigned, Ipv6Prefix? Fixed, Ipv6Prefix Foreign, int OfTwoPrefixNode) Prefixes()
    {
        var section = _root.Section("prefixes", ProfileKeys.Prefixes);
        var owned = section.Prefix("owned", LongestOwnedPrefix);
        var unassigned = section.Prefix("unassigned", NodePrefixLength, required: false);
        var reserved = section.Prefix("fixed", NodePrefixLength, required: false);
        var foreign = section.Prefix("foreign", NodePrefixLength);
        if (owned is { } all && reserved is { } one && (!all.Contains(one) || one == unassigned))
        {
            section.Mistake("fixed", $"{one} is not a part of {all} that the device assigns to {Ixit.FixedPrefixKind} mobile nodes");
        }

        if (owned is { } own && unassigned is { } free && !own.Contains(free))
        {
            section.Mistake("unassigned", $"{free} is not part of {own}; expected a prefix that the device owns and never assigns");
        }

        if (owned is { } mine && foreign is { } other && (mine.Contains(other) || other.Contains(mine)))
        {
            section.Mistake("foreign", $"{other} overlaps {mine}, which the device owns; expected a prefix that the device does not own");
        }

        var ofTwoPrefixNode = section.Number("ofTwoPrefixNode", 2, 8) ?? 2;
        return (owned ?? Ipv6Prefix.AllZero, unassigned, reserved, foreign ?? Ipv6Prefix.AllZero, ofTwoPrefixNode);
    }

    private Dictionary<string, TimeSpan> Timers()
    {
        var section = _root.Section("timers", [.. ProfileKeys.Timers.Keys], required: false);
        return ProfileKeys.Timers.ToDictionary(
            timer => timer.Key,
            timer => TimeSpan.FromMilliseconds(section.Number(timer.Key, 1, OneDay) ?? timer.Value),
            StringComparer.Ordinal
        );
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

        return new DeviceConfiguration(name, claims, _actions.Read(section, "setUp", ["configuration"], _startsWithin), standIn)
        {
            Edition = EditionOf(section, NamedConfiguration.Find(name)!.Editions),
        };
    }

    /// <summary>The edition that the device follows: that of the profile, or else the newest of the configuration.</summary>
    private static Edition EditionOf(ProfileSection section, IReadOnlyList<Edition> known)
    {
        var name = section.Text("edition", "the edition that the device follows", required: false);
        var edition = name is null ? Edition.NewestOf(known) : known.FirstOrDefault(edition => edition.Name == name);
        if (edition is null)
        {
            section.Mistake("edition", ProfileSection.Unknown("edition", name!, [.. known.Select(edition => edition.Name)]));
        }

        return edition ?? known[0];
    }

    /// <summary>
    /// A configuration with IPv4 home addresses needs the home network of the device, and the addresses of those that exchange packets with
    /// the mobile nodes.
    /// </summary>
    private void RequireIpv4(IEnumerable<DeviceConfiguration> configurations, bool isGiven, Domain domain)
    {
        foreach (var configuration in configurations.Where(configuration => HasIpv4(configuration.Name)))
        {
            if (!isGiven)
            {
                _root.Mistake("ipv4", $"the configuration {configuration.Name} needs the IPv4 home network of the device");
                continue;
            }

            NodeRole[] needed = configuration.Claims.Contains("dhcp-relay") ? [NodeRole.Cn, NodeRole.Dhcp] : [NodeRole.Cn];
            foreach (var role in needed.Where(role => !domain.Of(role).Any(node => node.AddressOf(AddressFamily.InterNetwork) is not null)))
            {
                var key = ProfileKeys.AddressKeys.First(key => key.Role == role).Name;
                _root.Mistake("ipv4", $"the configuration {configuration.Name} needs the IPv4 address of {key} in 'ipv4.addresses'");
            }
        }

        foreach (var configuration in configurations.Where(configuration => isGiven && HasTransport(configuration.Name)))
        {
            foreach (var key in _ofTransport.Where(key => domain.Find(key)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is null))
            {
                _root.Mistake("ipv4", $"the configuration {configuration.Name} needs the IPv4 address of {key} in 'ipv4.addresses'");
            }
        }

        static bool HasTransport(string name) =>
            NamedConfiguration.Find(name)!.Domain.Tested?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is not null;
    }

    private static bool HasIpv4(string name) =>
        NamedConfiguration.Find(name)!.Domain.Nodes.Any(node => node.AddressOf(AddressFamily.InterNetwork) is not null);

    /// <summary>
    /// A configuration with security associations needs those of the device, and for tunnels, if it claims to protect them.
    /// </summary>
    private void RequireProtection(
        IEnumerable<DeviceConfiguration> configurations,
        Domain domain,
        IReadOnlyList<DomainAssociation> associations
    )
    {
        foreach (var configuration in configurations)
        {
            var named = NamedConfiguration.Find(configuration.Name)!.Domain;
            var needed = named.Associations.Where(known => IsOfDevice(named, known.From) && IsOfDevice(named, known.To)).ToList();
            if (needed.Count > 0 && !_root.Has("protection"))
            {
                _root.Mistake("protection", $"the configuration {configuration.Name} needs the security associations of the device");
            }
            else if (
                configuration.Claims.FirstOrDefault(_payloadEsp.Contains) is { } claim
                && needed.FirstOrDefault(known => known.IsTunnel && !associations.Any(Is(known))) is { } missing
            )
            {
                _root.Mistake(
                    "protection",
                    $"the configuration {configuration.Name} claims {claim}, which needs 'tunnel' of "
                        + (missing.From == domain.Tested?.Name ? missing.To : missing.From)
                );
            }
        }

        // A device may serve fewer mobile nodes than the reference.
        bool IsOfDevice(Domain named, string node) => named.Find(node) is not { Role: NodeRole.Mn } || domain.Find(node) is not null;

        static Func<DomainAssociation, bool> Is(DomainAssociation known) =>
            other => other.IsTunnel && other.From == known.From && other.To == known.To;
    }

    private UpperTesterCommands UpperTester()
    {
        var section = _root.Section("upperTester", ProfileKeys.UpperTester, required: false);
        return new UpperTesterCommands(
            _actions.Read(section, "attach", ["node", "link", .. _portPlaceholders], _endsWithin),
            _actions.Read(section, "detach", ["node"], _endsWithin),
            _actions.Read(section, "ping", ["node", "destination", "sequenceNumber"], _endsWithin, hasOutput: true),
            _actions.Read(section, "readAddresses", ["node"], _endsWithin, hasOutput: true)
        );
    }

    private ManagementCommands Management(IReadOnlyList<DeviceConfiguration> configurations)
    {
        var section = _root.Section("management", ProfileKeys.Management, required: false);
        var ofStandIn = configurations.Any(configuration => configuration.StandIn is not null) ? StandIn.Placeholders : [];
        TimeSpan? given = section.Number("timeout", 1, OneDay) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        var commands = ProfileKeys
            .ManagementCommands.Select(known =>
                (
                    known.Key,
                    Command: _actions.Read(
                        section,
                        known.Key,
                        [.. known.Value, "configuration", .. ofStandIn],
                        known.Key == "restart" ? _startsWithin : given ?? _endsWithin,
                        known.Key == "restart" ? null : given
                    )
                )
            )
            .Where(known => known.Command is not null)
            .ToDictionary(known => known.Key, known => known.Command!, StringComparer.Ordinal);
        var read = new ManagementCommands
        {
            Commands = commands,
            Reset = _actions.Read(section, "reset", ["configuration"], _startsWithin),
        };
        if (
            read.Reset is null
            && commands.Keys.Any(key => key is "set" or "authorize" or "deauthorize" or "renumber")
            && configurations.Any(configuration => configuration is { SetUp: null, StandIn: null })
        )
        {
            _root.Mistake(
                "management",
                "a command changes the device for the scenarios that follow: give 'reset', a command that sets the device up again, or a "
                    + "'setUp' command in each configuration"
            );
        }

        return read;
    }

    private CarrierCommands? Carrier()
    {
        if (!_root.Has("carrier"))
        {
            return null;
        }

        var section = _root.Section("carrier", ProfileKeys.Carrier);
        string[] placeholders = ["link", .. _portPlaceholders];
        var up = _actions.Read(section, "up", placeholders, _switchesWithin, required: true);
        var down = _actions.Read(section, "down", placeholders, _switchesWithin, required: true);
        return up is null || down is null ? null : new CarrierCommands(up, down);
    }
}
