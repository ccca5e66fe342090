using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>How a home agent under test stands in for mobile nodes on the home link (RFC 6275, Sections 10.3.1 and 10.4.1).</summary>
internal sealed class HomeLinkWatch(TestSession session, EmulatedNetwork network, MobileNodePeer nodes)
{
    private const int MaxMulticastSolicit = 3;
    private const byte OverrideAlone = 1 << 5;
    private const byte Solicited = 1 << 6;
    private const int FlagsAt = 4;

    /// <summary>More than MAX_NEIGHBOR_ADVERTISEMENT announcements take.</summary>
    private static readonly TimeSpan _longestAnnouncing = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan _retransTimer = TimeSpan.FromSeconds(1);

    /// <summary>A node that would like to have the address of a mobile node.</summary>
    private static readonly MacAddress _newcomer = MacAddress.Parse("02:7e:00:00:dd:01");

    /// <inheritdoc cref="IMobilityUnderTest.AddOtherNode"/>
    public void AddOtherNode(MobileNode node, DefendedAddress address) =>
        network.Add(new EmulatedNode($"another node with an address of {node.Name}", Ports.Home, AddressOf(node, address), _newcomer));

    /// <summary>
    /// A host of the home link asks for the address, and a newcomer tests whether it is free. A home agent that defends it answers both.
    /// </summary>
    public void ExpectDefence(MobileNode node, DefendedAddress kind, bool isDefended)
    {
        var address = AddressOf(node, kind);
        var host = nodes.HomeHost ?? throw new ScenarioFaultException("The tester plays no host on the home link.");
        Judge(
            "a Neighbor Solicitation",
            () => NeighborPeer.Ask(session.Tester, host, address),
            answer => !isDefended || IsSolicited(answer) || answer.Ip!.Destination.Equals(host.Address)
        );
        if (isDefended && EndsSoon(node))
        {
            return;
        }

        AwaitEndOfAnnouncements(address, isDefended);
        Judge("duplicate address detection", () => TestForDuplicates(address), _ => true);

        void Judge(string question, Func<Frame> ask, Func<Packet, bool> isAnswer)
        {
            var (asked, answer) = Ask(ask, address, isDefended, isAnswer);
            session.Require(
                Observation.Advertisement,
                answer is not null == isDefended,
                isDefended ? $"an answer to {question} for {address}" : $"no answer to {question} for {address}",
                answer is null ? "none came" : $"{answer.Neighbor!.LinkLayerAddress} answered",
                answer?.Frame ?? asked
            );
        }
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectAnnouncement"/>
    public void ExpectAnnouncement(MobileNode node, DefendedAddress kind, bool isAnnounced)
    {
        var (address, stimulus) = (AddressOf(node, kind), Stimulus);
        Wait(stimulus, isAnnounced);
        var all = Since(stimulus)
            .Where(packet =>
                packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement } advertisement
                && advertisement.Target.Equals(address)
                && packet.Ip!.Destination.Equals(Ipv6Multicast.AllNodes)
            )
            .ToList();
        var right = all.Find(IsRight);
        session.Require(
            Observation.Advertisement,
            isAnnounced ? right is not null : all.Count == 0,
            isAnnounced
                ? $"an unsolicited Neighbor Advertisement for {address} to all nodes, with R 0, S 0, O 1 and the link-layer address of the "
                    + "home agent"
                : $"no unsolicited Neighbor Advertisement for {address}",
            all.Count == 0 ? "none came" : Words((right ?? all[0]).Neighbor!),
            (right ?? all.FirstOrDefault())?.Frame ?? stimulus
        );

        static bool IsRight(Packet packet) =>
            packet.Neighbor!.Part.Octet(FlagsAt) >> 5 << 5 == OverrideAlone && packet.Neighbor.LinkLayerAddress == packet.Ethernet!.Source;

        static string Words(NeighborDiscoveryLayer advertisement)
        {
            var flags = advertisement.Part.Octet(FlagsAt);
            return $"R {flags >> 7}, S {(flags >> 6) & 1}, O {(flags >> 5) & 1}, "
                + $"link-layer address {advertisement.LinkLayerAddress?.ToString() ?? "none"}";
        }
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectAddressTest"/>
    public void ExpectAddressTest(MobileNode node, DefendedAddress kind, bool isTested)
    {
        var (address, stimulus) = (AddressOf(node, kind), Stimulus);
        Wait(stimulus, isTested);

        // The test comes before the answer (RFC 6275, Section 10.3.1); one that follows it is none that was asked for.
        var answer = isTested && session.LastAnswer is { } last && last.Number > stimulus.Number ? last : null;
        var found = Since(stimulus)
            .FirstOrDefault(packet =>
                packet.Neighbor is { TestsForDuplicates: true } test
                && test.Target.Equals(address)
                && !(answer?.Number < packet.Frame.Number)
            );
        session.Require(
            Observation.Advertisement,
            found is not null == isTested,
            $"{(isTested ? "duplicate" : "no duplicate")} address detection for {address} on the home link",
            found is null ? "none came" : "it came",
            found?.Frame ?? stimulus
        );
    }

    /// <exception cref="ScenarioFaultException">Nothing was sent yet.</exception>
    private Frame Stimulus => session.LastStimulus ?? throw new ScenarioFaultException("The tester has sent nothing yet.");

    private IPAddress AddressOf(MobileNode node, DefendedAddress kind)
    {
        session.Nodes.Bind(node);
        return kind == DefendedAddress.HomeAddress
            ? node.AddressAt(CareOf.Home)
            : MobileNodePeer.LinkLocalAddressOf(node.AddressAt(CareOf.Home));
    }

    /// <summary>
    /// What should come is awaited as long as an answer to a first registration, and what should not, as long as any silence.
    /// </summary>
    private void Wait(Frame stimulus, bool comes)
    {
        var until = stimulus.At + (comes ? session.Clock.AnswerWithin + _retransTimer * 2 : session.Clock.Guard);
        if (until > session.Bed.Now)
        {
            session.Tester.WaitUntil(until);
        }
    }

    private IEnumerable<Packet> Since(Frame stimulus) =>
        session
            .Bed.Frames.Where(frame =>
                frame.Number > stimulus.Number && frame is { Direction: Direction.Received, Port: var port } && port == Ports.Home
            )
            .Select(Packet.Of);

    /// <summary>
    /// True if the last binding of a mobile node may end before a second question: its lifetime may count from the update, which comes
    /// before duplicate address detection and the answer.
    /// </summary>
    private bool EndsSoon(MobileNode node) =>
        node.CareOfBindings.All is { Count: > 0 } bindings
        && bindings.Max(binding => binding.Until) < session.Bed.Now + _longestAnnouncing / 2;

    /// <summary>
    /// An answer to duplicate address detection looks like an announcement, of which a home agent may send a few, one RETRANS_TIMER apart
    /// (RFC 4861, Section 7.2.6).
    /// </summary>
    /// <exception cref="StepFailedException">The announcements do not end.</exception>
    private void AwaitEndOfAnnouncements(IPAddress address, bool isDefended)
    {
        var pause = _retransTimer * 2;
        var end = session.Bed.Now + _longestAnnouncing;
        while (isDefended && LastAnnouncement(address) is { } last && session.Bed.Now < last + pause)
        {
            if (session.Bed.Now > end)
            {
                throw new StepFailedException($"{session.Tested} announces {address} without end: an answer would not be told from that");
            }

            session.Tester.WaitUntil(last + pause);
        }
    }

    private DateTimeOffset? LastAnnouncement(IPAddress address) =>
        session
            .Bed.Frames.Where(frame => frame is { Direction: Direction.Received, Port: var port } && port == Ports.Home)
            .Reverse()
            .FirstOrDefault(frame =>
                Packet.Of(frame) is { Neighbor: { Type: NeighborDiscoveryLayer.NeighborAdvertisement } neighbor } packet
                && neighbor.Target.Equals(address)
                && !IsSolicited(packet)
            )
            ?.At;

    private static bool IsSolicited(Packet packet) => (packet.Neighbor!.Part.Octet(FlagsAt) & Solicited) != 0;

    private (Frame Asked, Packet? Answer) Ask(Func<Frame> ask, IPAddress address, bool isDefended, Func<Packet, bool> isAnswer)
    {
        Frame asked;
        var attempt = 0;
        do
        {
            asked = ask();
            session.LastStimulus = asked;
            session.Tester.WaitUntil(asked.At + (isDefended ? _retransTimer : session.Clock.Guard));
            var answer = Since(asked)
                .FirstOrDefault(packet =>
                    packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement } advertisement
                    && advertisement.Target.Equals(address)
                    && isAnswer(packet)
                );
            if (answer is not null)
            {
                return (asked, answer);
            }
        } while (isDefended && ++attempt < MaxMulticastSolicit);

        return (asked, null);
    }

    private Frame TestForDuplicates(IPAddress address)
    {
        var (source, group) = (IPAddress.IPv6None, Ipv6Multicast.SolicitedNode(address));
        var message = new NeighborSolicitation(address, NdOptionList.Empty);
        var packet = new Ipv6Packet(source, group, IpProtocol.Icmpv6, message.ToBytes(source, group)) { HopLimit = 255 };
        var newcomer = new EmulatedNode("newcomer", Ports.Home, source, _newcomer);
        return network.SendTo(newcomer, MacAddress.ForMulticast(group), packet);
    }
}
