using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What the mobile node under test says of its home address on the home link (RFC 6275, Section 11.5.5).</summary>
public sealed class MobileNodeHomeLink(TestSession session, EmulatedNetwork network, MobileNodeLinks links, MobileNodeEvents events)
{
    private static readonly MacAddress _linkLayer = MacAddress.Parse("02:7e:00:00:99:99");
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(100);

    private EmulatedNode Host => new("host on the home link", links.Home.Port, _linkLayer.LinkLocalAddress(), _linkLayer);

    /// <summary>Requires that the mobile node answers Neighbor Solicitations for its home address on the home link, or does not.</summary>
    public void ExpectAnswered(bool areAnswered)
    {
        var home = links.Known.HomeAddress;
        network.Add(Host);
        var asked = NeighborPeer.Ask(session.Tester, Host, home);
        session.LastStimulus = asked;
        session.Tester.WaitUntil(asked.At + session.Clock.AnswerWithin + session.Bed.Facts.Tolerance);
        network.Remove(Host);
        var answer = Advertisement(asked, isAsked: true);
        var expected = areAnswered
            ? $"an answer to a Neighbor Solicitation for {home}"
            : $"no answer to a Neighbor Solicitation for {home}";
        var actual = answer is null ? session.NothingCame(session.Clock.AnswerWithin) : "one came";
        var isRight = answer is not null == areAnswered;
        session.Judge(areAnswered ? Observation.Order : Observation.Silence, isRight, expected, actual, answer?.Frame ?? asked);
        session.Require(Observation.Advertisement, isRight, expected, actual, answer?.Frame ?? asked);
    }

    /// <summary>Requires an unsolicited Neighbor Advertisement for the home address to all nodes of the home link.</summary>
    public void ExpectAdvertised(TimeSpan? within)
    {
        var limit = within ?? links.Known.AttachWithin;
        var until = events.SettledAt + limit + session.Bed.Facts.Tolerance;
        while (Advertisement(events.Cause, isAsked: false) is null && session.Bed.Now < until)
        {
            session.Tester.WaitUntil(session.Bed.Now + _betweenLooks);
        }

        var found = Advertisement(events.Cause, isAsked: false);
        session.Require(
            Observation.Advertisement,
            found is not null,
            $"a Neighbor Advertisement for {links.Known.HomeAddress} to all nodes of the home link",
            found is null ? session.NothingCame(limit) : "it came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>
    /// Requires that the packets with the home address on the home link since the last stimulus go to the link-layer address that the
    /// router has advertised (RFC 5648, Section 5.6.4).
    /// </summary>
    public void ExpectRouterAddressed()
    {
        session.Tester.WaitUntil(events.LastAt + session.Clock.AnswerWithin);
        var packets = session
            .Bed.Frames.Skip(events.Cause?.Number ?? 0)
            .Where(frame => frame.Direction == Direction.Received && frame.Port == links.Home.Port)
            .Select(Packet.Of)
            .Where(packet => packet is { Neighbor: null, Ip: { } ip } && ip.Source.Equals(links.Known.HomeAddress))
            .ToList();
        var wrong = packets.Find(packet => packet.Ethernet!.Destination != links.Home.LinkLayer);
        if (packets.Count == 0)
        {
            throw new StepFailedException("the mobile node has sent no packet with its home address on the home link");
        }

        session.Require(
            Observation.Forwarding,
            wrong is null,
            $"packets to {links.Home.LinkLayer}",
            wrong is null ? "as expected" : $"one to {wrong.Ethernet!.Destination}",
            (wrong ?? packets[0]).Frame
        );
    }

    /// <summary>The first Neighbor Advertisement for the home address after a frame; null if there is none.</summary>
    private Packet? Advertisement(Frame? after, bool isAsked)
    {
        return session.Bed.Frames.Skip(after?.Number ?? 0).Select(Packet.Of).FirstOrDefault(IsWanted);

        bool IsWanted(Packet packet) =>
            packet is { Frame.Direction: Direction.Received, Neighbor: { Type: NeighborDiscoveryLayer.NeighborAdvertisement } message }
            && packet.Frame.Port == links.Home.Port
            && message.Target.Equals(links.Known.HomeAddress)
            && (isAsked || packet.Ip!.Destination.Equals(Ipv6Multicast.AllNodes));
    }
}
