using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Conformance.Testing.Bed;
using Conformance.Testing.Protection;
using Pmip.Wire;

namespace Conformance.Testing.Domains;

/// <summary>
/// The network that scenarios run in: its links, and its nodes with their roles and addresses, whoever plays them. A bed builds the nodes
/// that are real, and gives the tester a port on every link.
/// </summary>
public sealed record Domain
{
    /// <summary>The links on which the tester has a port, in the order of the ports.</summary>
    public required IReadOnlyList<DomainLink> Links { get; init; }

    public required IReadOnlyList<DomainNode> Nodes { get; init; }

    /// <summary>The manual security associations between nodes; empty if nothing is protected.</summary>
    public IReadOnlyList<DomainAssociation> Associations { get; init; } = [];

    /// <summary>The nodes that exist outside of the tester.</summary>
    [JsonIgnore]
    public IEnumerable<DomainNode> Real => Nodes.Where(node => node.IsReal);

    /// <summary>The node under test; null if several nodes are under test.</summary>
    public DomainNode? Tested => Nodes.Where(node => node.IsUnderTest).ToList() is [var one] ? one : null;

    public DomainNode? Find(string name) => Nodes.FirstOrDefault(node => node.Name == name);

    public DomainLink? Find(PortId link) => Links.FirstOrDefault(known => known.Port == link);

    public DomainNode? OwnerOf(IPAddress address) => Nodes.FirstOrDefault(node => node.Addresses.Contains(address));

    public IEnumerable<DomainNode> Of(NodeRole role) => Nodes.Where(node => node.Role == role);

    /// <summary>True if mobile nodes attach to links of the tester; otherwise they are behind MAGs that it plays.</summary>
    [JsonIgnore]
    public bool HasAccessLinks => Links.Any(link => link.Kind == LinkKind.Access);

    /// <summary>The association by which a node protects its binding messages to an address; null if there is none.</summary>
    public DomainAssociation? AssociationTo(IPAddress destination, string from) =>
        OwnerOf(destination) is { } to
            ? Associations.FirstOrDefault(known => known.From == from && known.To == to.Name && !known.IsTunnel && known.IsOf(destination))
            : null;

    /// <summary>The association that protects the tunnel from a node to another; null if there is none.</summary>
    public DomainAssociation? TunnelAssociation(string from, string to) =>
        Associations.FirstOrDefault(known => known.From == from && known.To == to && known.IsTunnel);

    /// <summary>True for a link to which mobile nodes attach.</summary>
    public bool IsAccess(PortId? link) => link is { } port && Find(port) is { Kind: LinkKind.Access };

    /// <summary>The access link that only the mobile nodes of bookends use; null if there is none.</summary>
    public PortId? Bookends => Links.FirstOrDefault(link => link.IsForBookends)?.Port;

    /// <summary>The domain without the link-layer addresses of real nodes, which the tester has to resolve.</summary>
    public Domain WithoutLinkLayerAddresses() =>
        this with
        {
            Nodes =
            [
                .. Nodes.Select(node => node with { Interfaces = [.. node.Interfaces.Select(known => known with { LinkLayer = null })] }),
            ],
        };

    /// <summary>The domain with the fingerprints of the keys of its associations.</summary>
    /// <param name="keys">The key of a file; null if it has none.</param>
    public Domain WithKeysOf(Func<string, SecretBytes?> keys) =>
        Associations.Count == 0
            ? this
            : this with
            {
                Associations = [.. Associations.Select(known => known with { KeyFingerprint = keys(known.KeyFile)?.Fingerprint })],
            };

    /// <summary>
    /// The default routes of a static interface, of each family in which it has an address: by the router on its link, which is a real node
    /// that is on other links too. None without a router.
    /// </summary>
    public IEnumerable<(IpPrefix To, IPAddress Router)> DefaultRoutesOf(DomainInterface known)
    {
        var router = known.Link is { } link
            ? Real.Where(node => node.Interfaces.Count > 1).Select(node => node.On(link)).FirstOrDefault(found => found is not null)
            : null;
        return (router?.Addresses ?? [])
            .Where(address => known.Addresses.Any(own => own.AddressFamily == address.AddressFamily))
            .DistinctBy(address => address.AddressFamily)
            .Select(address => (address.AddressFamily == AddressFamily.InterNetwork ? IpPrefix.AllIpv4 : IpPrefix.AllIpv6, address));
    }
}
