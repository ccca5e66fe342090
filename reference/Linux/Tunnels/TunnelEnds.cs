using System.Buffers.Binary;
using System.Net;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A tunnel as numbers, to find it for a packet. IPv4 addresses are those of IPv6 to which they are mapped (RFC 4291, Section 2.5.5.2).
/// </summary>
/// <param name="LocalPort">Zero without UDP, as <paramref name="RemotePort"/>.</param>
internal readonly record struct TunnelEnds(TunnelMode Mode, UInt128 Local, UInt128 Remote, ushort LocalPort = 0, ushort RemotePort = 0)
{
    /// <summary>The first 96 bits of a mapped address.</summary>
    private static readonly UInt128 _mapped = new(0, 0xffff_0000_0000);

    internal TunnelEnds(Tunnel tunnel)
        : this(tunnel.Mode, ToNumber(tunnel.Local), ToNumber(tunnel.Remote), tunnel.Ports?.Local ?? 0, tunnel.Ports?.Remote ?? 0) { }

    internal static UInt128 Read(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt128BigEndian(address);

    internal static UInt128 ReadIpv4(ReadOnlySpan<byte> address) => _mapped | BinaryPrimitives.ReadUInt32BigEndian(address);

    internal static SocketAddress6 ToSocketAddress(UInt128 address)
    {
        var result = new SocketAddress6 { Family = Libc.FamilyInet6 };
        BinaryPrimitives.WriteUInt128BigEndian(result.Address, address);
        return result;
    }

    /// <summary>The address to which an IPv4 socket sends.</summary>
    internal static SocketAddress4 ToSocketAddress(IPAddress address, ushort port) =>
        new()
        {
            Family = Libc.FamilyInet,
            Port = BinaryPrimitives.ReverseEndianness(port),
            Address = SocketAddress4.ToOctets(address),
        };

    internal static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Octets16.Length];
        address.MapToIPv6().TryWriteBytes(octets, out _);
        return Read(octets);
    }
}
