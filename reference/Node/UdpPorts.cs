using System.Net;
using Pmip.Linux;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>The UDP ports that the role has opened, in the kernel.</summary>
/// <param name="linkOf">The link of an interface, or that of the path of a tunnel; null if the role does not know the interface.</param>
/// <param name="security">Removes ESP from packets in datagrams; null if the node has no security associations.</param>
/// <param name="isOwn">Whether an address is one of this node.</param>
/// <param name="isIntercepted">Whether a datagram to a port on an interface is taken elsewhere.</param>
internal sealed class UdpPorts(
    IReadOnlyList<NodeLink> links,
    Func<int, NodeLink?> linkOf,
    SecurityAssociationDatabase? security,
    Predicate<IPAddress> isOwn,
    Func<int, ushort, bool> isIntercepted,
    NodeLog log
) : IDisposable
{
    /// <summary>The largest number of datagrams of a socket that are taken at once, so that a flood does not hold up all else.</summary>
    private const int MaximumTaken = 64;

    private readonly Dictionary<ushort, (UdpContent Content, UdpSocket Ipv4, UdpSocket Ipv6)> _ports = [];

    /// <summary>The sources to wait for.</summary>
    public IEnumerable<IReadable> Sources => _ports.Values.SelectMany(port => new IReadable[] { port.Ipv4, port.Ipv6 });

    public bool IsOpen(ushort port) => _ports.ContainsKey(port);

    /// <summary>
    /// Whether tunnels may have a port as well: that of signaling in IPv6 is that of data, too, in the drafts before RFC 5844.
    /// </summary>
    public static bool MayShare(UdpContent content) => content == UdpContent.MobilityHeadersInIpv6;

    /// <inheritdoc cref="MayShare(UdpContent)"/>
    public bool MayShare(ushort port) => !_ports.TryGetValue(port, out var open) || MayShare(open.Content);

    /// <exception cref="LinuxException">Another process has the port.</exception>
    /// <param name="isShared">Tunnels may have the port as well.</param>
    public void Open(ushort port, UdpContent content, bool isShared = false)
    {
        Close(port);
        var ipv4 = UdpSocket.OpenIpv4(port, isShared);
        UdpSocket? ipv6 = null;
        try
        {
            if (content == UdpContent.MobilityHeaders)
            {
                // RFC 5844, Section 4.1.3.2: the UDP checksum is in use, but the kernel takes datagrams without one.
                ipv4.SetFilter(PacketFilter.WithUdpChecksum);
            }
            ipv6 = UdpSocket.OpenIpv6(port);
            foreach (var link in links.Where(_ => port == UdpPort.Dhcpv6Server))
            {
                ipv6.Join(Dhcpv6Groups.AllRelayAgentsAndServers, link.Index);
            }
            _ports.Add(port, (content, ipv4, ipv6));
        }
        catch
        {
            ipv4.Dispose();
            ipv6?.Dispose();
            throw;
        }
    }

    public void Close(ushort port)
    {
        if (_ports.Remove(port, out var open))
        {
            open.Ipv4.Dispose();
            open.Ipv6.Dispose();
        }
    }

    /// <summary>The inputs for datagrams that have arrived on links that are up. The sockets stay readable if there are more.</summary>
    public IReadOnlyList<RoleInput> Take()
    {
        var inputs = new List<RoleInput>();
        foreach (var port in _ports.Values)
        {
            foreach (var socket in (UdpSocket[])[port.Ipv4, port.Ipv6])
            {
                for (var taken = 0; taken < MaximumTaken && socket.TryReceive(out var received); taken++)
                {
                    if (
                        !(socket == port.Ipv4 && isIntercepted(received.LinkIndex, received.Path.DestinationPort))
                        && Read(received) is { } input
                    )
                    {
                        inputs.Add(input);
                    }
                }
            }
        }

        return inputs;
    }

    /// <summary>The input for a datagram to one of the ports; null if its link is down, or if it is not what the port is for.</summary>
    public RoleInput? Read(ReceivedDatagram received)
    {
        // The packet is written again: the kernel has verified its checksums, and does not tell the link-layer source.
        var (path, datagram) = (received.Path, new UdpDatagram(received.Path.SourcePort, received.Path.DestinationPort, received.Payload));
        return Read(path.Wrap(received.Payload), datagram, received.LinkIndex, protection: null);
    }

    /// <inheritdoc cref="Read(ReceivedDatagram)"/>
    /// <param name="protection">The association under which the datagram came; null if there was none.</param>
    public RoleInput? Read(IpPacket packet, UdpDatagram datagram, int linkIndex, SignalProtection? protection)
    {
        if (linkOf(linkIndex) is not { IsUp: true } on || !_ports.TryGetValue(datagram.DestinationPort, out var port))
        {
            return null;
        }
        var input = UdpReception.Read(port.Content, packet, datagram, on.Id, linkLayerSource: null, security, isOwn, protection);
        if (input is null)
        {
            log.Write("DatagramUnexpected", $"{packet.Source} to port {datagram.DestinationPort} on {on.Id}");
        }
        return input;
    }

    public void Dispose()
    {
        foreach (var port in _ports.Keys.ToList())
        {
            Close(port);
        }
    }
}
