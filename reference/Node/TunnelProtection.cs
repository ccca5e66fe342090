using System.Net;
using Pmip.Linux.Tunnels;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>The security associations of a node for its tunnels.</summary>
internal sealed class TunnelProtection(SecurityAssociationDatabase security) : ITunnelProtection
{
    public byte[]? Seal(IPAddress peer, byte protocol, ReadOnlyMemory<byte> packet) => security.Seal(peer, protocol, packet);

    /// <summary>Signals, which have other associations, are not for tunnels.</summary>
    public EspPacket? Open(IPAddress peer, IPAddress local, ReadOnlyMemory<byte> esp) =>
        security.IsOfTunnel(local, esp.Span)
        && security.TryOpen(peer, local, esp, out var opened, out var association)
        && association.Peer.Equals(peer)
            ? opened
            : null;
}
