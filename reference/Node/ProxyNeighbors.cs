using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The neighbours for which this node answers, by ARP (RFC 1027) or Neighbor Discovery (RFC 4861, Section 7.2.8): the kernel for single
/// addresses, and the node itself for networks of IPv4.
/// </summary>
internal sealed class ProxyNeighbors(RouteNetlink netlink)
{
    private readonly HashSet<(int Link, IPAddress Address)> _proxies = [];
    private readonly HashSet<(int Link, IpPrefix Neighbors)> _networks = [];

    /// <summary>Whether the node itself has to answer for an address on a link.</summary>
    public bool Answers(NodeLink link, IPAddress address) =>
        _networks.Any(network => network.Link == link.Index && network.Neighbors.Contains(address));

    /// <exception cref="LinuxException">The prefix is one of IPv6 and not that of one address: the kernel has no others.</exception>
    public void Add(NodeLink link, IpPrefix neighbors)
    {
        if (neighbors is { IsIpv4: true, IsHost: false })
        {
            _networks.Add((link.Index, neighbors));
            return;
        }

        Require(neighbors);
        netlink.Neighbors.AddProxy(link.Index, neighbors.Network, KernelMarks.Protocol);
        _proxies.Add((link.Index, neighbors.Network));
    }

    /// <inheritdoc cref="Add"/>
    public void Remove(NodeLink link, IpPrefix neighbors)
    {
        if (_networks.Remove((link.Index, neighbors)))
        {
            return;
        }

        Require(neighbors);
        if (_proxies.Remove((link.Index, neighbors.Network)))
        {
            KernelMarks.IgnoreGone(() => netlink.Neighbors.RemoveProxy(link.Index, neighbors.Network));
        }
    }

    /// <summary>Restores the neighbours that the kernel has removed because an interface was switched off.</summary>
    public void Restore(NodeLink link)
    {
        foreach (var (index, address) in _proxies.Where(proxy => proxy.Link == link.Index))
        {
            netlink.Neighbors.AddProxy(index, address, KernelMarks.Protocol);
        }
    }

    private static void Require(IpPrefix neighbors)
    {
        if (!neighbors.IsHost)
        {
            throw new LinuxException(
                "RTM_NEWNEIGH",
                $"a proxy of {neighbors}",
                Errno.NotSupported,
                "the kernel answers for single addresses only"
            );
        }
    }
}
