using Pmip.Linux;

namespace Pmip.Node;

/// <summary>Runs a node in the calling thread's namespace, and reverts all its changes when it is disposed of.</summary>
internal interface INodeHost : IDisposable
{
    /// <summary>Starts the role.</summary>
    void Start();

    /// <summary>Runs the node until one of the sources is ready, and returns that source.</summary>
    IReadable Run(params IReadOnlyList<IReadable> until);
}
