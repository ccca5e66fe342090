using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnels of this node, each with an interface. Packets of both families that are routed into the interface leave encapsulated. Only
/// packets from the remote end to the local end arrive on the interface, without their outer headers.
/// </summary>
public interface ITunnelDevices : IDisposable
{
    /// <summary>The data path and the reason for its choice, for the log.</summary>
    string Description { get; }

    /// <summary>
    /// Whether a tunnel may end at a UDP port that is open for messages to this node: its <see cref="TunnelMessages"/> get them.
    /// </summary>
    bool SharesPorts => false;

    /// <summary>Creates the tunnel between two addresses; the local one is this node's.</summary>
    /// <param name="pathMtu">
    /// The largest outer packet for the path to the remote end, in octets; at least 68. What does not fit into the tunnel is answered with
    /// Packet Too Big or Fragmentation Needed; packets of IPv6 up to 1280 octets always fit.
    /// </param>
    /// <returns>The index of the tunnel's interface, which is up and running, and has no address.</returns>
    /// <exception cref="ArgumentException">The tunnel exists already.</exception>
    /// <exception cref="NotSupportedException">There are no tunnels of this mode.</exception>
    /// <exception cref="LinuxException">The kernel refuses the tunnel, for example because its UDP port is in use.</exception>
    int Add(Tunnel tunnel, int pathMtu);

    /// <summary>Changes the path MTU of a tunnel. Does nothing if there is no such tunnel.</summary>
    /// <inheritdoc cref="Add" path="/param[@name='pathMtu']"/>
    void SetPathMtu(Tunnel tunnel, int pathMtu);

    /// <summary>
    /// Whether this program carries the packets of a tunnel, and not the kernel. Then a route of IPv4 into the tunnel has
    /// <see cref="TunnelMtu.OfIpv4Route"/>, and the errors from inside the tunnel are left to the caller.
    /// </summary>
    bool IsOfProgram(Tunnel tunnel) => false;

    /// <summary>Removes a tunnel and its interface. Does nothing if there is no such tunnel.</summary>
    void Remove(Tunnel tunnel);
}
