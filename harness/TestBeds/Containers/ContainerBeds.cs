using Conformance.TestBeds.Lanes;
using Pmip.Node;

namespace Conformance.TestBeds.Containers;

/// <summary>
/// The reference implementation, whose nodes are containers, with veth links that are moved into them and tunnels of this kernel. The
/// tester stays outside, in a network namespace of its own.
/// </summary>
public sealed class ContainerBeds : LaneBeds
{
    /// <summary>The prefix of the names of the tester's namespaces, by which the leftovers of a killed run are found.</summary>
    public const string Prefix = "pmip-containers";

    private readonly DockerEngine _docker;

    /// <exception cref="BedUnavailableException">
    /// There is no Docker daemon on this machine or no current image, or this process is not root.
    /// </exception>
    public ContainerBeds(int seed, int parallelism = DefaultParallelism)
        : base(seed, parallelism)
    {
        RequireRoot(Name);
        _docker = DockerEngine.Open(NodeProgram.Current, Interrupt);
        try
        {
            RemoveLeftovers(Name, Prefix);
        }
        catch
        {
            _docker.Dispose();
            throw;
        }

        Implementation = $"reference implementation (pmip-node, {NodeProgram.Current.Kind}), in containers of Docker {_docker.Version}";
    }

    public override string Name => BedChoice.Containers;

    public override string Implementation { get; }

    public override string? Lost => _docker.Lost;

    private protected override ILaneNodes Make(LaneSetup setup) => new ContainerNodes(_docker, setup);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _docker.Dispose();
    }
}
