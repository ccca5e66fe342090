using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnel devices of the kernel: <c>ip6tnl</c> over IPv6, <c>sit</c> over IPv4, and <c>sit</c> with <c>fou</c> in UDP; each carries packets
/// of both families. They outlive a killed process: see <see cref="TunnelNames"/>.
/// </summary>
/// <remarks>
/// Linux differs from RFC 5213, Section 5.6.3, in one case: following RFC 6040, it copies an outer ECT(1) to an inner ECT(0). It does
/// not fragment outer packets if the link's MTU is too small for a tunnel of 1280 octets. A <c>sit</c> device sets Don't Fragment also
/// for a packet of IPv4 that may be fragmented. In UDP, it tells tunnels apart by their addresses alone, not by their ports, and takes
/// packets that come without UDP.
/// </remarks>
internal sealed class KernelTunnels : ITunnelDevices
{
    private readonly RouteNetlink _netlink;
    private readonly IReadOnlyCollection<TunnelMode> _modes;
    private readonly GenericNetlink? _fou;
    private readonly Lock _lock = new();
    private readonly Dictionary<Tunnel, int> _interfaces = [];
    private readonly Dictionary<FouPort, int> _ports = [];
    private int _made;

    private KernelTunnels(RouteNetlink netlink, IReadOnlyCollection<TunnelMode> modes, GenericNetlink? fou) =>
        (_netlink, _modes, _fou) = (netlink, modes, fou);

    public string Description => $"kernel tunnel devices ({string.Join(", ", _modes.Select(Devices))})";

    /// <summary>Why the calling thread's namespace cannot have devices for a mode; null if it can.</summary>
    /// <exception cref="NotSupportedException">No kernel has devices for the mode.</exception>
    internal static string? WhyNot(TunnelMode mode)
    {
        using var netlink = RouteNetlink.Open();
        if (!netlink.Links.KnowsTunnels(mode))
        {
            return $"the kernel has no {TunnelRequest.KindOf(mode)} devices (module {TunnelRequest.ModuleOf(mode)})";
        }
        if (mode != TunnelMode.Ipv4Udp)
        {
            return null;
        }
        using var fou = TryOpenFou();
        return fou is null ? "the kernel has no fou ports (module fou)" : null;
    }

    /// <summary>Opens the devices of the modes that the kernel has.</summary>
    /// <exception cref="LinuxException">The kernel has none.</exception>
    internal static KernelTunnels Open()
    {
        var modes = TunnelRequest.Modes.ToDictionary(mode => mode, WhyNot);
        return modes.Values.Any(why => why is null)
            ? Open([.. modes.Where(mode => mode.Value is null).Select(mode => mode.Key)])
            : throw new LinuxException("RTM_NEWLINK", "tunnel", Errno.NotSupported, string.Join(", and ", modes.Values.Distinct()));
    }

    /// <summary>Opens the devices of some modes, without asking whether the kernel has them.</summary>
    internal static KernelTunnels Open(IReadOnlyCollection<TunnelMode> modes)
    {
        var netlink = RouteNetlink.Open();
        try
        {
            RemoveLeftovers(netlink.Links);
            return new KernelTunnels(netlink, modes, modes.Contains(TunnelMode.Ipv4Udp) ? TryOpenFou() : null);
        }
        catch
        {
            netlink.Dispose();
            throw;
        }
    }

    public int Add(Tunnel tunnel, int pathMtu)
    {
        if (!_modes.Contains(tunnel.Mode))
        {
            throw new NotSupportedException($"{Description}: none for tunnels of the mode {tunnel.Mode}.");
        }
        var mtu = TunnelMtu.Of(tunnel, pathMtu);
        lock (_lock)
        {
            if (_interfaces.ContainsKey(tunnel))
            {
                throw new ArgumentException($"The tunnel {tunnel} exists already.", nameof(tunnel));
            }
            Take(tunnel);
            try
            {
                return _interfaces[tunnel] = Make(tunnel, mtu);
            }
            catch
            {
                Release(tunnel);
                throw;
            }
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
                Release(tunnel);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (tunnel, index) in _interfaces)
            {
                Delete(_netlink.Links, index);
                Release(tunnel);
            }
            _interfaces.Clear();
            _fou?.Dispose();
            _netlink.Dispose();
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

    private static string Devices(TunnelMode mode) =>
        TunnelRequest.KindOf(mode) + (mode == TunnelMode.Ipv4Udp ? $" with {FouPort.Family}" : "");

    private static GenericNetlink? TryOpenFou()
    {
        try
        {
            return new GenericNetlink(FouPort.Family);
        }
        catch (LinuxException missing) when (missing.ErrorNumber == Errno.NoEntry)
        {
            return null;
        }
    }

    private int Make(Tunnel tunnel, int mtu)
    {
        var index = _netlink.Links.AddTunnel(TunnelNames.Of(_made++), tunnel).Index;
        try
        {
            _netlink.Links.SetLinkLocalAddress(index, enabled: false);
            _netlink.Links.SetMtu(index, mtu);
            _netlink.Links.SetUp(index);
            _netlink.Links.WaitUntilRunning(index, until: null);
            return index;
        }
        catch
        {
            _netlink.Links.Delete(index);
            throw;
        }
    }

    /// <summary>Opens the port at the local end of a tunnel, if no other tunnel has done so.</summary>
    private void Take(Tunnel tunnel)
    {
        if (PortOf(tunnel) is not { } port)
        {
            return;
        }
        var users = _ports.GetValueOrDefault(port);
        if (users == 0)
        {
            (_fou ?? throw new LinuxException("CTRL_CMD_GETFAMILY", FouPort.Family, Errno.NoEntry)).Execute(
                FouPort.Open,
                "FOU_CMD_ADD",
                port.AddTo
            );
        }
        _ports[port] = users + 1;
    }

    private void Release(Tunnel tunnel)
    {
        if (PortOf(tunnel) is not { } port)
        {
            return;
        }
        if (_ports[port] > 1)
        {
            _ports[port]--;
            return;
        }
        _ports.Remove(port);
        _fou!.Execute(FouPort.Close, "FOU_CMD_DEL", port.AddTo);
    }

    private static FouPort? PortOf(Tunnel tunnel) => tunnel.Ports is { Local: var port } ? new FouPort(tunnel.Local, port) : null;

    private static void RemoveLeftovers(Links links)
    {
        var kinds = TunnelRequest.Modes.Select(TunnelRequest.KindOf).ToHashSet();
        var left = links.List().Where(link => link.Kind is { } kind && kinds.Contains(kind) && TunnelNames.IsLeftover(link.Name)).ToList();
        foreach (var link in left)
        {
            Delete(links, link.Index);
        }
        Close([.. left.Select(link => link.UdpPort).Except(links.List().Select(link => link.UdpPort)).OfType<FouPort>()]);
    }

    /// <summary>Closes ports that a killed process has opened.</summary>
    private static void Close(IReadOnlyCollection<FouPort> ports)
    {
        using var fou = ports.Count == 0 ? null : TryOpenFou();
        foreach (var port in ports)
        {
            try
            {
                fou?.Execute(FouPort.Close, "FOU_CMD_DEL", port.AddTo);
            }
            catch (LinuxException gone) when (gone.ErrorNumber is Errno.InvalidArgument or Errno.NoEntry)
            {
                // Somebody else has closed the port.
            }
        }
    }
}
