namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The state of a local mobility anchor at one moment.</summary>
/// <param name="Bindings">The Binding Cache, oldest session first.</param>
public sealed record AnchorSnapshot(IReadOnlyList<BindingCacheEntry> Bindings);
