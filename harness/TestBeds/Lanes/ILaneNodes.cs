using Conformance.TestBeds.Wired;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>What the nodes of a lane run in. This, and nothing else, differs between the beds that have lanes.</summary>
internal interface ILaneNodes : IImplementationUnderTest, IDisposable
{
    /// <summary>The namespace of a node, or of the tester.</summary>
    /// <param name="name">The name in lower case.</param>
    NetworkNamespace NamespaceOf(string name);

    /// <summary>The management socket of a node's role, as this process reaches it; null if the node has no role.</summary>
    string? ManagementOf(string node);

    /// <summary>Starts the roles of the nodes, which are wired now, and waits until they are ready.</summary>
    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    void Start();
}
