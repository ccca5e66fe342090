using System.Net;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// IPv6-in-IPv6 tunnels (RFC 2473) of this node, each with an interface. Packets routed into the interface leave encapsulated. Only
/// packets from the remote end to the local end arrive on the interface, without their outer header.
/// </summary>
public interface ITunnelDevices : IDisposable
{
    /// <summary>The data path and the reason for its choice, for the log.</summary>
    string Description { get; }

    /// <summary>Creates the tunnel between two addresses; the local one is this node's.</summary>
    /// <param name="mtu">
    /// The maximum length of a packet inside the tunnel; the kernel answers a longer packet with Packet Too Big. At least 1280.
    /// </param>
    /// <returns>The index of the tunnel's interface, which is up and running, and has no address.</returns>
    /// <exception cref="ArgumentException">The tunnel exists already.</exception>
    int Add(IPAddress local, IPAddress remote, int mtu);

    /// <summary>Removes a tunnel and its interface. Does nothing if there is no such tunnel.</summary>
    void Remove(IPAddress local, IPAddress remote);
}
