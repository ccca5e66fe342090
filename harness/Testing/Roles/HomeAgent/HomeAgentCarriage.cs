using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>
/// Packets from mobile nodes to a home agent under test: in the reverse tunnel, for a correspondent node, or with a Home Address option,
/// for the home agent itself (RFC 6275, Sections 10.4.5 and 9.3.1).
/// </summary>
internal sealed class HomeAgentCarriage(TestSession session, EmulatedNetwork network, MobileNodePeer nodes)
{
    private const ushort Port = 41000;
    private const int MarkLength = 16;

    private int _sent;

    /// <inheritdoc cref="IMobilityUnderTest.ExpectCarried"/>
    public void Expect(MobileNode node, CarriedPackets form, CareOf from, CarriedTreatment treatment)
    {
        session.Nodes.Bind(node);
        if (treatment == CarriedTreatment.Accepted)
        {
            node.CareOfBindings.RequireLiving([from], session.Bed.Now);
        }

        var words = form == CarriedPackets.Tunnelled ? $"the packet at {Correspondent.Name}" : "an echo reply";
        var (packets, isAccepted) = Build(node, form, from);
        if (treatment == CarriedTreatment.Accepted)
        {
            RequireAccepted(node, from, packets, isAccepted, words);
            return;
        }

        var frames = packets.Select(packet => Send(node, from, packet)).ToList();
        if (treatment == CarriedTreatment.AnsweredByBindingError)
        {
            RequireError(node, form, from, frames[0]);
        }

        RequireDropped(frames, isAccepted, words);
    }

    private Frame Send(MobileNode node, CareOf from, IpPacket packet)
    {
        var frame = nodes.Send(node, from, packet);
        session.LastStimulus = frame;
        return frame;
    }

    /// <summary>The packet in each form that it may have.</summary>
    private (IReadOnlyList<IpPacket> Packets, Func<Packet, bool> IsAccepted) Build(MobileNode node, CarriedPackets form, CareOf from) =>
        form == CarriedPackets.Tunnelled ? Tunnelled(node, from) : WithOption(node, from);

    private void RequireDropped(List<Frame> frames, Func<Packet, bool> isAccepted, string words)
    {
        var came = session.Tester.TryFindForbidden(
            found => isAccepted(found) ? found : null,
            frames[^1].At + session.Clock.Guard,
            frames[0],
            out var wrong
        );
        Require(!came, "the packet is dropped", came ? $"{words} came on {wrong!.Frame.Port}" : "it was", wrong?.Frame ?? frames[^1]);
    }

    private EmulatedNode Correspondent =>
        network.Named(
            session.Ixit.Domain.Of(NodeRole.Cn).First(node => !node.IsReal && node.AddressOn(Ports.Core) is not null).Name,
            Ports.Core
        );

    private (IReadOnlyList<IpPacket> Packets, Func<Packet, bool> IsAccepted) Tunnelled(MobileNode node, CareOf from)
    {
        var flow = new FlowAddresses(node.AddressAt(CareOf.Home), (ushort)(Port + _sent++), Correspondent.Address, Port);
        var probe = new FlowProbe(session.Random, flow);
        return (ReverseTunnel.Forms(network.Esp, nodes, node, from, probe.Packet), packet => probe.IsIn(packet) && packet.Inner is null);
    }

    /// <summary>An echo request. The reply may take any form that RFC 6275 knows.</summary>
    private (IReadOnlyList<IpPacket> Packets, Func<Packet, bool> IsAccepted) WithOption(MobileNode node, CareOf from)
    {
        var mark = new byte[MarkLength];
        session.Random.NextBytes(mark);
        var home = node.AddressAt(CareOf.Home);
        var echo = new EchoRequest((ushort)(Port + _sent++), 1, new OctetString(mark)).ToBytes(home, nodes.Tested);
        var packet = from.IsHome
            ? new Ipv6Packet(home, nodes.Tested, IpProtocol.Icmpv6, echo)
            : HomeAddressHeader.Before(node.AddressAt(from), nodes.Tested, home, IpProtocol.Icmpv6, echo);
        return (
            [packet],
            found =>
                found.Stack.Layers.OfType<Icmpv6Layer>().LastOrDefault() is { Type: Icmpv6Layer.EchoReply, Echo: { } reply }
                && reply.Data.Span.SequenceEqual(mark)
        );
    }

    private void RequireAccepted(MobileNode node, CareOf from, IReadOnlyList<IpPacket> packets, Func<Packet, bool> isAccepted, string words)
    {
        Packet? found = null;
        foreach (var packet in packets.TakeWhile(_ => found is null))
        {
            var frame = Send(node, from, packet);
            session.Tester.TryExpect(came => isAccepted(came) ? came : null, frame.At + session.Clock.AnswerWithin, frame, out found);
        }

        var actual = found is null ? session.NothingCame(session.Clock.AnswerWithin) : "it came";
        Require(found is not null, words, actual, found?.Frame ?? session.LastStimulus!);
    }

    /// <summary>What happens to a packet also shows whether there is a binding of its care-of address.</summary>
    private void Require(bool ok, string expected, string actual, Frame frame)
    {
        session.Judge(Observation.Session, ok, expected, actual, frame);
        session.Require(Observation.Forwarding, ok, expected, actual, frame);
    }

    /// <summary>
    /// RFC 6275, Section 9.3.3: to the source of the packet, with the home address. The checks of messages judge its status.
    /// </summary>
    private void RequireError(MobileNode node, CarriedPackets form, CareOf from, Frame first)
    {
        var (home, careOf) = (node.AddressAt(CareOf.Home), node.AddressAt(from));
        var (frame, found) = (first, ErrorTo(careOf, first));
        for (var attempt = 1; found is null && attempt < BindingErrors.Attempts; attempt++)
        {
            session.Tester.WaitUntil(session.Bed.Now + BindingErrors.BetweenAttempts);
            frame = Send(node, from, Build(node, form, from).Packets[0]);
            found = ErrorTo(careOf, frame);
        }

        var named = found?.Mobility!.HomeAddress;
        session.Require(
            Observation.Status,
            home.Equals(named),
            $"a Binding Error that names {home}",
            found is null ? session.NothingCame(session.Clock.AnswerWithin) : $"one that names {named}",
            found?.Frame ?? frame
        );
    }

    private Packet? ErrorTo(IPAddress careOf, Frame sent)
    {
        session.Tester.TryExpect(
            packet => packet.IsMobility(MobilityOctets.BindingErrorType, out _) && packet.Ip!.Destination.Equals(careOf) ? packet : null,
            sent.At + session.Clock.AnswerWithin,
            sent,
            out var found
        );
        return found;
    }
}
