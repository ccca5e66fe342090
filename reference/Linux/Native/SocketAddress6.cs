using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>struct sockaddr_in6. The port of a raw socket is 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddress6
{
    internal ushort Family;
    internal ushort Port;
    internal uint FlowInformation;
    internal Octets16 Address;
    internal uint Scope;
}

/// <summary>struct in6_pktinfo; struct ipv6_mreq has the same layout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressOnLink
{
    internal Octets16 Address;
    internal int LinkIndex;
}
