using System.Net;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.Lab;

/// <summary>The nodes and links of a lab, with their names in commands and in the ladder.</summary>
internal static class LabNodes
{
    private static readonly NamedConfiguration _ipv6Alone = NamedConfiguration.Find("e2e-baseline")!,
        _bothVersions = NamedConfiguration.Find("e2e-ipv4")!.WithLeases(TimeSpan.FromHours(1));

    /// <summary>All nodes in the order of the ladder, from the mobile node to the correspondent node.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Domain.Real.OrderBy(node => node.Role).Select(node => node.Name)];

    /// <summary>The nodes that run <c>pmip-node</c>; on the other nodes, only the kernel acts.</summary>
    public static IReadOnlyList<string> Running { get; } =
    [.. Domain.Real.Where(node => !ReferenceRole.Of(node).IsHost).Select(node => node.Name)];

    /// <summary>The links, each with a tap.</summary>
    public static IReadOnlyList<string> Links { get; } = [.. Domain.Links.Select(link => link.Port.Name)];

    /// <summary>The links to which the mobile node can attach.</summary>
    public static IReadOnlyList<string> AccessLinks { get; } = [.. Links.Where(link => Domain.IsAccess(new PortId(link)))];

    public static string Mobile { get; } = Domain.Real.First(node => node.IsMobile).Name;

    public static string Correspondent { get; } = First(NodeRole.Cn).Name;

    public static IPAddress CorrespondentAddress { get; } = First(NodeRole.Cn).Address!;

    public static string CorrespondentLink { get; } = First(NodeRole.Cn).Interfaces[0].Name;

    public static string Lma { get; } = First(NodeRole.Lma).Name;

    /// <summary>The nodes by their link-layer addresses on each link.</summary>
    public static IReadOnlyDictionary<(string Link, MacAddress Address), string> ByLinkLayer { get; } =
        Domain
            .Real.SelectMany(node => node.Interfaces.SelectMany(known => LinksOf(known).Select(link => (node.Name, link, known.LinkLayer))))
            .ToDictionary(at => (at.link, at.LinkLayer!.Value), at => at.Name);

    /// <summary>The names of all nodes, links and addresses. Without IPv4, the nodes have those of IPv6 alone.</summary>
    private static Domain Domain => _bothVersions.Domain;

    /// <param name="hasIpv4">Whether mobile nodes have IPv4 home addresses, too (RFC 5844).</param>
    public static NamedConfiguration ConfigurationOf(bool hasIpv4) => hasIpv4 ? _bothVersions : _ipv6Alone;

    public static string MagOf(string link) => Domain.Real.First(node => node.On(new PortId(link)) is not null).Name;

    /// <summary>The node with this static address; null for an address of the mobile node or an unknown address.</summary>
    public static string? OwnerOf(IPAddress address) => Domain.OwnerOf(address) is { IsReal: true } owner ? owner.Name : null;

    public static string NameOf(IPAddress address) => OwnerOf(address) ?? address.ToString();

    private static IEnumerable<string> LinksOf(DomainInterface known) => known.Link is { } link ? [link.Name] : AccessLinks;

    private static DomainNode First(NodeRole role) => Domain.Of(role).First();

    /// <summary>The name of a node in commands.</summary>
    public static string Typed(string node) => node.ToLowerInvariant();

    /// <exception cref="CannotRunException">The node does not exist.</exception>
    public static string Find(string typed) =>
        All.FirstOrDefault(node => node.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException($"there is no node '{typed}'; there are {string.Join(", ", All.Select(Typed))}.");

    /// <exception cref="CannotRunException">The node is not the mobile node.</exception>
    public static void RequireMobile(string typed)
    {
        if (Find(typed) != Mobile)
        {
            throw new CannotRunException($"{typed} cannot move; the mobile node is {Typed(Mobile)}.");
        }
    }

    /// <exception cref="CannotRunException">The access link does not exist.</exception>
    public static string FindLink(string typed) =>
        AccessLinks.FirstOrDefault(link => link.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException(
            $"there is no access link '{typed}'; there are "
                + $"{string.Join(", ", AccessLinks.Select(link => $"{link} (of {Typed(MagOf(link))})"))}."
        );
}
