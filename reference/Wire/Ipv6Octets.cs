using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>IPv6 addresses as sixteen octets.</summary>
internal static class Ipv6Octets
{
    internal const int Length = 16;

    /// <summary>
    /// The address without its scope, which is local to the host and not transmitted.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not an IPv6 address.</exception>
    internal static IPAddress Require(IPAddress address)
    {
        RequireFamily(address);
        return address.ScopeId == 0 ? address : new IPAddress(address.GetAddressBytes());
    }

    internal static IPAddress Read(ReadOnlySpan<byte> source) => new(source[..Length]);

    /// <exception cref="ArgumentException">The address is not an IPv6 address.</exception>
    internal static void Write(IPAddress address, Span<byte> destination)
    {
        RequireFamily(address);
        address.TryWriteBytes(destination, out _);
    }

    internal static UInt128 ToInteger(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Length];
        Write(address, octets);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    internal static IPAddress FromInteger(UInt128 value)
    {
        Span<byte> octets = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(octets, value);
        return new IPAddress(octets);
    }

    private static void RequireFamily(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
        }
    }
}
