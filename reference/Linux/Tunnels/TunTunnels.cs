using System.Net;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnels that this program implements itself, each behind a TUN device. They are removed when the process ends, however it ends.
/// </summary>
public sealed class TunTunnels : ITunnelDevices
{
    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link.</summary>
    internal const int MinimumMtu = 1280;

    private readonly NetworkNamespace _home;
    private readonly OuterSocket _receiver;
    private readonly TunnelErrors _errors;

    /// <summary>
    /// Each direction has its own thread, because the kernel processes a packet on the thread that hands it over, as far as it can
    /// without waiting. An acknowledgment that leaves a tunnel makes its receiver send more into the tunnel.
    /// </summary>
    private readonly Encapsulator _encapsulator;
    private readonly Decapsulator _decapsulator;
    private readonly Lock _lock = new();
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private bool _isDisposed;

    private TunTunnels(string description, NetworkNamespace home, OuterSocket receiver, TunnelErrors errors)
    {
        (Description, _home, _receiver, _errors) = (description, home, receiver, errors);
        _encapsulator = new Encapsulator(errors);
        _decapsulator = new Decapsulator(receiver);
    }

    public string Description { get; }

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

    internal static TunTunnels Open(string description)
    {
        var home = NetworkNamespace.OpenCurrent();
        TunnelErrors? errors = null;
        try
        {
            errors = new TunnelErrors();
            return new TunTunnels(description, home, OuterSocket.OpenReceiver(), errors);
        }
        catch
        {
            errors?.Dispose();
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
            if (_tunnels.ContainsKey(ends))
            {
                throw new ArgumentException($"A tunnel from {local} to {remote} exists already.", nameof(remote));
            }

            var tunnel = _home.Run(() => TunTunnel.Create(ends, mtu));
            _decapsulator.Add(tunnel);
            _encapsulator.Add(tunnel);
            _tunnels.Add(ends, tunnel);
            return tunnel.InterfaceIndex;
        }
    }

    public void Remove(IPAddress local, IPAddress remote)
    {
        lock (_lock)
        {
            if (_isDisposed || !_tunnels.Remove(new TunnelEnds(local, remote), out var tunnel))
            {
                return;
            }
            _encapsulator.Remove(tunnel);
            _decapsulator.Remove(tunnel);
            tunnel.Dispose();
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
            foreach (var tunnel in _tunnels.Values)
            {
                tunnel.Dispose();
            }
            _receiver.Dispose();
            _errors.Dispose();
            _home.Dispose();
        }
    }
}
