using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// The sockets that receive outer packets. Those for IPv6 are always open if there is no other data path, else from the first tunnel over
/// IPv6 on; those for IPv4 and for ESP from the first tunnel on that needs them, those for UDP as long as there is a tunnel with their
/// address and port.
/// </summary>
internal sealed class OuterReceivers : IDisposable
{
    private readonly Decapsulator _decapsulator;
    private readonly List<OuterSocket> _ipv6 = [];
    private readonly List<OuterSocket> _ipv4 = [];
    private readonly bool _isShared;
    private OuterSocket? _esp;
    private readonly Dictionary<(IPAddress Local, ushort Port), (OuterSocket Socket, int Users)> _udp = [];

    /// <param name="isOnly">Opens the sockets for IPv6 now, in the calling thread's namespace.</param>
    /// <param name="isShared">The UDP ports may be those of messages to this node, too.</param>
    internal OuterReceivers(Decapsulator decapsulator, bool isOnly, bool isShared)
    {
        (_decapsulator, _isShared) = (decapsulator, isShared);
        if (isOnly)
        {
            Open(_ipv6, OuterSocket.OpenReceiver);
        }
    }

    /// <summary>Opens what a tunnel needs to receive and to send, in the calling thread's namespace.</summary>
    internal TunSockets Open(Tunnel tunnel)
    {
        switch (tunnel.Mode)
        {
            case TunnelMode.Ipv6:
                if (_ipv6.Count == 0)
                {
                    Open(_ipv6, OuterSocket.OpenReceiver);
                }
                return TunSockets.OpenIpv6(new TunnelEnds(tunnel).Local);
            case TunnelMode.EspTunnel:
                if (_esp is null)
                {
                    _esp = OuterSocket.OpenReceiver(IpProtocol.Esp);
                    _decapsulator.Add(_esp);
                }
                return TunSockets.OpenEsp(new TunnelEnds(tunnel).Local);
            case TunnelMode.Ipv4:
                if (_ipv4.Count == 0)
                {
                    Open(_ipv4, OuterSocket.OpenIpv4);
                }
                return new TunSockets(_ipv4[0], _ipv4[1], static () => { });
            default:
                var key = (tunnel.Local, tunnel.Ports!.Local);
                var udp = OpenUdp(key);
                return new TunSockets(udp, udp, () => Close(key));
        }
    }

    /// <summary>Closes all sockets. The thread that receives has stopped.</summary>
    public void Dispose()
    {
        foreach (var socket in (OuterSocket[])[.. _ipv6, .. _ipv4, .. _udp.Values.Select(udp => udp.Socket)])
        {
            socket.Dispose();
        }
        _udp.Clear();
        _esp?.Dispose();
    }

    /// <summary>Opens the sockets for packets of IPv6 and of IPv4 in tunnels of one mode, in this order.</summary>
    private void Open(List<OuterSocket> sockets, Func<byte, OuterSocket> open)
    {
        var ipv6 = open(IpProtocol.Ipv6);
        try
        {
            sockets.AddRange([ipv6, open(Ipv4Protocol.Ipv4)]);
        }
        catch
        {
            ipv6.Dispose();
            throw;
        }
        sockets.ForEach(_decapsulator.Add);
    }

    private OuterSocket OpenUdp((IPAddress Local, ushort Port) key)
    {
        if (_udp.TryGetValue(key, out var open))
        {
            _udp[key] = (open.Socket, open.Users + 1);
            return open.Socket;
        }
        var socket = OuterSocket.OpenUdp(key.Local, key.Port, _isShared);
        _udp.Add(key, (socket, 1));
        _decapsulator.Add(socket);
        return socket;
    }

    private void Close((IPAddress Local, ushort Port) key)
    {
        if (!_udp.TryGetValue(key, out var open))
        {
            return;
        }
        if (open.Users > 1)
        {
            _udp[key] = (open.Socket, open.Users - 1);
            return;
        }
        _udp.Remove(key);
        _decapsulator.Remove(open.Socket);
        open.Socket.Dispose();
    }
}
