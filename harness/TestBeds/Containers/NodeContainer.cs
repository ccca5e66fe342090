using System.Globalization;
using Conformance.Testing.Domains;
using Pmip.Linux;

namespace Conformance.TestBeds.Containers;

/// <summary>
/// A started container. Its role waits until the links are there (<c>containers/pmip-start</c>); a host has a program that only waits.
/// </summary>
internal sealed class NodeContainer : IDisposable
{
    /// <summary>In the container.</summary>
    public const string ManagementSocket = "/run/pmip-node.sock",
        StateDirectory = "/run/pmip-state";

    private static readonly TimeSpan _startsWithin = TimeSpan.FromSeconds(20);

    private readonly ProcessWatch _process;
    private readonly WakeUp _ready;
    private readonly Lazy<string> _lastWords;
    private FileStream? _gate;

    /// <param name="id">The container's name for Docker.</param>
    /// <param name="process">The ID of its first process, outside of it.</param>
    /// <param name="ready">Set when the role says that it is ready.</param>
    /// <param name="end">Asks Docker how the container has ended: its exit code and its log.</param>
    /// <exception cref="LinuxException">The container has ended.</exception>
    public NodeContainer(ContainerRequest request, string id, int process, WakeUp ready, Func<string> end)
    {
        (Node, HasRole, Id, _ready) = (request.Node, request.Configuration is not null, id, ready);
        _lastWords = new Lazy<string>(() => $"{Node.Name} {end()}");
        _process = new ProcessWatch(process);
        Namespace = NetworkNamespace.OfProcess(process);

        // Docker disables IPv6 in a container that has no Docker network.
        Namespace.Run(() => Sysctl.Write("net/ipv6/conf/all/disable_ipv6", "0"));
        SchedulingPriority.Raise(process);
    }

    public DomainNode Node { get; }

    public string Id { get; }

    /// <summary>True for a node with <c>pmip-node</c>, false for a host.</summary>
    public bool HasRole { get; }

    public NetworkNamespace Namespace { get; }

    /// <summary>The management socket of the role, as this process reaches it; null for a host.</summary>
    public string? Management =>
        HasRole ? string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/root{ManagementSocket}") : null;

    public bool HasEnded => _process.HasEnded;

    /// <summary>How the container ended, which it must have.</summary>
    public string LastWords => _lastWords.Value;

    /// <summary>Lets the role start.</summary>
    public void Begin()
    {
        try
        {
            // Open for reading too, so that opening does not wait for the container, which reads the octet whenever it comes to it.
            _gate = new FileStream(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/root/run/pmip-start"),
                FileMode.Open,
                FileAccess.ReadWrite
            );
            _gate.Write("\n"u8);
            _gate.Flush();
        }
        catch (IOException e)
        {
            throw new BedUnavailableException($"{Node.Name} cannot be started in its container: {e.Message}", e);
        }
    }

    /// <exception cref="BedUnavailableException">The role did not become ready.</exception>
    public void WaitUntilReady()
    {
        if (!Readiness.Wait<IReadable>([_ready, _process], KernelTime.Now + _startsWithin).Contains(_ready))
        {
            throw new BedUnavailableException($"{Node.Name} did not become ready: {(HasEnded ? LastWords : "it still starts")}");
        }

        _gate?.Dispose();
        _gate = null;
    }

    public void Dispose()
    {
        _gate?.Dispose();
        Namespace.Dispose();
        _process.Dispose();
        _ready.Dispose();
    }
}
