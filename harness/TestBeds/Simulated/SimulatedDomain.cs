using System.Globalization;
using System.Net.Sockets;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Session;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.Simulated;

/// <summary>Builds the real nodes of a domain in one process, with links in virtual time.</summary>
internal static class SimulatedDomain
{
    /// <param name="identities">The number of mobile nodes.</param>
    public static SimulatedBed Build(ReferenceSetup setup, Implementation implementation, BedFacts facts, int identities)
    {
        var network = new SimulatedNetwork(SimulatedBed.Epoch);
        var nodes = setup
            .Domain.Real.Select(node => (node.IsUnderTest, Node: Add(network, node, setup, implementation, facts.Seed)))
            .ToList();
        var tested = nodes.Where(built => built.IsUnderTest).Select(built => built.Node).ToList();
        var bed = new SimulatedBed(facts, setup.Domain, network, tested, identities);
        nodes.ForEach(built => built.Node.Start());
        return bed;
    }

    private static SimulatedNode Add(
        SimulatedNetwork network,
        DomainNode node,
        ReferenceSetup setup,
        Implementation implementation,
        int seed
    )
    {
        var reference = ReferenceRole.Of(node);
        var added = network.Add(
            Build,
            node.IsUnderTest ? implementation.Output : null,
            node.IsUnderTest ? implementation.ClockOffset : TimeSpan.Zero,
            node.IsUnderTest ? implementation.Input : null
        );
        foreach (var @interface in node.Interfaces.Where(known => known.Link is not null))
        {
            added.Plug(new LinkId(@interface.Name), network.Link(@interface.Name));
        }
        foreach (var shared in reference.Stack(node, setup).Interfaces.Select(known => known.Link).GroupBy(SharedLinks.CarrierOf))
        {
            if (shared.Count() > 1)
            {
                added.Share(shared.Key, [.. shared]);
            }
        }

        if (node.Role == NodeRole.Nat)
        {
            var outer = node.Interfaces[0];
            var address = outer.Addresses.First(own => own.AddressFamily == AddressFamily.InterNetwork);
            added.Nat = new SimulatedNat(new LinkId(outer.Name), address, () => network.Now);
        }
        return added;

        IpNode Build(int restarts, IReadOnlyDictionary<string, string> saved)
        {
            var name = restarts == 0 ? node.Name : string.Create(CultureInfo.InvariantCulture, $"{node.Name} restart {restarts}");
            var role = node.IsUnderTest && implementation.Around is { } around ? around(node, () => Create(name)!) : Create(name);
            var random = new Random(Seeds.For(seed, role is null ? name : $"{name} stack"));
            return new IpNode(reference.Stack(node, setup), role, random, saved);
        }

        IRole? Create(string name) =>
            node.IsUnderTest && implementation.Role is { } replaced
                ? replaced(node)
                : reference.Create(node, setup, new Random(Seeds.For(seed, name)));
    }
}
