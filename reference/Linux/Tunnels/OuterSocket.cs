using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// The outer packets of all tunnels: a raw socket of protocol 41. The kernel reassembles them, takes their extension headers
/// off, so that a Tunnel Encapsulation Limit option is accepted, and fragments those to send if their path wants it.
/// </summary>
internal sealed class OuterSocket : IDisposable
{
    /// <summary>linux/in6.h.</summary>
    internal const int Ipv6Level = 41, HopLimitMessage = 52, PacketInformation = 50, TrafficClassMessage = 67;
    private const int UnicastHops = 16, ReceivePacketInformation = 49, ReceiveTrafficClass = 66;

    /// <summary>RFC 2473, Section 6.3: set independently of the inner hop limit; the default of a router's own packets.</summary>
    private const int HopLimit = 64;

    /// <summary>asm-generic/socket.h.</summary>
    private const int SendBufferForce = 32;

    /// <summary>Some thousand packets of the usual length.</summary>
    private const int BufferLength = 16 * 1024 * 1024;

    private const string Target = "raw socket 41";

    private readonly FileDescriptor _socket;
    private readonly FileDescriptor.Held _held;

    /// <summary>In the calling thread's namespace.</summary>
    internal OuterSocket()
    {
        _socket = Libc.OpenSocket(Libc.FamilyInet6, Libc.RawSocket | Libc.NonBlockingSocket, IpProtocol.Ipv6, Target);
        try
        {
            Libc.SetOption(_socket, Libc.SocketLevel, Libc.ReceiveBufferForce, BufferLength, "SO_RCVBUFFORCE", Target);
            Libc.SetOption(_socket, Libc.SocketLevel, SendBufferForce, BufferLength, "SO_SNDBUFFORCE", Target);
            Libc.SetOption(_socket, Ipv6Level, ReceivePacketInformation, 1, "IPV6_RECVPKTINFO", Target);
            Libc.SetOption(_socket, Ipv6Level, ReceiveTrafficClass, 1, "IPV6_RECVTCLASS", Target);
            Libc.SetOption(_socket, Ipv6Level, UnicastHops, HopLimit, "IPV6_UNICAST_HOPS", Target);
            _held = _socket.Hold();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    internal int Descriptor => _held.Number;

    public void Dispose()
    {
        _held.Dispose();
        _socket.Dispose();
    }
}
