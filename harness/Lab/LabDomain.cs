using System.Collections.Concurrent;
using Conformance.TestBeds;
using Conformance.TestBeds.Lanes;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;

namespace Conformance.Lab;

/// <summary>A domain of namespaces and nodes; <see cref="Dispose"/> removes all of them.</summary>
internal sealed class LabDomain : IDisposable
{
    private static readonly TimeSpan _programsEndWithin = TimeSpan.FromSeconds(2);

    private readonly LabName _name;
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly List<NodeProcess> _processes = [];
    private readonly List<NodeManagement> _managements = [];
    private readonly ConcurrentQueue<(string Node, string Line)> _log = new();
    private NamespaceDomain? _domain;
    private LabTaps? _taps;
    private MobileHost? _mobile;

    private LabDomain(LabName name, LabNodes nodes) => (_name, Nodes) = (name, nodes);

    public LabNodes Nodes { get; }

    /// <summary>Signals that a node has written a line to its log.</summary>
    public WakeUp Logged { get; } = new();

    public LabTaps Taps => _taps!;

    public MobileHost Mobile => _mobile!;

    public IReadOnlyList<NodeManagement> Managements => _managements;

    /// <summary>
    /// The access links of the mobile node, in their order; none if it is detached. Without a home address it has one at most.
    /// </summary>
    public IReadOnlyList<string> AttachedLinks { get; private set; } = [];

    /// <summary>The packets of the mobile node on its links.</summary>
    public LabFlows Flows { get; } = new();

    /// <exception cref="BedUnavailableException">A node cannot be started.</exception>
    /// <exception cref="LinuxException">A system call failed.</exception>
    public static LabDomain Start(LabName name, LabNodes nodes, LabOptions options, int seed)
    {
        NodeProgram.Prepare();
        var domain = new LabDomain(name, nodes);
        try
        {
            domain.Start(options, seed);
            return domain;
        }
        catch
        {
            domain.Dispose();
            throw;
        }
    }

    /// <summary>The network namespace of a node, usable with <c>ip netns exec</c>.</summary>
    public string NamespaceOf(string node) => _domain!.Find(node)!.Name!;

    public NodeManagement Find(string node) => _managements.First(management => management.Node == node);

    /// <summary>Every node that has not ended has reported a state of this time or later.</summary>
    public bool IsKnownSince(KernelTime time) => _managements.TrueForAll(node => !node.IsOpen || node.StateSince >= time);

    /// <summary>Attaches the mobile node to these access links, and to no others.</summary>
    /// <param name="links">At most one for a mobile node without a home address.</param>
    public void Attach(IReadOnlyList<string> links)
    {
        if (Nodes.Home is null)
        {
            _domain!.Detach(Nodes.Mobile);
            foreach (var link in links)
            {
                _domain.Attach(Nodes.Mobile, new PortId(link));
            }
        }
        else
        {
            foreach (var link in Nodes.AccessLinks.Where(link => links.Contains(link) != AttachedLinks.Contains(link)))
            {
                _domain!.Plug(Nodes.Mobile, new PortId(link), links.Contains(link));
            }
        }

        AttachedLinks = [.. Nodes.AccessLinks.Where(links.Contains)];
    }

    /// <summary>Takes the oldest log line of the nodes.</summary>
    public bool TryTakeLog(out (string Node, string Line) line) => _log.TryDequeue(out line);

    /// <summary>The last output of a node that has ended; null if the node is running.</summary>
    public string? LastWordsOf(string node) =>
        _processes.Select(process => process.Crash).FirstOrDefault(crash => crash?.StartsWith(node, StringComparison.Ordinal) == true);

    public void Dispose()
    {
        _mobile?.Dispose();
        _managements.ForEach(management => management.Dispose());
        Together(_processes, process => process.Dispose());
        _taps?.Dispose();
        foreach (var made in _namespaces)
        {
            made.EndProcesses(_programsEndWithin);
        }

        _namespaces.ForEach(made => made.Dispose());
        foreach (var node in Nodes.Running)
        {
            // A killed node leaves its socket.
            File.Delete(_name.SocketOf(LabNodes.Typed(node)));
            if (Directory.Exists(KeysOf(node)))
            {
                Directory.Delete(KeysOf(node), recursive: true);
            }
        }

        Logged.Dispose();
    }

    private void Start(LabOptions options, int seed)
    {
        _domain = NamespaceDomain.Build(Nodes.Configuration.Domain, node => Keep(NetworkNamespace.CreateNamed(_name.Prefix, node)));
        _taps = LabTaps.Open(_domain, Nodes);
        _mobile = new MobileHost(_domain, Nodes);
        var setup = ReferenceSetup.InRealTime(Nodes.Configuration);
        if (options.IsProtected)
        {
            setup = setup with { Domain = setup.Domain with { Associations = ReferenceDomains.EndToEndWithEsp.Associations } };
        }

        var nodes = setup.Domain.Real.Select(node => ReferenceRole.Of(node).Process(node, setup, seed)).OfType<NodeConfiguration>();
        Together(
            nodes,
            node =>
            {
                var started = NodeProcess.Start(
                    _domain.Find(node.Name)!,
                    node with
                    {
                        ManagementSocket = _name.SocketOf(LabNodes.Typed(node.Name)),
                        Security = node.Security is { } security ? CopyKeys(node.Name, security) : null,
                    },
                    line => Keep(node.Name, line)
                );
                lock (_processes)
                {
                    _processes.Add(started);
                }
            }
        );
        _managements.AddRange(
            Nodes.Running.Select(node => new NodeManagement(node, UnixConnection.Open(_name.SocketOf(LabNodes.Typed(node)))))
        );
    }

    private string KeysOf(string node) => Path.Combine(_name.Directory, $"{LabNodes.Typed(node)}-keys");

    private NodeSecurity CopyKeys(string node, NodeSecurity security) =>
        ReferenceKeys.CopyTo(Directory.CreateDirectory(KeysOf(node)).FullName, security);

    /// <summary>Runs each action on a separate thread, because the actions mostly wait.</summary>
    private static void Together<T>(IEnumerable<T> items, Action<T> action)
    {
        try
        {
            Task.WaitAll([
                .. items.Select(item =>
                    Task.Factory.StartNew(
                        () => action(item),
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                ),
            ]);
        }
        catch (AggregateException failed)
        {
            throw failed.InnerExceptions[0];
        }
    }

    private NetworkNamespace Keep(NetworkNamespace made)
    {
        _namespaces.Add(made);
        return made;
    }

    private void Keep(string node, string line)
    {
        _log.Enqueue((node, line));
        Logged.Set();
    }
}
