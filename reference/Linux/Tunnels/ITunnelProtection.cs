using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Adds ESP to the packets of tunnels and removes it. The threads of both directions use it.</summary>
public interface ITunnelProtection
{
    /// <summary>A packet under ESP for the other end of a tunnel, from the SPI on; null if it cannot be protected.</summary>
    /// <param name="protocol">The protocol of the packet, 4 or 41.</param>
    byte[]? Seal(IPAddress remote, byte protocol, ReadOnlyMemory<byte> packet);

    /// <summary>The packet that comes under ESP from the other end of a tunnel; null if it is not one, or not authentic.</summary>
    /// <param name="esp">From the SPI on.</param>
    EspPacket? Open(IPAddress remote, IPAddress local, ReadOnlyMemory<byte> esp);
}
