namespace Pmip.Wire;

/// <summary>The UDP ports at the two ends of a tunnel.</summary>
public sealed record TunnelPorts(ushort Local, ushort Remote);
