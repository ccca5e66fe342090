using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>A Mobility Header and its transport, as a value.</summary>
public sealed record Signaled(SignalingTransport Transport, OctetString MobilityHeader);
