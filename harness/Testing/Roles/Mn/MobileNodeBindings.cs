using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of the bindings of a mobile node under test at its peers.</summary>
public sealed class MobileNodeBindings(TestSession session, MobileNodeBids bids, Func<MobilityPeer, RegistrationPeer> peers)
{
    /// <summary>Requires a binding for each of these links.</summary>
    public void Expect(MobilityPeer peer, IReadOnlyList<PortId> links)
    {
        var bound = peers(peer).Bindings.Select(bids.LinkOf).ToHashSet();
        var missing = links.Where(link => !bound.Contains(link)).ToList();
        session.Require(
            Observation.Session,
            missing.Count == 0,
            $"a binding for {MobileNodeWanted.Words(links)}",
            missing.Count == 0 ? "as expected" : $"none for {MobileNodeWanted.Words(missing)}",
            session.LastStimulus
        );
    }

    /// <summary>Requires a number of bindings.</summary>
    public void Expect(MobilityPeer peer, int count)
    {
        var bindings = peers(peer).Bindings;
        session.Require(
            Observation.Session,
            bindings.Count == count,
            string.Create(CultureInfo.InvariantCulture, $"{count} bindings"),
            bindings.Count == 0 ? "none" : $"bindings for {string.Join(", ", bindings.Select(binding => binding.CareOf))}",
            session.LastStimulus
        );
    }
}
