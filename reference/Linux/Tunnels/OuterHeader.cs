namespace Pmip.Linux.Tunnels;

/// <summary>What the outer headers of a tunnel's packets differ in.</summary>
/// <param name="Protocol">The protocol that announces the content: 4, 41, or 44 for a fragment.</param>
/// <param name="DontFragment">Set in an outer header of IPv4.</param>
/// <param name="Limit">The Tunnel Encapsulation Limit of an outer packet of IPv6; null if it has none.</param>
internal readonly record struct OuterHeader(byte Protocol, byte TrafficClass, bool DontFragment, byte? Limit);
