using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnel devices of the kernel. They outlive a killed process: see <see cref="TunnelNames"/>.
/// </summary>
/// <remarks>
/// Linux differs from RFC 5213, Section 5.6.3, in one case: following RFC 6040, it copies an outer ECT(1) to an inner ECT(0). It does
/// not fragment outer packets if the link's MTU is too small for a tunnel of 1280 octets.
/// </remarks>
internal sealed class KernelTunnels : ITunnelDevices
{
    private const string Kind = "ip6tnl";

    private readonly RouteNetlink _netlink;
    private readonly Lock _lock = new();
    private readonly Dictionary<Tunnel, int> _interfaces = [];
    private int _made;

    private KernelTunnels(RouteNetlink netlink) => _netlink = netlink;

    public string Description => "kernel tunnel devices (ip6tnl)";

    /// <summary>Why the calling thread's namespace cannot have such devices; null if it can.</summary>
    internal static string? WhyNot()
    {
        using var netlink = RouteNetlink.Open();
        return netlink.Links.KnowsIpv6Tunnels() ? null : "the kernel has no ip6tnl devices (module ip6_tunnel)";
    }

    internal static KernelTunnels Open()
    {
        var netlink = RouteNetlink.Open();
        try
        {
            if (!netlink.Links.KnowsIpv6Tunnels())
            {
                throw new LinuxException("RTM_NEWLINK", Kind, Errno.NotSupported, "the module ip6_tunnel is not available");
            }
            RemoveLeftovers(netlink.Links);
            return new KernelTunnels(netlink);
        }
        catch
        {
            netlink.Dispose();
            throw;
        }
    }

    public int Add(Tunnel tunnel, int pathMtu)
    {
        TunnelMtu.RequireIpv6(tunnel, Kind);
        var mtu = TunnelMtu.Of(tunnel, pathMtu);
        lock (_lock)
        {
            if (_interfaces.ContainsKey(tunnel))
            {
                throw new ArgumentException($"The tunnel {tunnel} exists already.", nameof(tunnel));
            }
            var index = _netlink.Links.AddIpv6Tunnel(TunnelNames.Of(_made++), tunnel.Local, tunnel.Remote).Index;
            try
            {
                _netlink.Links.SetLinkLocalAddress(index, enabled: false);
                _netlink.Links.SetMtu(index, mtu);
                _netlink.Links.SetUp(index);
                _netlink.Links.WaitUntilRunning(index, until: null);
            }
            catch
            {
                _netlink.Links.Delete(index);
                throw;
            }

            return _interfaces[tunnel] = index;
        }
    }

    public void SetPathMtu(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            if (_interfaces.TryGetValue(tunnel, out var index))
            {
                _netlink.Links.SetMtu(index, TunnelMtu.Of(tunnel, pathMtu));
            }
        }
    }

    public void Remove(Tunnel tunnel)
    {
        lock (_lock)
        {
            if (_interfaces.Remove(tunnel, out var index))
            {
                Delete(_netlink.Links, index);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var index in _interfaces.Values)
            {
                Delete(_netlink.Links, index);
            }
            _interfaces.Clear();
            _netlink.Dispose();
        }
    }

    private static void RemoveLeftovers(Links links)
    {
        foreach (var link in links.List().Where(link => link.Kind == Kind && TunnelNames.IsLeftover(link.Name)))
        {
            Delete(links, link.Index);
        }
    }

    internal static void Delete(Links links, int index)
    {
        try
        {
            links.Delete(index);
        }
        catch (LinuxException gone) when (gone.ErrorNumber == Errno.NoDevice)
        {
            // Another process has already deleted the interface.
        }
    }
}
