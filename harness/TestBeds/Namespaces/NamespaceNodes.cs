using System.Globalization;
using Conformance.TestBeds.Lanes;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Linux;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Namespaces;

/// <summary>The nodes of a lane, each a process in a network namespace of its own.</summary>
internal sealed class NamespaceNodes(LaneSetup setup) : ILaneNodes
{
    private readonly Dictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly List<NodeProcess> _processes = [];
    private readonly Lazy<DirectoryInfo> _directory = new(() => Directory.CreateTempSubdirectory("pmip-lane-"));

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

    public bool IsManaged(string node) => setup.Nodes.Any(known => known.Node.Name == node && known.Process is not null);

    public IPending Manage(string node, DeviceCommand command) => NodeManagement.Start(ManagementOf(node), command);

    public void Start()
    {
        foreach (var (node, process) in setup.Nodes)
        {
            if (process is not null)
            {
                _processes.Add(NodeProcess.Start(_namespaces[NamespaceDomain.NameOf(node)], Managed(node, process)));
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
        if (_directory.IsValueCreated)
        {
            _directory.Value.Delete(recursive: true);
        }
    }

    private string ManagementOf(string node) => Path.Combine(_directory.Value.FullName, $"{node}.sock");

    private NodeConfiguration Managed(DomainNode node, NodeConfiguration process) =>
        process with
        {
            ManagementSocket = ManagementOf(node.Name),
            StateDirectory = process.HasOwnStack ? null : _directory.Value.FullName,
            Security = process.Security is { } security ? ReferenceKeys.CopyTo(_directory.Value.FullName, security) : null,
        };
}
