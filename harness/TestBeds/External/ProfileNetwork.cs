using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;

namespace Conformance.TestBeds.External;

/// <summary>The ports, links and nodes of a profile.</summary>
internal sealed class ProfileNetwork
{
    private const int MaximumInterfaceName = 15;
    private const int LargestVlan = 4094;

    /// <summary>RFC 8200, Section 5.</summary>
    private const int LeastMtu = 1280;
    private const int LargestMtu = 65535;

    private const int PrefixLength = 64;

    private readonly ProfileSection _root;
    private readonly NodeRole _role;
    private readonly IReadOnlyList<string> _authorizedMags;

    /// <param name="role">The role of the device; null if the profile has none, so that ports and required addresses are unknown.</param>
    public ProfileNetwork(ProfileSection root, ProfileSection identities, NodeRole? role)
    {
        (_root, _role) = (root, role ?? NodeRole.Lma);
        Ports = role is null ? [] : ReadPorts();
        var addresses = ReadAddresses(role is not null);
        _authorizedMags = ReadAuthorizedMags(addresses);
        Domain = new Domain
        {
            Links = ToLinks(WithDevice(ReadNextHops(), addresses), ReadBoundIdentities(identities), ReadSentinelPort()),
            Nodes = [.. ToNodes(addresses)],
        };
    }

    public IReadOnlyList<PortSettings> Ports { get; }

    public Domain Domain { get; }

    private List<PortSettings> ReadPorts()
    {
        var known = ProfileKeys.PortsByRole[_role];
        var section = _root.Section("ports", known);
        var ports = new List<PortSettings>();
        foreach (var name in known)
        {
            var isOptional = ProfileKeys.OptionalPorts.GetValueOrDefault(_role)?.Contains(name) == true;
            var port = section.Section(name, ProfileKeys.Port, required: !isOptional);
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

            var settings = new PortSettings(
                name,
                @interface ?? string.Empty,
                port.Number("vlan", 1, LargestVlan),
                ProfileKeys.KindOf(name, _role)
            )
            {
                Mtu = port.Number("mtu", LeastMtu, LargestMtu) ?? PortSettings.DefaultMtu,
            };
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

    /// <summary>The access link of the mobile nodes of bookends: by default the last one. A mobile node under test has none.</summary>
    private string? ReadSentinelPort() =>
        _role == NodeRole.Mn ? null : _root.Choice("sentinelPort", AccessLinks, required: false) ?? AccessLinks.LastOrDefault();

    private Dictionary<string, IPAddress> ReadAddresses(bool roleIsKnown)
    {
        var keys = ProfileKeys.AddressKeysOf(_role);
        var section = _root.Section("addresses", [.. keys.Select(key => key.Name)]);
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (
            var (name, required) in keys.Select(key =>
                (key.Name, key.RequiredBy.Contains(_role) && !IsElsewhere(key) && !HasIpv4Alone(key))
            )
        )
        {
            if (section.Address(name, roleIsKnown && required) is not { } address)
            {
                continue;
            }

            if (addresses.FirstOrDefault(other => other.Value.Equals(address)).Key is { } same)
            {
                section.Mistake(name, $"{address} is already the address of {same}; every node needs its own address");
            }

            addresses[name] = address;
        }

        return addresses;
    }

    /// <summary>True for the router of a link that the tester does not have.</summary>
    private bool IsElsewhere(AddressKey key) =>
        key.Role == NodeRole.Router && _role == NodeRole.Mn && Ports.All(port => port.Name != key.Link.Name);

    /// <summary>True for the router of a link that has IPv4 in place of IPv6.</summary>
    private bool HasIpv4Alone(AddressKey key) =>
        ProfileIpv4.IsAlone(key, _role)
        && _root.Section("ipv4", keys: null, required: false).Section("addresses", keys: null, required: false).Has(key.Name);

    private Dictionary<string, IPAddress> ReadNextHops()
    {
        var section = _root.Section("nextHops", [.. Ports.Select(port => port.Name)], required: false);
        return Each(
            section,
            name =>
                section.Text(name, "the IPv6 address of the router on the port") is not { } text ? null
                : IPAddress.TryParse(text, out var address)
                && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                && !address.IsIPv6Multicast
                    ? address
                : Wrong<IPAddress>(section, name, $"'{text}' is not the IPv6 address of a router; link-local addresses are allowed")
        );
    }

    /// <summary>From the core link, a home agent is reached by its address there, unless there is another router.</summary>
    private static Dictionary<string, IPAddress> WithDevice(Dictionary<string, IPAddress> nextHops, Dictionary<string, IPAddress> addresses)
    {
        if (addresses.TryGetValue("HA1-core", out var onCore))
        {
            nextHops.TryAdd(Testing.Peers.Ports.Core.Name, onCore);
        }

        return nextHops;
    }

    private Dictionary<string, string> ReadBoundIdentities(ProfileSection identities)
    {
        if (ProfileKeys.IsMobility(_role))
        {
            return [];
        }

        var section = identities.Section(
            "ports",
            [.. ProfileKeys.PortsByRole[_role].Where(port => ProfileKeys.KindOf(port, _role) == LinkKind.Access)],
            required: false
        );
        return Each(section, name => section.Text(name, "the MN-Identifier of every mobile node on the link"));
    }

    private IReadOnlyList<string> ReadAuthorizedMags(Dictionary<string, IPAddress> addresses)
    {
        const string Allowed = "the emulated MAGs that the LMA serves: MAG1 and MAG2, but not MAG3";
        if (_role != NodeRole.Lma)
        {
            if (_root.Has("authorizedGateways"))
            {
                _root.Mistake("authorizedGateways", $"only an LMA has authorised gateways, and the device is a {_role.Abbreviation()}");
            }

            return [];
        }

        var named = _root.Texts("authorizedGateways", Allowed);
        var mags = ProfileKeys
            .AddressKeys.Where(key => key.Role == NodeRole.Mag && addresses.ContainsKey(key.Name))
            .Select(key => key.Node)
            .ToList();
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

    private IReadOnlyList<DomainLink> ToLinks(
        Dictionary<string, IPAddress> nextHops,
        Dictionary<string, string> boundIdentities,
        string? sentinelPort
    )
    {
        var visited = _root.Section("visitedPrefixes", AccessLinks, required: false);
        return
        [
            .. Ports.Select(port => new DomainLink(new PortId(port.Name), port.Kind)
            {
                NextHop = nextHops.GetValueOrDefault(port.Name),
                BoundIdentity = boundIdentities.GetValueOrDefault(port.Name),
                IsForBookends = port.Name == sentinelPort,
                Mtu = (uint)port.Mtu,
                VisitedPrefix = visited.Prefix(port.Name, PrefixLength, required: false),
            }),
        ];
    }

    private List<string> AccessLinks => [.. Ports.Where(port => port.IsAccessLink).Select(port => port.Name)];

    /// <summary>
    /// The nodes with an address. The first node with the role of the device is the device; a mobile node under test has no key.
    /// </summary>
    private IEnumerable<DomainNode> ToNodes(Dictionary<string, IPAddress> addresses)
    {
        var device = ProfileKeys.AddressKeysOf(_role).FirstOrDefault(key => key.Role == _role)?.Node;
        foreach (
            var keys in ProfileKeys
                .AddressKeysOf(_role)
                .Where(key => addresses.ContainsKey(key.Name) && !IsElsewhere(key))
                .GroupBy(key => key.Node, StringComparer.Ordinal)
        )
        {
            var isDevice = keys.Key == device;
            var interfaces = keys.Select(key => new DomainInterface(key.Link) { Addresses = [addresses[key.Name]] });
            if (isDevice)
            {
                var others = Ports.Select(port => new PortId(port.Name)).Except(keys.Select(key => key.Link));
                interfaces = interfaces.Concat(others.Select(port => new DomainInterface(port)));
            }

            var role = keys.First().Role;
            yield return new DomainNode(keys.Key, role, [.. interfaces])
            {
                Player = isDevice ? NodePlayer.Implementation : NodePlayer.Tester,
                IsAuthorized = _role != NodeRole.Lma || role != NodeRole.Mag || _authorizedMags.Contains(keys.Key),
            };
        }
    }

    /// <summary>Reads every entry of an object keyed by port name; entries with mistakes are skipped.</summary>
    private static Dictionary<string, T> Each<T>(ProfileSection section, Func<string, T?> read)
        where T : class
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
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
