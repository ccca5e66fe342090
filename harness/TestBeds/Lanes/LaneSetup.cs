using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Domains;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Lanes;

/// <summary>What a lane is made for.</summary>
/// <param name="Number">Distinguishes the lane from the other lanes of this program.</param>
internal sealed record LaneSetup(NamedConfiguration Configuration, int Number, int Seed)
{
    /// <summary>The real nodes, each with the configuration of its <c>pmip-node</c>; null for a host.</summary>
    public IReadOnlyList<(DomainNode Node, NodeConfiguration? Process)> Nodes { get; } =
    [
        .. Configuration.Domain.Real.Select(node =>
            (node, ReferenceRole.Of(node).Process(node, ReferenceSetup.InRealTime(Configuration), Seed))
        ),
    ];
}
