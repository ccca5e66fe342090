using System.Net;

namespace Pmip.Linux.Tunnels;

/// <summary>Tunnels that this program makes itself, each behind a TUN device. They are gone with the process, however it ends.</summary>
public sealed class TunTunnels : ITunnelDevices
{
    /// <summary>RFC 8200, Section 5: what every link of IPv6 carries.</summary>
    internal const int MinimumMtu = 1280;

    private readonly NetworkNamespace _home;
    private readonly TunnelPump _pump;
    private readonly Lock _lock = new();
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private bool _isDisposed;

    private TunTunnels(string description, NetworkNamespace home, TunnelPump pump) => (Description, _home, _pump) = (description, home, pump);

    public string Description { get; }

    /// <summary>Packets carried and dropped so far.</summary>
    public TunnelCounters Counters => _pump.Counters;

    internal static TunTunnels Open(string description)
    {
        var home = NetworkNamespace.OpenCurrent();
        try
        {
            return new TunTunnels(description, home, new TunnelPump(OuterSocket.OpenReceiver()));
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    public int Add(IPAddress local, IPAddress remote, int mtu)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mtu, MinimumMtu);
        var ends = new TunnelEnds(local, remote);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_tunnels.ContainsKey(ends)) throw new ArgumentException($"There is a tunnel from {local} to {remote} already.", nameof(remote));

            var tunnel = _home.Run(() => TunTunnel.Create(ends, mtu));
            try
            {
                _pump.Add(tunnel);
            }
            catch
            {
                tunnel.Dispose();
                throw;
            }

            _tunnels.Add(ends, tunnel);
            return tunnel.InterfaceIndex;
        }
    }

    public void Remove(IPAddress local, IPAddress remote)
    {
        lock (_lock)
        {
            if (!_isDisposed && _tunnels.Remove(new TunnelEnds(local, remote), out var tunnel)) _pump.Remove(tunnel);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _pump.Stop();
            _home.Dispose();
        }
    }
}
