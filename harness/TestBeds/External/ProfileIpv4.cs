using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Reads the IPv4 home network of a device, and the IPv4 addresses of nodes (RFC 5844, and RFC 5555).</summary>
internal sealed class ProfileIpv4
{
    private const string Section = "ipv4";
    private const string NetworkKey = "network";

    /// <summary>The claim of IPv4 home addresses in Mobile IPv6.</summary>
    private const string HomeAddressClaim = "dsmipv6-home-address";

    /// <summary>The keys in 'identities' of the IPv4 addresses of mobile nodes of Mobile IPv6.</summary>
    public const string HomeAddressKey = "ipv4HomeAddress",
        CareOfAddressKey = "ipv4CareOfAddress";

    /// <summary>A home network has room for a pool of addresses and a default router.</summary>
    private const int ShortestPrefix = 8,
        LongestPrefix = 29;

    private readonly ProfileSection _section;
    private readonly NodeRole _role;
    private readonly Dictionary<string, IPAddress> _addresses = [];

    /// <param name="role">The role of the device.</param>
    /// <param name="domain">The nodes with their IPv6 addresses.</param>
    public ProfileIpv4(ProfileSection root, NodeRole role, Domain domain)
    {
        (_role, Domain) = (role, domain);
        IsGiven = root.Has(Section);
        _section = root.Section(Section, ProfileKeys.Ipv4Of(role), required: false);
        if (IsGiven)
        {
            Network = role == NodeRole.Mn ? null : ReadNetwork();
            DualStackPort = _section.Number("dualStackPort", 1, ushort.MaxValue) ?? DualStackPort;
            _addresses = ReadAddresses();
            Domain = domain with { Nodes = [.. WithAddresses(_addresses)] };
        }
    }

    public bool IsGiven { get; }

    /// <summary>The home network; null if the device does not support IPv4, or is a mobile node of Mobile IPv6.</summary>
    public Ipv4HomeNetwork? Network { get; }

    /// <inheritdoc cref="Ixit.DualStackPort"/>
    public int DualStackPort { get; } = MobilityPort.DualStack;

    /// <summary>The nodes with the addresses of both families.</summary>
    public Domain Domain { get; }

    /// <summary>A router of a link of a mobile node under test, which has an address of one family.</summary>
    public static bool IsAlone(AddressKey key, NodeRole role) => role == NodeRole.Mn && key.Role == NodeRole.Router;

    /// <summary>
    /// A configuration of Mobile IPv6 with IPv4 needs the addresses of the nodes that exchange packets over IPv4, and those of the mobile
    /// nodes that it claims to serve or to have. A link of a mobile node under test has IPv4 in all configurations of the profile, or in
    /// none.
    /// </summary>
    /// <param name="hasIpv4">Whether nodes have IPv4 in a configuration.</param>
    public void RequireMobility(
        ProfileSection root,
        ProfileSection identities,
        IReadOnlyList<DeviceConfiguration> configurations,
        Predicate<DeviceConfiguration> hasIpv4
    )
    {
        string[] nodes = _role == NodeRole.Mn ? ["HA1", "R2"] : ["HA1", "HA1-core", "CN1", "CN2"];
        foreach (var configuration in configurations)
        {
            if (!hasIpv4(configuration))
            {
                if (ProfileKeys.AddressKeysOf(_role).FirstOrDefault(IsOfIpv4Link) is { Name: var router })
                {
                    root.Mistake(
                        Section,
                        $"in the configuration {configuration.Name} the mobile node has IPv6 alone, and {router} has no IPv6 address; "
                            + "write a profile of its own for the configuration with IPv4"
                    );
                }

                continue;
            }

            foreach (var node in nodes.Where(node => !_addresses.ContainsKey(node)))
            {
                root.Mistake(Section, $"the configuration {configuration.Name} needs the IPv4 address of {node} in 'ipv4.addresses'");
            }

            if (_role == NodeRole.Ha && !identities.Has(CareOfAddressKey))
            {
                root.Mistake("identities", $"the configuration {configuration.Name} needs '{CareOfAddressKey}' in 'identities'");
            }

            if (configuration.Claims.Contains(HomeAddressClaim) && !identities.Has(HomeAddressKey))
            {
                root.Mistake(
                    "identities",
                    $"the configuration {configuration.Name} claims {HomeAddressClaim}, which needs '{HomeAddressKey}' in 'identities'"
                );
            }
        }
    }

    private bool IsOfIpv4Link(AddressKey key) => IsAlone(key, _role) && _addresses.ContainsKey(key.Name);

    private Ipv4HomeNetwork ReadNetwork()
    {
        var prefix = ReadPrefix();
        var router = Address(_section, "defaultRouter");
        var foreign = Address(_section, "foreign");
        var reserved = Address(_section, "fixed", required: false);
        var free = Address(_section, "unassigned", required: false);
        if (prefix is { } network)
        {
            RequireIn(network, "defaultRouter", router, "the default router of the mobile nodes is a neighbour of theirs");
            RequireIn(network, "fixed", reserved, $"the device assigns it to {Ixit.FixedIpv4Kind} mobile nodes");
            RequireIn(network, "unassigned", free, "the device assigns it to a mobile node that asks for it, and to no other");
            if (foreign is not null && network.Contains(foreign))
            {
                _section.Mistake("foreign", $"{foreign} is part of {network}; expected an address that the device does not own");
            }
        }

        RequireDistinct([("defaultRouter", router), ("fixed", reserved), ("unassigned", free)]);
        return new Ipv4HomeNetwork(prefix ?? IpPrefix.AllIpv4, router ?? IPAddress.Any, foreign ?? IPAddress.Any)
        {
            Fixed = reserved,
            Unassigned = free,
        };
    }

    private IpPrefix? ReadPrefix()
    {
        const string Allowed = "an IPv4 prefix with a length of 8 to 29, such as \"198.18.0.0/16\"";
        if (_section.Text(NetworkKey, Allowed) is not { } text)
        {
            return null;
        }

        if (!IpPrefix.TryParse(text, out var prefix) || !prefix.IsIpv4 || prefix.Length is < ShortestPrefix or > LongestPrefix)
        {
            _section.Mistake(NetworkKey, $"'{text}' cannot be used; expected {Allowed}");
            return null;
        }

        if (prefix.Network.ToString() != text.Split('/')[0])
        {
            _section.Mistake(NetworkKey, $"'{text}' has bits set beyond its length; did you mean {prefix}?");
            return null;
        }

        return prefix;
    }

    /// <summary>The addresses of nodes, by the keys of <see cref="ProfileKeys.AddressKeysOf"/>.</summary>
    private Dictionary<string, IPAddress> ReadAddresses()
    {
        var names = ProfileKeys.Ipv4AddressesOf(_role);
        var section = _section.Section("addresses", names, required: _role is NodeRole.Lma or NodeRole.Mn);
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Address(section, name, required: _role == NodeRole.Lma && IsRequired(name)) is not { } address)
            {
                continue;
            }

            if (ProfileKeys.AddressKeysOf(_role).FirstOrDefault(key => key.Name == name) is { } key)
            {
                RequireIpv6(section, key);
            }

            if (addresses.FirstOrDefault(other => other.Value.Equals(address)).Key is { } same)
            {
                section.Mistake(name, $"{address} is already the address of {same}; every node needs its own address");
            }

            addresses[name] = address;
        }

        return addresses;
    }

    private void RequireIpv6(ProfileSection section, AddressKey key)
    {
        var isAlone = IsAlone(key, _role);
        if (isAlone && Domain.Find(key.Node) is not null)
        {
            section.Mistake(key.Name, $"{key.Node} has an IPv6 address in 'addresses.{key.Name}'; a link of the device has one family");
        }
        else if (!isAlone && Domain.Find(key.Node) is null)
        {
            section.Mistake(key.Name, $"the node has no IPv6 address in 'addresses.{key.Name}'");
        }
    }

    /// <summary>Correspondent nodes reach the mobile nodes by the LMA's address on the home link.</summary>
    private static bool IsRequired(string name) =>
        ProfileKeys.AddressKeys.FirstOrDefault(key => key.Name == name) is { Link.Name: "home", RequiredBy: [NodeRole.Lma, ..] };

    private IEnumerable<DomainNode> WithAddresses(Dictionary<string, IPAddress> addresses) =>
        OfDomain(addresses)
            .Concat(
                addresses.TryGetValue(ProfileKeys.Nat, out var nat)
                    ? [new DomainNode(ProfileKeys.Nat, NodeRole.Router, [new DomainInterface(Ports.Core) { Addresses = [nat] }])]
                    : []
            )
            .Concat(
                ProfileKeys
                    .AddressKeysOf(_role)
                    .Where(key => IsOfIpv4Link(key) && Domain.Find(key.Link) is not null && Domain.Find(key.Node) is null)
                    .Select(key => new DomainNode(
                        key.Node,
                        key.Role,
                        [new DomainInterface(key.Link) { Addresses = [addresses[key.Name]] }]
                    ))
            );

    private IEnumerable<DomainNode> OfDomain(Dictionary<string, IPAddress> addresses) =>
        Domain.Nodes.Select(node =>
            node with
            {
                Interfaces =
                [
                    .. node.Interfaces.Select(known =>
                        known with
                        {
                            Addresses =
                            [
                                .. known.Addresses,
                                .. ProfileKeys
                                    .AddressKeysOf(_role)
                                    .Where(key => key.Node == node.Name && key.Link == known.Link)
                                    .Select(key => addresses.GetValueOrDefault(key.Name))
                                    .OfType<IPAddress>(),
                            ],
                        }
                    ),
                ],
            }
        );

    private void RequireIn(IpPrefix network, string key, IPAddress? address, string why)
    {
        if (address is not null && !network.Contains(address))
        {
            _section.Mistake(key, $"{address} is not part of {network}; {why}");
        }
    }

    private void RequireDistinct(IReadOnlyList<(string Key, IPAddress? Address)> addresses)
    {
        foreach (var (index, (key, address)) in addresses.Index())
        {
            if (address is not null && addresses.Take(index).FirstOrDefault(other => address.Equals(other.Address)).Key is { } same)
            {
                _section.Mistake(key, $"{address} is already {same}; expected another address");
            }
        }
    }

    /// <summary>Reads a unicast address.</summary>
    public static IPAddress? Address(ProfileSection section, string key, bool required = true)
    {
        const string Allowed = "a unicast IPv4 address, such as \"198.18.0.1\"";
        const int FirstMulticast = 224;
        if (section.Text(key, Allowed, required) is not { } text)
        {
            return null;
        }

        if (
            IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetwork
            && address.ToString() == text
            && address.GetAddressBytes()[0] is > 0 and < FirstMulticast and not 127
        )
        {
            return address;
        }

        section.Mistake(key, $"'{text}' cannot be used; expected {Allowed}");
        return null;
    }
}
