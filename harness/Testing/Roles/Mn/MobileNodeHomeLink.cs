using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What the mobile node under test says of its home address on the home link (RFC 6275, Section 11.5.5).</summary>
internal sealed class MobileNodeHomeLink(TestSession session, EmulatedNetwork network, MobileNodeLinks links)
{
    private static readonly MacAddress _linkLayer = MacAddress.Parse("02:7e:00:00:99:99");

    private EmulatedNode Host => new("host on the home link", links.Home.Port, _linkLayer.LinkLocalAddress(), _linkLayer);

    /// <inheritdoc cref="IMobileNodeUnderTest.ExpectSolicitationsAnswered"/>
    public void ExpectAnswered(bool areAnswered)
    {
        var home = links.Known.HomeAddress;
        network.Add(Host);
        var asked = NeighborPeer.Ask(session.Tester, Host, home);
        session.LastStimulus = asked;
        session.Tester.WaitUntil(asked.At + session.Clock.AnswerWithin + session.Bed.Facts.Tolerance);
        network.Remove(Host);
        var answer = session.Bed.Frames.Skip(asked.Number).Select(Packet.Of).FirstOrDefault(IsAnswer);
        session.Require(
            Observation.Advertisement,
            answer is not null == areAnswered,
            areAnswered ? $"an answer to a Neighbor Solicitation for {home}" : $"no answer to a Neighbor Solicitation for {home}",
            answer is null ? session.NothingCame(session.Clock.AnswerWithin) : "one came",
            answer?.Frame ?? asked
        );

        bool IsAnswer(Packet packet) =>
            packet is { Frame.Direction: Direction.Received, Neighbor: { Type: NeighborDiscoveryLayer.NeighborAdvertisement } message }
            && packet.Frame.Port == links.Home.Port
            && message.Target.Equals(home);
    }
}
