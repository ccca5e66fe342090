using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnels that this program implements itself, each behind a TUN device. They are removed when the process ends, however it ends.
/// </summary>
public sealed class TunTunnels : ITunnelDevices
{
    private readonly NetworkNamespace _home;
    private readonly RouteNetlink _netlink;
    private readonly OuterReceivers _receivers;
    private readonly TunnelErrors _errors;
    private readonly ITunnelProtection? _protection;

    /// <summary>
    /// Each direction has its own thread, because the kernel processes a packet on the thread that hands it over, as far as it can
    /// without waiting. An acknowledgment that leaves a tunnel makes its receiver send more into the tunnel.
    /// </summary>
    private readonly Encapsulator _encapsulator;
    private readonly Decapsulator _decapsulator;
    private readonly Lock _lock = new();
    private readonly Dictionary<Tunnel, TunTunnel> _tunnels = [];
    private bool _isDisposed;

    private TunTunnels(
        string description,
        ITunnelProtection? protection,
        TunnelMessages? messages,
        bool isOnly,
        NetworkNamespace home,
        RouteNetlink netlink,
        TunnelErrors errors
    )
    {
        (Description, SharesPorts) = (description, messages is not null);
        (_protection, _home, _netlink, _errors) = (protection, home, netlink, errors);
        _decapsulator = new Decapsulator(messages);
        try
        {
            _receivers = new OuterReceivers(_decapsulator, isOnly, isShared: messages is not null);
        }
        catch
        {
            _decapsulator.Stop();
            throw;
        }
        _encapsulator = new Encapsulator(errors);
    }

    public string Description { get; }

    public bool SharesPorts { get; }

    /// <summary>Packets carried and dropped so far.</summary>
    public TunnelCounters Counters
    {
        get
        {
            var (into, outOf) = (_encapsulator.Statistics, _decapsulator.Statistics);
            return new TunnelCounters(
                Volatile.Read(ref into.Carried),
                Volatile.Read(ref outOf.Carried),
                Volatile.Read(ref outOf.Foreign),
                Volatile.Read(ref into.Refused) + Volatile.Read(ref outOf.Refused),
                Volatile.Read(ref into.Lost) + Volatile.Read(ref outOf.Lost)
            );
        }
    }

    /// <summary>Opens tunnels in the calling thread's namespace.</summary>
    /// <param name="isOnly">There is no other data path. If there is, packets that it carries are not received here as well.</param>
    internal static TunTunnels Open(string description, ITunnelProtection? protection, TunnelMessages? messages = null, bool isOnly = true)
    {
        var home = NetworkNamespace.OpenCurrent();
        RouteNetlink? netlink = null;
        TunnelErrors? errors = null;
        try
        {
            netlink = RouteNetlink.Open();
            errors = new TunnelErrors();
            return new TunTunnels(description, protection, messages, isOnly, home, netlink, errors);
        }
        catch
        {
            errors?.Dispose();
            netlink?.Dispose();
            home.Dispose();
            throw;
        }
    }

    public int Add(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_tunnels.ContainsKey(tunnel))
            {
                throw new ArgumentException($"The tunnel {tunnel} exists already.", nameof(tunnel));
            }

            var made = _home.Run(() => Create(tunnel, pathMtu));
            _decapsulator.Add(made);
            _encapsulator.Add(made);
            _tunnels.Add(tunnel, made);
            return made.InterfaceIndex;
        }
    }

    public void SetPathMtu(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            if (!_isDisposed && _tunnels.TryGetValue(tunnel, out var changed))
            {
                var mtu = TunnelMtu.Of(tunnel, pathMtu);
                _netlink.Links.SetMtu(changed.InterfaceIndex, mtu);
                changed.SetPathMtu(pathMtu, mtu);
            }
        }
    }

    public bool IsOfProgram(Tunnel tunnel) => true;

    public void Remove(Tunnel tunnel)
    {
        lock (_lock)
        {
            if (_isDisposed || !_tunnels.Remove(tunnel, out var removed))
            {
                return;
            }
            _encapsulator.Remove(removed);
            _decapsulator.Remove(removed);
            removed.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }
            _isDisposed = true;
            _encapsulator.Stop();
            _decapsulator.Stop();
            _receivers.Dispose();
            foreach (var tunnel in _tunnels.Values)
            {
                tunnel.Dispose();
            }
            _errors.Dispose();
            _netlink.Dispose();
            _home.Dispose();
        }
    }

    private TunTunnel Create(Tunnel tunnel, int pathMtu)
    {
        if (tunnel.Mode == TunnelMode.EspTunnel && _protection is null)
        {
            throw new NotSupportedException($"There are no security associations for a tunnel of the mode {tunnel.Mode}.");
        }
        var sockets = _receivers.Open(tunnel);
        try
        {
            return TunTunnel.Create(tunnel, pathMtu, sockets, _protection);
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }
}
