using System.Globalization;
using Conformance.TestBeds.Lanes;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Containers;

/// <summary>The nodes of a lane, each a container.</summary>
internal sealed class ContainerNodes : ILaneNodes
{
    private readonly DockerEngine _docker;
    private readonly NetworkNamespace _tester;
    private readonly IReadOnlyList<NodeContainer> _containers;

    /// <exception cref="BedUnavailableException">A container does not start.</exception>
    public ContainerNodes(DockerEngine docker, LaneSetup setup)
    {
        _docker = docker;
        var number = setup.Number.ToString(CultureInfo.InvariantCulture);
        _tester = NetworkNamespace.CreateNamed(ContainerBeds.Prefix, $"{number}-{NamespaceDomain.TesterName}");
        try
        {
            var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            _containers = docker.Start([
                .. setup.Nodes.Select(entry => new ContainerRequest(
                    $"{ContainerBeds.Prefix}-{own}-{number}-{NamespaceDomain.NameOf(entry.Node)}",
                    entry.Node,
                    entry.Process is { } process ? Managed(process).ToJson() : null,
                    [.. entry.Process?.Security?.Associations.Select(known => known.KeyFile) ?? []]
                )),
            ]);
        }
        catch
        {
            _tester.Dispose();
            throw;
        }
    }

    public IutHealth Health => _containers.Any(container => container.HasEnded) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _containers.FirstOrDefault(container => container.HasEnded)?.LastWords;

    public NetworkNamespace NamespaceOf(string name) =>
        name == NamespaceDomain.TesterName
            ? _tester
            : _containers.First(container => NamespaceDomain.NameOf(container.Node) == name).Namespace;

    public bool IsManaged(string node) => _containers.Any(container => container.Node.Name == node && container.HasRole);

    public IPending Manage(string node, DeviceCommand command) =>
        NodeManagement.Start(_containers.First(container => container.Node.Name == node).Management!, command);

    public void Start()
    {
        var roles = _containers.Where(container => container.HasRole).ToList();
        roles.ForEach(container => container.Begin());
        roles.ForEach(container => container.WaitUntilReady());
    }

    public void Dispose()
    {
        try
        {
            _docker.Remove(_containers);
        }
        finally
        {
            _tester.Dispose();
        }
    }

    private static NodeConfiguration Managed(NodeConfiguration process) =>
        process with
        {
            ManagementSocket = NodeContainer.ManagementSocket,
            StateDirectory = process.HasOwnStack ? null : NodeContainer.StateDirectory,
        };
}
