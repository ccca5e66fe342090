using System.Collections.Concurrent;
using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.Simulated;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;

namespace Conformance.Lab;

/// <summary>A domain of namespaces and nodes: all of it is gone with <see cref="Dispose"/>.</summary>
internal sealed class LabDomain : IDisposable
{
    private static readonly TimeSpan _programsEndWithin = TimeSpan.FromSeconds(2);

    private readonly LabName _name;
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly List<NodeProcess> _processes = [];
    private readonly List<NodeManagement> _managements = [];
    private readonly ConcurrentQueue<(string Node, string Line)> _log = new();
    private RealTopology? _topology;
    private LabTaps? _taps;
    private MobileHost? _mobile;

    private LabDomain(LabName name) => _name = name;

    /// <summary>Tells that a node has written a line to its log.</summary>
    public WakeUp Logged { get; } = new();

    public LabTaps Taps => _taps!;

    public MobileHost Mobile => _mobile!;

    public IReadOnlyList<NodeManagement> Managements => _managements;

    /// <summary>The link that the mobile node is on; null if it is on none.</summary>
    public string? Link { get; private set; }

    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    /// <exception cref="LinuxException">The kernel refuses something.</exception>
    public static LabDomain Start(LabName name, int seed)
    {
        NodeProgram.Prepare();
        var domain = new LabDomain(name);
        try
        {
            domain.Start(seed);
            return domain;
        }
        catch
        {
            domain.Dispose();
            throw;
        }
    }

    /// <summary>By the node's name; <c>ip netns exec</c> takes it.</summary>
    public string NamespaceOf(string node) => _topology!.Find(node)!.Name!;

    public NodeManagement Find(string node) => _managements.First(management => management.Node == node);

    /// <summary>Plugs the mobile node into an access link, or into none.</summary>
    public void Move(string? link)
    {
        _topology!.Detach();
        if (link is not null)
        {
            _topology.Attach(link);
        }

        Link = link;
    }

    /// <summary>The oldest line of a node's log not yet taken.</summary>
    public bool TryTakeLog(out (string Node, string Line) line) => _log.TryDequeue(out line);

    /// <summary>What a node that has ended said at last; null if it runs.</summary>
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
        foreach (var node in LabNodes.Running)
        {
            // Of one that was killed.
            File.Delete(_name.SocketOf(LabNodes.Typed(node)));
        }

        Logged.Dispose();
    }

    private void Start(int seed)
    {
        _topology = RealTopology.Build(node => Keep(NetworkNamespace.CreateNamed(_name.Prefix, node)), string.Empty);
        _taps = LabTaps.Open(_topology);
        _mobile = new MobileHost(_topology);
        var configuration = NamedConfiguration.Find("e2e-baseline")!;
        NodeConfiguration[] nodes =
        [
            ReferenceNodes.Lma(configuration, seed),
            .. LabNodes.AccessLinks.Select(link => ReferenceNodes.Mag(configuration, LabNodes.MagOf(link), [link], seed)),
        ];
        Together(
            nodes,
            node =>
            {
                var started = NodeProcess.Start(
                    _topology.Find(node.Name)!,
                    node with
                    {
                        ManagementSocket = _name.SocketOf(LabNodes.Typed(node.Name)),
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
            LabNodes.Running.Select(node => new NodeManagement(node, UnixConnection.Open(_name.SocketOf(LabNodes.Typed(node)))))
        );
    }

    /// <summary>Each on a thread of its own, as all of them wait for most of the time.</summary>
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
