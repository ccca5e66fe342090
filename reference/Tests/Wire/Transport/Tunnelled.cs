using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>An inner packet and its tunnel, as a value.</summary>
public sealed record Tunnelled(Encapsulation Encapsulation, OctetString Inner);
