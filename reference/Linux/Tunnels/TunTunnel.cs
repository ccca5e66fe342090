using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>A tunnel with its TUN device and the sockets that send its outer packets.</summary>
internal sealed class TunTunnel : IDisposable
{
    private readonly TunDevice _device;
    private readonly FileDescriptor.Held _held;
    private readonly TunSockets _sockets;
    private readonly Tunnel _tunnel;
    private readonly ITunnelProtection? _protection;
    private int _pathMtu;

    private TunTunnel(Tunnel tunnel, int pathMtu, TunDevice device, TunSockets sockets, ITunnelProtection? protection)
    {
        (_tunnel, _protection) = (tunnel, tunnel.Mode == TunnelMode.EspTunnel ? protection : null);
        Ends = new TunnelEnds(tunnel);
        Header = TunnelHeader.Of(tunnel.Mode);
        Mtu = TunnelMtu.Of(tunnel, pathMtu);
        RemoteAddress = new OuterAddress(tunnel);
        Source = tunnel.Mode == TunnelMode.Ipv4 ? SocketAddress4.ToOctets(tunnel.Local) : null;
        (_pathMtu, _device, _sockets) = (pathMtu, device, sockets);
        _held = device.Descriptor.Hold();
    }

    internal TunnelEnds Ends { get; }

    internal TunnelHeader Header { get; }

    /// <summary>The rules for the ECN field.</summary>
    internal EcnRules Ecn => IsProtected ? EcnRules.Rfc4301 : EcnRules.Rfc3168;

    internal bool IsProtected => _protection is not null;

    /// <summary>Whether a TLV header precedes each packet in the tunnel.</summary>
    internal bool HasTlvHeader => _tunnel.Mode == TunnelMode.Ipv4UdpTlv;

    internal OuterAddress RemoteAddress { get; }

    /// <summary>The source to give with each outer packet; null if the socket has it.</summary>
    internal uint? Source { get; }

    /// <summary>The MTU of the device.</summary>
    internal int Mtu { get; private set; }

    /// <summary>The largest outer packet for the path to the remote end, in octets.</summary>
    internal uint PathMtu => (uint)Volatile.Read(ref _pathMtu);

    internal int InterfaceIndex => _device.InterfaceIndex;

    /// <summary>The descriptor of the device.</summary>
    internal int Descriptor => _held.Number;

    /// <summary>Creates a tunnel in the calling thread's namespace. The device is up and running.</summary>
    internal static TunTunnel Create(Tunnel tunnel, int pathMtu, TunSockets sockets, ITunnelProtection? protection) =>
        new(tunnel, pathMtu, TunDevice.CreateForTunnel("pmip%d", TunnelMtu.Of(tunnel, pathMtu)), sockets, protection);

    /// <summary>A packet under ESP; null if it cannot be protected.</summary>
    internal byte[]? Seal(byte protocol, ReadOnlySpan<byte> packet) => _protection?.Seal(_tunnel.SecurityPeer, protocol, packet.ToArray());

    /// <summary>The packet that comes under ESP; null if it is dropped.</summary>
    internal EspPacket? Open(ReadOnlySpan<byte> esp) => _protection?.Open(_tunnel.SecurityPeer, _tunnel.Local, esp.ToArray());

    /// <summary>The socket that sends packets of a protocol: 4, 41, or 44 for fragments of a tunnel over IPv6.</summary>
    internal OuterSocket SenderOf(byte protocol) =>
        protocol switch
        {
            IpProtocol.Ipv6 => _sockets.Ipv6Content,
            IpProtocol.Fragment => _sockets.Fragments!,
            _ => _sockets.Ipv4Content,
        };

    /// <summary>Whether this node must fragment an outer packet of this length.</summary>
    internal bool Fragments(int outerLength) => _sockets.Fragments is not null && outerLength > Math.Max(PathMtu, Ipv6Packet.MinimumMtu);

    /// <summary>The device has the MTU already.</summary>
    internal void SetPathMtu(int pathMtu, int mtu)
    {
        Volatile.Write(ref _pathMtu, pathMtu);
        Mtu = mtu;
    }

    public void Dispose()
    {
        _held.Dispose();
        _device.Dispose();
        _sockets.Dispose();
    }
}
