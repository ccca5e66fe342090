using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>struct sockaddr_in. The port of a raw socket is 0.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct SocketAddress4
{
    internal ushort Family;
    internal ushort Port;
    internal uint Address;

    /// <summary>The octets of an address, in memory in the order of the network.</summary>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    internal static uint ToOctets(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? MemoryMarshal.Read<uint>(address.GetAddressBytes())
            : throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
}

/// <summary>struct in_pktinfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ipv4PacketInformation
{
    internal int LinkIndex;
    internal uint LocalAddress;
    internal uint Destination;
}
