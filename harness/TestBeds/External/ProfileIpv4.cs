using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Reads the IPv4 home network of a device, and the IPv4 addresses of nodes (RFC 5844).</summary>
internal sealed class ProfileIpv4
{
    private const string Section = "ipv4";
    private const string NetworkKey = "network";

    /// <summary>A home network has room for a pool of addresses and a default router.</summary>
    private const int ShortestPrefix = 8,
        LongestPrefix = 29;

    private readonly ProfileSection _section;
    private readonly NodeRole _role;

    /// <param name="role">The role of the device.</param>
    /// <param name="domain">The nodes with their IPv6 addresses.</param>
    public ProfileIpv4(ProfileSection root, NodeRole role, Domain domain)
    {
        (_role, Domain) = (role, domain);
        IsGiven = root.Has(Section);
        _section = root.Section(Section, ProfileKeys.Ipv4, required: false);
        if (IsGiven)
        {
            Network = ReadNetwork();
            DualStackPort = _section.Number("dualStackPort", 1, ushort.MaxValue) ?? DualStackPort;
            Domain = domain with { Nodes = [.. WithAddresses(ReadAddresses())] };
        }
    }

    public bool IsGiven { get; }

    /// <summary>The home network; null if the device does not support IPv4.</summary>
    public Ipv4HomeNetwork? Network { get; }

    /// <inheritdoc cref="Ixit.DualStackPort"/>
    public int DualStackPort { get; } = MobilityPort.DualStack;

    /// <summary>The nodes with the addresses of both families.</summary>
    public Domain Domain { get; }

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

    /// <summary>The addresses of nodes, by the keys of <see cref="ProfileKeys.AddressKeys"/>.</summary>
    private Dictionary<string, IPAddress> ReadAddresses()
    {
        var section = _section.Section("addresses", ProfileKeys.Ipv4Addresses, required: _role == NodeRole.Lma);
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var name in ProfileKeys.Ipv4Addresses)
        {
            if (Address(section, name, required: _role == NodeRole.Lma && IsRequired(name)) is not { } address)
            {
                continue;
            }

            if (ProfileKeys.AddressKeys.FirstOrDefault(key => key.Name == name) is { Node: var node } && Domain.Find(node) is null)
            {
                section.Mistake(name, $"the node has no IPv6 address in 'addresses.{name}'");
            }

            if (addresses.FirstOrDefault(other => other.Value.Equals(address)).Key is { } same)
            {
                section.Mistake(name, $"{address} is already the address of {same}; every node needs its own address");
            }

            addresses[name] = address;
        }

        return addresses;
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
                                    .AddressKeys.Where(key => key.Node == node.Name && key.Link == known.Link)
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

    private static IPAddress? Address(ProfileSection section, string key, bool required = true)
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
