using Conformance.TestBeds.Simulated;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Namespaces;

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

    public IUpperTester UpperTester => _upperTester is null ? new NoUpperTester() : _upperTester;

    public IutHealth Health => _nodes.Exists(node => node.Health == IutHealth.Crashed) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _nodes.Select(node => node.Crash).FirstOrDefault(crash => crash is not null);

    /// <param name="number">Distinguishes the lane from the other lanes of this program.</param>
    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    public static Lane Start(NamedConfiguration configuration, int number, int seed)
    {
        var lane = new Lane(configuration);
        try
        {
            switch (configuration.Topology)
            {
                case Topology.Lma:
                    lane.StartLma(number, seed);
                    break;
                case Topology.Mag:
                    lane.StartMag(number, seed);
                    break;
                case Topology.EndToEnd:
                    lane.StartEndToEnd(number, seed);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }

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

    private void StartLma(int number, int seed)
    {
        var tester = Namespace($"{number}-tester");
        var lma = Namespace($"{number}-lma1");
        Wiring.Cable(lma, "core", ReferenceSetup.LmaOnCore, tester, "core", isAccessLink: false);
        Wiring.Cable(lma, "home", ReferenceSetup.LmaOnHome, tester, "home", isAccessLink: false);
        Wiring.Up(lma, "core");
        Wiring.Up(lma, "home");
        OpenPorts(tester, lma);
        Wiring.WaitUntilRunning(lma, "core");
        Wiring.WaitUntilRunning(lma, "home");
        _nodes.Add(NodeProcess.Start(lma, ReferenceNodes.Lma(Configuration, seed)));
    }

    private void StartMag(int number, int seed)
    {
        var tester = Namespace($"{number}-tester");
        var mag = Namespace($"{number}-mag1");
        Wiring.Cable(mag, "core", ReferenceSetup.MagOnCore("MAG1"), tester, "core", isAccessLink: false);
        foreach (var link in ReferenceSetup.AccessLinks)
        {
            Wiring.Cable(mag, link, ReferenceSetup.MagOnAccessLinks, tester, link, isAccessLink: true);
        }

        Wiring.Up(mag, "core");
        OpenPorts(tester, mag);
        Wiring.WaitUntilRunning(mag, "core");
        _nodes.Add(NodeProcess.Start(mag, ReferenceNodes.Mag(Configuration, "MAG1", ReferenceSetup.AccessLinks, seed)));
    }

    private void StartEndToEnd(int number, int seed)
    {
        var topology = RealTopology.Build(Namespace, $"{number}-");
        _ports = topology.Switch.Run(() =>
            WiredPorts.Open([.. RealTopology.Links.Select(link => new WiredPortSettings(new PortId(link), link))])
        );
        _upperTester = new KernelUpperTester(topology);
        _nodes.Add(NodeProcess.Start(topology.Lma, ReferenceNodes.Lma(Configuration, seed)));
        _nodes.Add(NodeProcess.Start(topology.Mag1, ReferenceNodes.Mag(Configuration, "MAG1", ["link1"], seed)));
        _nodes.Add(NodeProcess.Start(topology.Mag2, ReferenceNodes.Mag(Configuration, "MAG2", ["link2"], seed)));
    }

    private NetworkNamespace Namespace(string name)
    {
        var created = NetworkNamespace.CreateNamed(NamespaceBeds.Prefix, name);
        _owned.Add(created);
        return created;
    }

    private void OpenPorts(NetworkNamespace tester, NetworkNamespace tested) =>
        _ports = tester.Run(() =>
            WiredPorts.Open([
                .. NamespaceBeds
                    .Ixit(Configuration)
                    .Ports.Select(name => new WiredPortSettings(new PortId(name), name)
                    {
                        InitiallyUp = !ReferenceSetup.AccessLinks.Contains(name),
                        FarEndIsUp = () => Wiring.IsUp(tested, name),
                    }),
            ])
        );
}
