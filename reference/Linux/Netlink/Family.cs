using System.Net;
using System.Net.Sockets;
using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>Address families as the kernel numbers them.</summary>
internal static class Family
{
    internal static byte Of(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)Libc.FamilyInet6 : (byte)Libc.FamilyInet;

    internal static bool IsInternet(byte family) => family is Libc.FamilyInet or Libc.FamilyInet6;

    /// <summary>The unspecified address: 0.0.0.0 or ::.</summary>
    internal static IPAddress Any(byte family) => family == Libc.FamilyInet6 ? IPAddress.IPv6Any : IPAddress.Any;
}
