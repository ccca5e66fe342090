namespace Pmip.Protocol.MobileIpv6;

/// <summary>A deadline of a binding of a mobile node.</summary>
/// <param name="Node">The mobile node.</param>
/// <param name="Peer">Where the binding is registered.</param>
/// <param name="Binding">The binding.</param>
public sealed record MobileNodeBindingEvent(MobileNodeState Node, MobileNodePeer Peer, MobileNodeBinding Binding);
