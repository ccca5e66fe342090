using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnel devices of the kernel for the modes that it has, and TUN for the others and for each tunnel whose device the kernel refuses.
/// </summary>
internal sealed class FallbackTunnels : ITunnelDevices
{
    private readonly KernelTunnels _kernel;
    private readonly HashSet<TunnelMode> _modes;
    private readonly ITunnelProtection? _protection;
    private readonly TunnelMessages? _messages;
    private readonly NetworkNamespace _home;
    private readonly Lock _lock = new();
    private readonly HashSet<Tunnel> _ofKernel = [];
    private TunTunnels? _tun;

    private FallbackTunnels(
        KernelTunnels kernel,
        HashSet<TunnelMode> modes,
        ITunnelProtection? protection,
        TunnelMessages? messages,
        NetworkNamespace home
    ) => (_kernel, _modes, _protection, _messages, _home) = (kernel, modes, protection, messages, home);

    public string Description => $"{_kernel.Description}, and TUN for other tunnels";

    /// <summary>Opens tunnels in the calling thread's namespace.</summary>
    /// <param name="modes">The modes for which the kernel has devices.</param>
    /// <param name="protection">For tunnels under ESP; null if there are to be none.</param>
    /// <param name="messages">Takes the messages at the UDP ports of tunnels; null if none are expected there.</param>
    internal static FallbackTunnels Open(HashSet<TunnelMode> modes, ITunnelProtection? protection = null, TunnelMessages? messages = null)
    {
        var home = NetworkNamespace.OpenCurrent();
        try
        {
            return new FallbackTunnels(KernelTunnels.Open(modes), modes, protection, messages, home);
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    public bool SharesPorts => _messages is not null && !_modes.Contains(TunnelMode.Ipv4Udp);

    public int Add(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            if (_ofKernel.Contains(tunnel))
            {
                throw new ArgumentException($"The tunnel {tunnel} exists already.", nameof(tunnel));
            }
            if (_modes.Contains(tunnel.Mode))
            {
                try
                {
                    var index = _kernel.Add(tunnel, pathMtu);
                    _ofKernel.Add(tunnel);
                    return index;
                }
                catch (LinuxException)
                {
                    // TUN below, which throws for what no data path can have.
                }
            }
            _tun ??= _home.Run(() => TunTunnels.Open("TUN", _protection, _messages, isOnly: false));
            return _tun.Add(tunnel, pathMtu);
        }
    }

    public void SetPathMtu(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            Of(tunnel)?.SetPathMtu(tunnel, pathMtu);
        }
    }

    public bool IsOfProgram(Tunnel tunnel)
    {
        lock (_lock)
        {
            return !_ofKernel.Contains(tunnel);
        }
    }

    public void Remove(Tunnel tunnel)
    {
        lock (_lock)
        {
            Of(tunnel)?.Remove(tunnel);
            _ofKernel.Remove(tunnel);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _tun?.Dispose();
            _kernel.Dispose();
            _home.Dispose();
        }
    }

    private ITunnelDevices? Of(Tunnel tunnel) => _ofKernel.Contains(tunnel) ? _kernel : _tun;
}
