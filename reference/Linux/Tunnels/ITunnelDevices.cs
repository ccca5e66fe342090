using System.Net;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// IPv6-in-IPv6 tunnels (RFC 2473) of this node, each an interface: what is routed into it leaves encapsulated, and only what
/// comes from the remote end to the local one comes in by it, without its outer header.
/// </summary>
public interface ITunnelDevices : IDisposable
{
    /// <summary>Which data path it is, and why not another: for the log.</summary>
    string Description { get; }

    /// <summary>Makes the tunnel between two addresses; the local one is this node's.</summary>
    /// <param name="mtu">The longest packet that goes in; the kernel answers a longer one with Packet Too Big. At least 1280.</param>
    /// <returns>The index of its interface, which is up and running, and has no address.</returns>
    /// <exception cref="ArgumentException">There is such a tunnel already.</exception>
    int Add(IPAddress local, IPAddress remote, int mtu);

    /// <summary>Removes a tunnel and its interface. Nothing is left to do if there is none.</summary>
    void Remove(IPAddress local, IPAddress remote);
}
