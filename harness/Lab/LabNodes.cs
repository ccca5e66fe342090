using System.Net;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.Lab;

/// <summary>The nodes and links of the domain of a lab, with their names in commands and in the ladder.</summary>
internal sealed class LabNodes
{
    /// <summary>The roles in the order of the ladder, from the mobile node to the correspondent node.</summary>
    private static readonly NodeRole[] _columns = [NodeRole.Mn, NodeRole.Mag, NodeRole.Router, NodeRole.Lma, NodeRole.Ha, NodeRole.Cn];

    private readonly Domain _domain;

    private LabNodes(NamedConfiguration configuration)
    {
        Configuration = configuration;
        _domain = configuration.Domain;
        All = [.. _domain.Real.OrderBy(node => Array.IndexOf(_columns, node.Role)).Select(node => node.Name)];
        Running = [.. _domain.Real.Where(node => !ReferenceRole.Of(node).IsHost).Select(node => node.Name)];
        Links = [.. _domain.Links.Select(link => link.Port.Name)];
        AccessLinks = [.. Links.Where(link => _domain.IsAccess(new PortId(link)))];
        (Mobile, Home) = (First(NodeRole.Mn).Name, First(NodeRole.Mn).HomeAddress);
        Correspondent = First(NodeRole.Cn).Name;
        CorrespondentAddress = First(NodeRole.Cn).Address!;
        CorrespondentLink = First(NodeRole.Cn).Interfaces[0].Name;
        Anchor = _domain.Real.First(node => node.Role is NodeRole.Lma or NodeRole.Ha).Name;
        ByLinkLayer = _domain
            .Real.SelectMany(node => node.Interfaces.SelectMany(known => LinksOf(known).Select(link => (node.Name, link, known.LinkLayer))))
            .ToDictionary(at => (at.link, at.LinkLayer!.Value), at => at.Name);
    }

    /// <summary>What the nodes are set up with.</summary>
    public NamedConfiguration Configuration { get; }

    /// <summary>All nodes in the order of the ladder.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The nodes that run <c>pmip-node</c>; on the other nodes, only the kernel acts.</summary>
    public IReadOnlyList<string> Running { get; }

    /// <summary>The links, each with a tap.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>The links to which the mobile node can attach.</summary>
    public IReadOnlyList<string> AccessLinks { get; }

    public string Mobile { get; }

    /// <summary>
    /// The home address of a mobile node with several interfaces, which can be on several links at once; null for another.
    /// </summary>
    public IPAddress? Home { get; }

    public string Correspondent { get; }

    public IPAddress CorrespondentAddress { get; }

    public string CorrespondentLink { get; }

    /// <summary>The node that has the bindings of the mobile node.</summary>
    public string Anchor { get; }

    /// <summary>The nodes by their link-layer addresses on each link.</summary>
    public IReadOnlyDictionary<(string Link, MacAddress Address), string> ByLinkLayer { get; }

    public static LabNodes Of(LabTopology topology) =>
        new(
            topology switch
            {
                LabTopology.Mcoa => NamedConfiguration.Find("e2e-mcoa")!,
                LabTopology.Ipv4 => NamedConfiguration.Find("e2e-ipv4")!.WithLeases(TimeSpan.FromHours(1)),
                _ => NamedConfiguration.Find("e2e-baseline")!,
            }
        );

    /// <summary>The router of an access link.</summary>
    public string RouterOf(string link) =>
        _domain.Real.First(node => node.Role != NodeRole.Mn && node.On(new PortId(link)) is not null).Name;

    /// <summary>The addresses of a node, with their prefix lengths.</summary>
    public string AddressesOf(string node) =>
        string.Join(", ", _domain.Find(node)!.Addresses.Select(address => $"{address}/{DomainInterface.PrefixLengthOf(address)}"));

    /// <summary>The node with this static address; null for an address of the mobile node or an unknown address.</summary>
    public string? OwnerOf(IPAddress address) => _domain.OwnerOf(address) is { IsReal: true } owner ? owner.Name : null;

    /// <summary>The owner of an address; a mobile node's home address has its name, a care-of address also the link: MN1@link2.</summary>
    public string NameOf(IPAddress address) =>
        OwnerOf(address)
        ?? (
            Home is null ? address.ToString()
            : Home.Equals(address) ? Mobile
            : LinkOf(address) is { } link ? $"{Mobile}@{link}"
            : address.ToString()
        );

    /// <summary>The access link with the prefix of an address; null if there is none.</summary>
    public string? LinkOf(IPAddress address) =>
        AccessLinks.FirstOrDefault(link =>
            _domain.Find(RouterOf(link))!.AddressOn(new PortId(link)) is { } router
            && router.AddressFamily == address.AddressFamily
            && new Ipv6Prefix(router, DomainInterface.PrefixLengthOf(router)).Contains(address)
        );

    /// <summary>The key of an access link: the last digit of its name, or the first letter.</summary>
    public static char KeyOf(string link) => char.IsDigit(link[^1]) ? link[^1] : link[0];

    /// <summary>The same of an address as text; the text itself if it is no address.</summary>
    public string NameOf(string address) => IPAddress.TryParse(address, out var parsed) ? NameOf(parsed) : address;

    /// <summary>The name of a node in commands.</summary>
    public static string Typed(string node) => node.ToLowerInvariant();

    /// <exception cref="CannotRunException">The node does not exist.</exception>
    public string Find(string typed) =>
        All.FirstOrDefault(node => node.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException($"there is no node '{typed}'; there are {string.Join(", ", All.Select(Typed))}.");

    /// <exception cref="CannotRunException">The node is not the mobile node.</exception>
    public void RequireMobile(string typed)
    {
        if (Find(typed) != Mobile)
        {
            throw new CannotRunException($"{typed} cannot move; the mobile node is {Typed(Mobile)}.");
        }
    }

    /// <exception cref="CannotRunException">The access link does not exist.</exception>
    public string FindLink(string typed) =>
        AccessLinks.FirstOrDefault(link => link.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException(
            $"there is no access link '{typed}'; there are "
                + $"{string.Join(", ", AccessLinks.Select(link => $"{link} (of {Typed(RouterOf(link))})"))}."
        );

    private IEnumerable<string> LinksOf(DomainInterface known) => known.Link is { } link ? [link.Name] : AccessLinks;

    private DomainNode First(NodeRole role) => _domain.Of(role).First();
}
