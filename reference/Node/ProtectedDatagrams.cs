using Pmip.Linux;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The datagrams of IPv4 that arrive under ESP, between IPv4 and UDP. They are messages to the role: packets of tunnels over IPv4 are not
/// under ESP. Whatever is wrong with one, it is dropped silently.
/// </summary>
internal sealed class ProtectedDatagrams(SecurityAssociationDatabase security, UdpPorts ports, NodeLog log) : IDisposable
{
    /// <summary>The largest number of packets that are taken at once, so that a flood does not hold up all else.</summary>
    private const int MaximumTaken = 64;

    private readonly Ipv4RawSocket _socket = Ipv4RawSocket.Open(IpProtocol.Esp);

    /// <summary>The sources to wait for.</summary>
    public IEnumerable<IReadable> Sources => [_socket];

    /// <summary>The inputs for datagrams that have arrived. The socket stays readable if there are more.</summary>
    public IReadOnlyList<RoleInput> Take()
    {
        var inputs = new List<RoleInput>();
        for (var taken = 0; taken < MaximumTaken && _socket.TryReceive(out var received); taken++)
        {
            var packet = new Ipv4Packet(received.Source, received.Destination, IpProtocol.Esp, received.Payload);
            if (
                security.Unprotect(packet, out var protection) is { } plain
                && UdpDatagram.TryParse(plain.Payload, out var datagram, out _)
                && HasValidChecksum(plain)
                && ports.Read(plain, datagram, received.LinkIndex, protection) is { } input
            )
            {
                inputs.Add(input);
            }
        }
        return inputs;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>As the kernel does for datagrams without ESP.</summary>
    private bool HasValidChecksum(Ipv4Packet packet)
    {
        var isValid = UdpDatagram.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span);
        if (!isValid)
        {
            log.Write("UdpChecksum", $"{packet.Source} to {packet.Destination}");
        }
        return isValid;
    }
}
