using System.Net;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A socket for outer packets of one mode: a raw socket of protocol 41, 4 or 50 over IPv6 or IPv4, or a UDP socket. The kernel routes,
/// fragments and protects sent packets like all packets of this node. It reassembles received packets, removes the extension headers of
/// those of IPv6, so that a Tunnel Encapsulation Limit option is accepted, and verifies the checksums of UDP.
/// </summary>
internal sealed class OuterSocket : IDisposable
{
    /// <summary>linux/in6.h.</summary>
    internal const int Ipv6Level = 41,
        PacketInformation = 50,
        TrafficClass = 67;
    private const int UnicastHops = 16,
        ReceivePacketInformation = 49,
        ReceiveTrafficClass = 66,
        DestinationOptions = 59,
        AutomaticFlowLabel = 70,
        FreeBind = 78;

    /// <summary>linux/in.h: IPPROTO_IP and its options, IP_PMTUDISC_DONT and IP_PMTUDISC_DO.</summary>
    internal const int Ipv4Level = 0,
        TypeOfService = 1,
        Ipv4PacketInformation = 8;
    private const int TimeToLive = 2,
        MtuDiscovery = 10,
        ReceiveTypeOfService = 13,
        Ipv4FreeBind = 15,
        MayFragment = 0,
        DontFragment = 2;

    /// <summary>linux/udp.h: options of a socket and types of control messages, at the level of UDP.</summary>
    internal const int UdpLevel = Transport.Udp,
        UdpSegment = 103,
        UdpReceiveOffload = 104;

    /// <summary>asm-generic/socket.h.</summary>
    private const int ReuseAddress = 2,
        SendBufferForce = 32;

    /// <summary>Space for some thousand packets of the usual length.</summary>
    private const int BufferLength = 16 * 1024 * 1024;

    /// <summary>A group to which no packet of a tunnel is addressed.</summary>
    private static readonly UInt128 _group = new(0xff0e_0000_0000_0000, 0);

    private readonly FileDescriptor _socket;
    private readonly FileDescriptor.Held _held;
    private readonly string _target;
    private OuterHeader _header;

    private OuterSocket(TunnelMode mode, byte protocol, string target, Action<OuterSocket> setUp)
    {
        (Mode, Protocol, _target) = (mode, protocol, target);
        _socket = Libc.OpenSocket(
            IsOverIpv6 ? Libc.FamilyInet6 : Libc.FamilyInet,
            (mode == TunnelMode.Ipv4Udp ? Libc.DatagramSocket : Libc.RawSocket) | Libc.NonBlockingSocket,
            protocol,
            target
        );
        try
        {
            setUp(this);
            _held = _socket.Hold();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    internal TunnelMode Mode { get; }

    private bool IsOverIpv6 => Mode is TunnelMode.Ipv6 or TunnelMode.EspTunnel;

    /// <summary>The protocol of the socket: 41 or 4, or that of UDP or ESP.</summary>
    internal byte Protocol { get; }

    /// <summary>The local end of the tunnels of a UDP socket.</summary>
    internal UInt128 Local { get; private init; }

    /// <inheritdoc cref="Local"/>
    internal ushort LocalPort { get; private init; }

    internal int Descriptor => _held.Number;

    /// <summary>
    /// Opens a socket that receives all outer packets of IPv6 in the calling thread's namespace. While it is open, the kernel does not
    /// answer them with an ICMPv6 error, unless the kernel has tunnel devices (module tunnel6).
    /// </summary>
    internal static OuterSocket OpenReceiver(byte protocol) =>
        new(
            ModeOf(protocol),
            protocol,
            $"raw socket {protocol}",
            static socket =>
            {
                socket.Option(Libc.SocketLevel, Libc.ReceiveBufferForce, BufferLength, "SO_RCVBUFFORCE");
                socket.Option(Ipv6Level, ReceivePacketInformation, 1, "IPV6_RECVPKTINFO");
                socket.Option(Ipv6Level, ReceiveTrafficClass, 1, "IPV6_RECVTCLASS");
            }
        );

    /// <summary>Opens a socket that sends from an IPv6 address, in the calling thread's namespace.</summary>
    internal static OuterSocket OpenSender(UInt128 local, byte protocol) =>
        new(
            ModeOf(protocol),
            protocol,
            $"raw socket {protocol}",
            socket =>
            {
                socket.Option(Libc.SocketLevel, SendBufferForce, BufferLength, "SO_SNDBUFFORCE");
                socket.Option(Ipv6Level, UnicastHops, TunnelHeader.HopLimit, "IPV6_UNICAST_HOPS");
                socket.Option(Ipv6Level, AutomaticFlowLabel, 0, "IPV6_AUTOFLOWLABEL");

                // As with the kernel's tunnel devices, the address may be assigned later.
                socket.Option(Ipv6Level, FreeBind, 1, "IPV6_FREEBIND");
                Libc.Bind(socket._socket, TunnelEnds.ToSocketAddress(local), socket._target);

                // The second bind keeps the source address, and the socket receives none of the packets that the receiver gets.
                Libc.Bind(socket._socket, TunnelEnds.ToSocketAddress(_group), socket._target);
            }
        );

    /// <summary>
    /// Opens a socket that receives all outer packets of IPv4 in the calling thread's namespace, and sends those of all tunnels: the
    /// source is given with each packet. While it is open, the kernel does not answer outer packets with an ICMP error.
    /// </summary>
    internal static OuterSocket OpenIpv4(byte protocol) =>
        new(TunnelMode.Ipv4, protocol, $"raw IPv4 socket {protocol}", static socket => socket.SetUpIpv4());

    /// <summary>Opens a socket that sends and receives the datagrams of all tunnels that end at one address and port.</summary>
    /// <param name="isShared">A socket without an address may have the port as well, and gets no datagram meanwhile (socket(7)).</param>
    /// <exception cref="LinuxException">Another socket has the port (EADDRINUSE).</exception>
    internal static OuterSocket OpenUdp(IPAddress local, ushort port, bool isShared) =>
        new(
            TunnelMode.Ipv4Udp,
            Transport.Udp,
            $"UDP port {port} of {local}",
            socket =>
            {
                socket.SetUpIpv4();
                socket.Option(Ipv4Level, ReceiveTypeOfService, 1, "IP_RECVTOS");
                socket.Option(Ipv4Level, Ipv4FreeBind, 1, "IP_FREEBIND");
                socket.JoinReceived();
                if (isShared)
                {
                    socket.Option(Libc.SocketLevel, ReuseAddress, 1, "SO_REUSEADDR");
                    socket.Option(Ipv4Level, Ipv4PacketInformation, 1, "IP_PKTINFO");
                }
                Libc.Bind(socket._socket, TunnelEnds.ToSocketAddress(local, port), socket._target);
            }
        )
        {
            Local = TunnelEnds.ReadIpv4(local.GetAddressBytes()),
            LocalPort = port,
        };

    /// <summary>Sets the fields of outer headers from now on. If the kernel refuses one, the next call tries that one again.</summary>
    internal void Set(OuterHeader header)
    {
        var isIpv6 = IsOverIpv6;
        if (header.TrafficClass != _header.TrafficClass)
        {
            var (level, option) = isIpv6 ? (Ipv6Level, TrafficClass) : (Ipv4Level, TypeOfService);
            Option(level, option, header.TrafficClass, isIpv6 ? "IPV6_TCLASS" : "IP_TOS");
            _header = _header with { TrafficClass = header.TrafficClass };
        }
        if (!isIpv6 && header.DontFragment != _header.DontFragment)
        {
            Option(Ipv4Level, MtuDiscovery, header.DontFragment ? DontFragment : MayFragment, "IP_MTU_DISCOVER");
            _header = _header with { DontFragment = header.DontFragment };
        }
        if (isIpv6 && header.Limit != _header.Limit)
        {
            if (header.Limit is { } limit)
            {
                // The kernel writes the Next Header of its own.
                var options = MemoryMarshal.Read<ulong>(TunnelEncapsulationLimit.Header(limit));
                Libc.SetOption(_socket, Ipv6Level, DestinationOptions, options, "IPV6_DSTOPTS", _target);
            }
            else
            {
                Libc.ClearOption(_socket, Ipv6Level, DestinationOptions, "IPV6_DSTOPTS", _target);
            }
            _header = _header with { Limit = header.Limit };
        }
    }

    public void Dispose()
    {
        _held.Dispose();
        _socket.Dispose();
    }

    private static TunnelMode ModeOf(byte protocol) => protocol == IpProtocol.Esp ? TunnelMode.EspTunnel : TunnelMode.Ipv6;

    private void SetUpIpv4()
    {
        Option(Libc.SocketLevel, Libc.ReceiveBufferForce, BufferLength, "SO_RCVBUFFORCE");
        Option(Libc.SocketLevel, SendBufferForce, BufferLength, "SO_SNDBUFFORCE");
        Option(Ipv4Level, TimeToLive, TunnelHeader.HopLimit, "IP_TTL");
        Option(Ipv4Level, MtuDiscovery, MayFragment, "IP_MTU_DISCOVER");
    }

    /// <summary>Lets the kernel hand over several datagrams of one sender and one length in one buffer (UDP_GRO).</summary>
    private void JoinReceived()
    {
        try
        {
            Option(UdpLevel, UdpReceiveOffload, 1, "UDP_GRO");
        }
        catch (LinuxException)
        {
            // Linux before 5.0 hands over each datagram by itself.
        }
    }

    private void Option(int level, int option, int value, string name) => Libc.SetOption(_socket, level, option, value, name, _target);
}
