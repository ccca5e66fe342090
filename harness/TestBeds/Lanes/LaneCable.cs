using Conformance.Testing.Bed;
using Conformance.Testing.Domains;

namespace Conformance.TestBeds.Lanes;

/// <summary>The cable of an interface of a real node.</summary>
/// <param name="Port">The name of its other end, in the namespace of the tester.</param>
/// <param name="Hub">
/// The link whose hub the other end belongs to; null if the other end is the tester's port, or is plugged in later.
/// </param>
/// <param name="IsAccessLink">True if nodes come and go on the link.</param>
/// <param name="Mtu">In octets; null for that of the kernel.</param>
internal sealed record LaneCable(DomainNode Node, DomainInterface Interface, string Port, PortId? Hub, bool IsAccessLink, int? Mtu)
{
    /// <summary>All cables of a domain.</summary>
    public static IEnumerable<LaneCable> Of(Domain domain) =>
        domain.Real.SelectMany(node => node.Interfaces.Select(known => Of(domain, node, known)));

    /// <summary>Several real nodes are on the link, or can come to it.</summary>
    public static bool IsHub(Domain domain, DomainLink link) =>
        domain.Real.Count(node => node.On(link.Port) is not null || (node.IsMobile && link.Kind == LinkKind.Access)) > 1;

    /// <summary>The name of a cable's end that is not itself a port of the tester.</summary>
    public static string PortOf(DomainNode node, DomainInterface @interface) =>
        @interface.Link is null ? node.Name.ToLowerInvariant() : $"{NamespaceDomain.NameOf(node)}-{@interface.Name}";

    private static LaneCable Of(Domain domain, DomainNode node, DomainInterface @interface)
    {
        var isAccessLink = @interface.Link is null || domain.IsAccess(@interface.Link);
        if (@interface.Link is { } link && !IsHub(domain, domain.Find(link)!))
        {
            // The MTU of the core link is that of a path, which a node must know without its interface.
            var mtu = isAccessLink ? (int?)domain.Find(link)!.Mtu : null;
            return new LaneCable(node, @interface, @interface.Name, Hub: null, isAccessLink, mtu);
        }

        return new LaneCable(node, @interface, PortOf(node, @interface), @interface.Link, isAccessLink, Mtu: null);
    }
}
