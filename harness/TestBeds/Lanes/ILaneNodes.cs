using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>What the nodes of a lane run in. This, and nothing else, differs between the beds that have lanes.</summary>
internal interface ILaneNodes : IImplementationUnderTest, IDisposable
{
    /// <summary>The nodes that have another kernel than this one, which have no namespace here; null if there are none.</summary>
    IGuestEnds? Guests => null;

    /// <summary>The namespace of a node with this kernel, or of the tester.</summary>
    /// <param name="name">The name in lower case.</param>
    NetworkNamespace NamespaceOf(string name);

    /// <summary>Whether a node has a role, which takes commands.</summary>
    bool IsManaged(string node);

    /// <summary>Gives a command to the role of a node, which has one.</summary>
    IPending Manage(string node, DeviceCommand command);

    /// <summary>Starts the roles of the nodes, which are wired now, and waits until they are ready.</summary>
    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    void Start();
}
