using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Adds ESP to the packets of tunnels and removes it. The threads of both directions use it.</summary>
public interface ITunnelProtection
{
    /// <summary>A packet under ESP for the other end of a tunnel, from the SPI on; null if it cannot be protected.</summary>
    /// <param name="peer">The peer of the association of the tunnel (<see cref="Tunnel.SecurityPeer"/>).</param>
    /// <param name="protocol">The protocol of the packet, 4 or 41.</param>
    byte[]? Seal(IPAddress peer, byte protocol, ReadOnlyMemory<byte> packet);

    /// <summary>
    /// The packet that comes under ESP from the other end of a tunnel; null if it is not one, not authentic, or not under the association
    /// of the tunnel.
    /// </summary>
    /// <param name="peer">The peer of the association of the tunnel.</param>
    /// <param name="esp">From the SPI on.</param>
    EspPacket? Open(IPAddress peer, IPAddress local, ReadOnlyMemory<byte> esp);
}
