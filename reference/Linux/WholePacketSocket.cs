using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// Sends packets of either family with the IP headers and extension headers that the caller has written: raw(7), IPPROTO_RAW. The kernel
/// routes them. It does not fragment them, and fills in the checksum of an IPv4 header, and its identification and source if they are
/// zero.
/// </summary>
public sealed class WholePacketSocket : IDisposable
{
    private const int RawProtocol = 255;

    /// <summary>linux/in.h: IPPROTO_IP, IP_PKTINFO; linux/in6.h: IPPROTO_IPV6, IPV6_PKTINFO; asm-generic/socket.h: SO_BROADCAST.</summary>
    private const int Ipv4Level = 0,
        Ipv4PacketInformationMessage = 8,
        Ipv6Level = 41,
        Ipv6PacketInformationMessage = 50,
        Broadcast = 6;

    private const string Target = "raw socket for whole packets";

    private readonly FileDescriptor _ipv6;
    private readonly FileDescriptor _ipv4;

    private WholePacketSocket(FileDescriptor ipv6, FileDescriptor ipv4) => (_ipv6, _ipv4) = (ipv6, ipv4);

    /// <summary>Opens the sockets in the calling thread's namespace.</summary>
    public static WholePacketSocket Open()
    {
        var ipv6 = Libc.OpenSocket(Libc.FamilyInet6, Libc.RawSocket, RawProtocol, Target);
        FileDescriptor? ipv4 = null;
        try
        {
            ipv4 = Libc.OpenSocket(Libc.FamilyInet, Libc.RawSocket, RawProtocol, Target);
            Libc.SetOption(ipv4, Libc.SocketLevel, Broadcast, 1, "SO_BROADCAST", Target);
            return new WholePacketSocket(ipv6, ipv4);
        }
        catch
        {
            ipv6.Dispose();
            ipv4?.Dispose();
            throw;
        }
    }

    /// <summary>Sends a packet to its destination; waits for buffer space.</summary>
    /// <param name="linkIndex">The outgoing interface; required for link-local destinations and multicast groups.</param>
    /// <exception cref="LinuxException">There is no route (ENETUNREACH), the packet is too long (EMSGSIZE), and so on.</exception>
    public void Send(IpPacket packet, int? linkIndex = null)
    {
        var control = new ControlWriter(stackalloc byte[64]);
        var target = $"packet to {packet.Destination}";
        if (packet is Ipv6Packet)
        {
            var destination = new Octets16();
            packet.Destination.TryWriteBytes(destination, out _);
            var address = new SocketAddress6
            {
                Family = Libc.FamilyInet6,
                Address = destination,
                Scope = packet.Destination is { IsIPv6LinkLocal: true } or { IsIPv6Multicast: true } ? (uint)(linkIndex ?? 0) : 0,
            };
            if (linkIndex is { } link)
            {
                control.Add(Ipv6Level, Ipv6PacketInformationMessage, new AddressOnLink { LinkIndex = link });
            }
            Libc.Send(_ipv6, address, packet.ToBytes(), control.Written, target);
        }
        else
        {
            var address = new SocketAddress4 { Family = Libc.FamilyInet, Address = SocketAddress4.ToOctets(packet.Destination) };
            if (linkIndex is { } link)
            {
                control.Add(Ipv4Level, Ipv4PacketInformationMessage, new Ipv4PacketInformation { LinkIndex = link });
            }
            Libc.Send(_ipv4, address, packet.ToBytes(), control.Written, target);
        }
    }

    public void Dispose()
    {
        _ipv6.Dispose();
        _ipv4.Dispose();
    }
}
