using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A raw socket of protocol 41. The kernel routes, fragments and protects sent packets like all packets of this node. It reassembles
/// received packets and removes their extension headers, so that a Tunnel Encapsulation Limit option is accepted.
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

    /// <summary>RFC 2473, Section 6.3: set independently of the inner hop limit; the default of packets that a router originates.</summary>
    private const int HopLimit = 64;

    /// <summary>asm-generic/socket.h.</summary>
    private const int SendBufferForce = 32;

    /// <summary>Space for some thousand packets of the usual length.</summary>
    private const int BufferLength = 16 * 1024 * 1024;

    private const string Target = "raw socket 41";

    /// <summary>A group to which no packet of a tunnel is addressed.</summary>
    private static readonly UInt128 _group = new(0xff0e_0000_0000_0000, 0);

    private readonly FileDescriptor _socket;
    private readonly FileDescriptor.Held _held;
    private OuterHeader _header;

    private OuterSocket(Action<FileDescriptor> setUp)
    {
        _socket = Libc.OpenSocket(Libc.FamilyInet6, Libc.RawSocket | Libc.NonBlockingSocket, IpProtocol.Ipv6, Target);
        try
        {
            setUp(_socket);
            _held = _socket.Hold();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    internal int Descriptor => _held.Number;

    /// <summary>
    /// Opens a socket that receives all outer packets in the calling thread's namespace. While it is open, the kernel does not answer
    /// them with an ICMPv6 error, unless the kernel has tunnel devices (module tunnel6).
    /// </summary>
    internal static OuterSocket OpenReceiver() =>
        new(static socket =>
        {
            Libc.SetOption(socket, Libc.SocketLevel, Libc.ReceiveBufferForce, BufferLength, "SO_RCVBUFFORCE", Target);
            Libc.SetOption(socket, Ipv6Level, ReceivePacketInformation, 1, "IPV6_RECVPKTINFO", Target);
            Libc.SetOption(socket, Ipv6Level, ReceiveTrafficClass, 1, "IPV6_RECVTCLASS", Target);
        });

    /// <summary>Opens a socket that sends from an address, in the calling thread's namespace.</summary>
    internal static OuterSocket OpenSender(UInt128 local) =>
        new(socket =>
        {
            Libc.SetOption(socket, Libc.SocketLevel, SendBufferForce, BufferLength, "SO_SNDBUFFORCE", Target);
            Libc.SetOption(socket, Ipv6Level, UnicastHops, HopLimit, "IPV6_UNICAST_HOPS", Target);
            Libc.SetOption(socket, Ipv6Level, AutomaticFlowLabel, 0, "IPV6_AUTOFLOWLABEL", Target);

            // As with the kernel's tunnel devices, the address may be assigned later.
            Libc.SetOption(socket, Ipv6Level, FreeBind, 1, "IPV6_FREEBIND", Target);
            Libc.Bind(socket, TunnelEnds.ToSocketAddress(local), Target);

            // The second bind keeps the source address, and the socket receives none of the packets that the receiver gets.
            Libc.Bind(socket, TunnelEnds.ToSocketAddress(_group), Target);
        });

    /// <summary>Sets the fields of outer headers from now on. If the kernel refuses one, the next call tries that one again.</summary>
    internal void Set(OuterHeader header)
    {
        if (header.TrafficClass != _header.TrafficClass)
        {
            Libc.SetOption(_socket, Ipv6Level, TrafficClass, (int)header.TrafficClass, "IPV6_TCLASS", Target);
            _header = _header with { TrafficClass = header.TrafficClass };
        }
        if (header.Limit != _header.Limit)
        {
            if (header.Limit is { } limit)
            {
                // The kernel writes the Next Header of its own.
                var options = MemoryMarshal.Read<ulong>(TunnelEncapsulationLimit.Header(limit));
                Libc.SetOption(_socket, Ipv6Level, DestinationOptions, options, "IPV6_DSTOPTS", Target);
            }
            else
            {
                Libc.ClearOption(_socket, Ipv6Level, DestinationOptions, "IPV6_DSTOPTS", Target);
            }
            _header = _header with { Limit = header.Limit };
        }
    }

    public void Dispose()
    {
        _held.Dispose();
        _socket.Dispose();
    }
}
