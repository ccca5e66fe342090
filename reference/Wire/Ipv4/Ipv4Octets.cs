using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>IPv4 addresses as four octets.</summary>
internal static class Ipv4Octets
{
    internal const int Length = 4;

    /// <summary>Returns the address if it is an IPv4 address.</summary>
    /// <exception cref="ArgumentException">The address is not an IPv4 address.</exception>
    internal static IPAddress Require(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? address
            : throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
    }

    internal static IPAddress Read(ReadOnlySpan<byte> source) => new(source[..Length]);

    internal static void Write(IPAddress address, Span<byte> destination) => Require(address).TryWriteBytes(destination, out _);
}
