namespace Pmip.Protocol.Stack;

/// <summary>An Ethernet frame that a node puts on a link.</summary>
public sealed record OutgoingFrame(LinkId Link, ReadOnlyMemory<byte> Bytes);
