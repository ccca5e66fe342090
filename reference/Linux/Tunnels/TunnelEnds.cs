using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>The addresses of a tunnel as numbers.</summary>
internal readonly record struct TunnelEnds(UInt128 Local, UInt128 Remote)
{
    internal TunnelEnds(IPAddress local, IPAddress remote)
        : this(ToNumber(local), ToNumber(remote)) { }

    internal static UInt128 Read(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt128BigEndian(address);

    internal static SocketAddress6 ToSocketAddress(UInt128 address)
    {
        var result = new SocketAddress6 { Family = Libc.FamilyInet6 };
        BinaryPrimitives.WriteUInt128BigEndian(result.Address, address);
        return result;
    }

    private static UInt128 ToNumber(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
        }
        Span<byte> octets = stackalloc byte[Octets16.Length];
        address.TryWriteBytes(octets, out _);
        return Read(octets);
    }
}
