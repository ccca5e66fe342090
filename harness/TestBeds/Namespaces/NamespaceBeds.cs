using Conformance.TestBeds.Lanes;
using Pmip.Node;

namespace Conformance.TestBeds.Namespaces;

/// <summary>
/// The reference implementation, whose nodes run as processes in network namespaces, with veth links and tunnels of this kernel.
/// </summary>
public sealed class NamespaceBeds : LaneBeds
{
    /// <summary>The prefix of the namespaces' names, by which the leftovers of a killed run are found.</summary>
    public const string Prefix = "pmip-bed";

    /// <exception cref="BedUnavailableException">This process is not allowed to create network namespaces.</exception>
    public NamespaceBeds(int seed, int parallelism = DefaultParallelism)
        : base(seed, parallelism)
    {
        RequireRoot(Name);
        RemoveLeftovers(Name, Prefix);
        Implementation = $"reference implementation (pmip-node, {NodeProgram.Current.Kind})";
    }

    public override string Name => BedChoice.Namespaces;

    public override string Implementation { get; }

    private protected override ILaneNodes Make(LaneSetup setup) => new NamespaceNodes(setup);
}
