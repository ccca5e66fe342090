using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>The Binding Refresh Requests of a correspondent node under test (RFC 6275, Section 9.5.5).</summary>
internal sealed class RefreshRequests(TestSession session)
{
    /// <summary>Requires a request about a mobile node.</summary>
    /// <param name="bids">The BIDs that it names; null for one without BID option.</param>
    /// <param name="within">The time from now on; null for that of an answer.</param>
    /// <exception cref="StepFailedException">None comes: a node need not ask.</exception>
    public void Expect(MobileNode node, Bids? bids, TimeSpan? within)
    {
        var until = session.Bed.Now + (within ?? session.Clock.AnswerWithin);
        if (
            !session.Tester.TryExpect(
                packet => packet.IsMobility(MobilityOctets.BindingRefreshRequestType, out _) && IsAbout(node, packet) ? packet : null,
                until,
                session.LastStimulus,
                out var request
            )
        )
        {
            throw new StepFailedException(
                $"no Binding Refresh Request for {node.Name}: {session.NothingCame(within ?? session.Clock.AnswerWithin)}"
            );
        }

        var home = node.AddressAt(CareOf.Home);
        session.Require(
            Observation.Source,
            request.Ip!.Destination.Equals(home),
            $"a Binding Refresh Request to the home address {home}",
            $"one to {request.Ip.Destination}",
            request.Frame
        );
        var given = BindingIdentity.In(request.Mobility!, session.Scenario.Edition.Wire).Select(option => option.Bid).ToList();
        session.Require(
            Observation.Options,
            bids is null ? given.Count == 0 : bids.All.All(bid => given.Contains(bid)),
            bids is null ? "no BID option" : $"a BID option for each of {bids}",
            given.Count == 0 ? "none" : string.Join(", ", given.Select(bid => $"BID {bid}")),
            request.Frame
        );
    }

    private static bool IsAbout(MobileNode node, Packet packet) =>
        CareOf.All.Any(place =>
            node.AddressAt(place).Equals(packet.Ip!.UpperDestination) || node.AddressAt(place).Equals(packet.Ip.Destination)
        );
}
