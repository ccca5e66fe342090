namespace Pmip.Protocol.Security;

/// <summary>What ESP protects, RFC 4301, Section 3.2.</summary>
public enum EspMode
{
    /// <summary>The upper layer of a packet of this node: here always a Mobility Header.</summary>
    Transport,

    /// <summary>A whole packet, which a tunnel carries.</summary>
    Tunnel,
}
