using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The interface and frame in which a packet arrived. For a packet from a tunnel, the link-layer source is null.</summary>
internal sealed record Arrival(NodeInterface On, MacAddress? LinkLayerSource = null, bool LinkLayerMulticast = false);
