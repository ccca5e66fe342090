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
        var (frame, isAccepted) = Send(node, form, from);
        if (treatment == CarriedTreatment.Accepted)
        {
            RequireAccepted(frame, isAccepted, words);
            return;
        }

        if (treatment == CarriedTreatment.AnsweredByBindingError)
        {
            RequireError(node, form, from, frame);
        }

        RequireDropped(frame, isAccepted, words);
    }

    private (Frame Sent, Func<Packet, bool> IsAccepted) Send(MobileNode node, CarriedPackets form, CareOf from)
    {
        var (packet, isAccepted) = form == CarriedPackets.Tunnelled ? Tunnelled(node, from) : WithOption(node, from);
        var frame = nodes.Send(node, from, packet);
        session.LastStimulus = frame;
        return (frame, isAccepted);
    }

    private void RequireDropped(Frame frame, Func<Packet, bool> isAccepted, string words)
    {
        var came = session.Tester.TryFindForbidden(
            found => isAccepted(found) ? found : null,
            frame.At + session.Clock.Guard,
            frame,
            out var wrong
        );
        Require(!came, "the packet is dropped", came ? $"{words} came on {wrong!.Frame.Port}" : "it was", wrong?.Frame ?? frame);
    }

    private EmulatedNode Correspondent =>
        network.Named(
            session.Ixit.Domain.Of(NodeRole.Cn).First(node => !node.IsReal && node.AddressOn(Ports.Core) is not null).Name,
            Ports.Core
        );

    private (IpPacket Packet, Func<Packet, bool> IsAccepted) Tunnelled(MobileNode node, CareOf from)
    {
        var flow = new FlowAddresses(node.AddressAt(CareOf.Home), (ushort)(Port + _sent++), Correspondent.Address, Port);
        var probe = new FlowProbe(session.Random, flow);
        return (ReverseTunnel.Of(network.Esp, nodes, node, from, probe.Packet), packet => probe.IsIn(packet) && packet.Inner is null);
    }

    /// <summary>An echo request. The reply may take any form that RFC 6275 knows.</summary>
    private (IpPacket Packet, Func<Packet, bool> IsAccepted) WithOption(MobileNode node, CareOf from)
    {
        var mark = new byte[MarkLength];
        session.Random.NextBytes(mark);
        var home = node.AddressAt(CareOf.Home);
        var echo = new EchoRequest((ushort)(Port + _sent++), 1, new OctetString(mark)).ToBytes(home, nodes.Tested);
        var packet = from.IsHome
            ? new Ipv6Packet(home, nodes.Tested, IpProtocol.Icmpv6, echo)
            : HomeAddressHeader.Before(node.AddressAt(from), nodes.Tested, home, IpProtocol.Icmpv6, echo);
        return (
            packet,
            found =>
                found.Stack.Layers.OfType<Icmpv6Layer>().LastOrDefault() is { Type: Icmpv6Layer.EchoReply, Echo: { } reply }
                && reply.Data.Span.SequenceEqual(mark)
        );
    }

    private void RequireAccepted(Frame frame, Func<Packet, bool> isAccepted, string words)
    {
        session.Tester.TryExpect(packet => isAccepted(packet) ? packet : null, frame.At + session.Clock.AnswerWithin, frame, out var found);
        var actual = found is null ? session.NothingCame(session.Clock.AnswerWithin) : "it came";
        Require(found is not null, words, actual, found?.Frame ?? frame);
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
            frame = Send(node, form, from).Sent;
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
