using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// One set of nodes with an implementation under test. Scenarios of one configuration run on it one after the other. It is never
/// reset.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly KernelUpperTester _upperTester;

    private Lane(NamedConfiguration configuration, ILaneNodes nodes, WiredPorts ports, KernelUpperTester upperTester)
    {
        (Configuration, Nodes, Ports, _upperTester) = (configuration, nodes, ports, upperTester);
        Identities = new IdentityPool(configuration.Identities);
    }

    public NamedConfiguration Configuration { get; }

    public ILaneNodes Nodes { get; }

    public IdentityPool Identities { get; }

    public WiredPorts Ports { get; }

    /// <summary>True once the implementation was found dead, so that no further scenario may run on the lane.</summary>
    public bool IsDead { get; set; }

    /// <summary>True once a scenario has changed the configuration of a node, so that no further scenario may run on the lane.</summary>
    public bool HasChanged => _upperTester.HasChanged;

    public IUpperTester UpperTester => _upperTester;

    /// <summary>Wires the nodes and starts them. Takes over <paramref name="nodes"/>, also if it fails.</summary>
    /// <exception cref="BedUnavailableException">A node does not start.</exception>
    public static Lane Start(NamedConfiguration configuration, ILaneNodes nodes)
    {
        WiredPorts? ports = null;
        try
        {
            var domain = NamespaceDomain.Build(configuration.Domain, nodes.NamespaceOf, nodes.Guests);
            ports = domain.OpenPorts();
            nodes.Start();
            return new Lane(configuration, nodes, ports, new KernelUpperTester(domain, nodes, ports));
        }
        catch
        {
            ports?.Dispose();
            nodes.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Ports.Dispose();
        _upperTester.Dispose();
        Nodes.Dispose();
    }
}
