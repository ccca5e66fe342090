using System.Net;
using Pmip.Linux.Tunnels;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>The security associations of a node for its tunnels.</summary>
internal sealed class TunnelProtection(SecurityAssociationDatabase security) : ITunnelProtection
{
    public byte[]? Seal(IPAddress remote, byte protocol, ReadOnlyMemory<byte> packet) => security.Seal(remote, protocol, packet);

    /// <summary>Signals, which have other associations, are not for tunnels.</summary>
    public EspPacket? Open(IPAddress remote, IPAddress local, ReadOnlyMemory<byte> esp) =>
        security.IsOfTunnel(local, esp.Span) && security.TryOpen(remote, local, esp, out var opened, out _) ? opened : null;
}
