using System.Globalization;
using Conformance.TestBeds.Lanes;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Namespaces;

/// <summary>The nodes of a lane, each a process in a network namespace of its own.</summary>
internal sealed class NamespaceNodes(LaneSetup setup) : ILaneNodes
{
    private readonly Dictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly List<NodeProcess> _processes = [];

    public IutHealth Health => _processes.Exists(node => node.Health == IutHealth.Crashed) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _processes.Select(node => node.Crash).FirstOrDefault(crash => crash is not null);

    public NetworkNamespace NamespaceOf(string name)
    {
        var created = NetworkNamespace.CreateNamed(
            NamespaceBeds.Prefix,
            string.Create(CultureInfo.InvariantCulture, $"{setup.Number}-{name}")
        );
        _namespaces.Add(name, created);
        return created;
    }

    public void Start()
    {
        foreach (var (node, process) in setup.Nodes)
        {
            if (process is not null)
            {
                _processes.Add(NodeProcess.Start(_namespaces[NamespaceDomain.NameOf(node)], process));
            }
        }
    }

    public void Dispose()
    {
        _processes.ForEach(node => node.Dispose());
        foreach (var created in _namespaces.Values)
        {
            created.Dispose();
        }
    }
}
