namespace Pmip.Linux.Tunnels;

/// <summary>What the outer headers of a tunnel's packets differ in.</summary>
/// <param name="Limit">The Tunnel Encapsulation Limit of the outer packet; null if it has none.</param>
internal readonly record struct OuterHeader(byte TrafficClass, byte? Limit);
