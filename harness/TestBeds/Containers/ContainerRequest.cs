using Conformance.Testing.Domains;

namespace Conformance.TestBeds.Containers;

/// <summary>A container to start.</summary>
/// <param name="Name">Its name in Docker.</param>
/// <param name="Configuration">The configuration file of its <c>pmip-node</c>; null for a host.</param>
/// <param name="KeyFiles">The files with the node's keys, which its configuration expects in its own directory.</param>
internal sealed record ContainerRequest(string Name, DomainNode Node, string? Configuration, IReadOnlyList<string> KeyFiles);
