using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>
/// A mobile node with several interfaces, each of which the implementation under test knows by its link-layer address (RFC 5213, Section
/// 5.4).
/// </summary>
/// <param name="LinkLayers">At least two.</param>
public sealed record MultihomedNode(string Identifier, IReadOnlyList<MacAddress> LinkLayers)
{
    /// <summary>
    /// The prefix in the profile of the second interface, which the implementation requests for no other one; null if the profile has none.
    /// </summary>
    public Ipv6Prefix? StaticPrefix { get; init; }
}
