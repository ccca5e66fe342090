using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// One set of namespaces with an implementation under test. Scenarios of one configuration run on it one after the other. It is never
/// reset.
/// </summary>
internal sealed class Lane : IImplementationUnderTest, IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<NodeProcess> _nodes = [];
    private KernelUpperTester? _upperTester;
    private WiredPorts? _ports;

    private Lane(NamedConfiguration configuration) => Configuration = configuration;

    public NamedConfiguration Configuration { get; }

    public IdentityPool Identities { get; } = new(size: 65535);

    public WiredPorts Ports => _ports!;

    /// <summary>True once the implementation was found dead, so that no further scenario may run on the lane.</summary>
    public bool IsDead { get; set; }

    public IUpperTester UpperTester => _upperTester!;

    public IutHealth Health => _nodes.Exists(node => node.Health == IutHealth.Crashed) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _nodes.Select(node => node.Crash).FirstOrDefault(crash => crash is not null);

    /// <param name="number">Distinguishes the lane from the other lanes of this program.</param>
    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    public static Lane Start(NamedConfiguration configuration, int number, int seed)
    {
        var lane = new Lane(configuration);
        try
        {
            lane.Start(number, seed);
            return lane;
        }
        catch
        {
            lane.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _ports?.Dispose();
        _upperTester?.Dispose();
        _nodes.ForEach(node => node.Dispose());
        _owned.Reverse<IDisposable>().ToList().ForEach(item => item.Dispose());
    }

    private void Start(int number, int seed)
    {
        var domain = NamespaceDomain.Build(Configuration.Domain, Namespace, $"{number}-");
        _ports = domain.OpenPorts();
        _upperTester = new KernelUpperTester(domain);
        var setup = ReferenceSetup.InRealTime(Configuration);
        foreach (var node in Configuration.Domain.Real)
        {
            if (ReferenceRole.Of(node).Process(node, setup, seed) is { } process)
            {
                _nodes.Add(NodeProcess.Start(domain.Find(node.Name)!, process));
            }
        }
    }

    private NetworkNamespace Namespace(string name)
    {
        var created = NetworkNamespace.CreateNamed(NamespaceBeds.Prefix, name);
        _owned.Add(created);
        return created;
    }
}
