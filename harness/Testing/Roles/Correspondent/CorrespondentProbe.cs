using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// An echo request to a correspondent node under test, whose reply shows where packets for its sender go. Its identifier is that of a flow.
/// </summary>
internal sealed class CorrespondentProbe
{
    private const int MarkLength = 16;

    private readonly byte[] _mark = new byte[MarkLength];

    private CorrespondentProbe(Random random) => random.NextBytes(_mark);

    /// <summary>The frame with the request.</summary>
    public Frame Sent { get; private init; } = null!;

    /// <summary>The source that the correspondent node answers: the home address, or that of another node.</summary>
    public required IPAddress Sender { get; init; }

    /// <summary>The source in the IPv6 header.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>Sends a request from the home address, as one that the home agent has forwarded.</summary>
    public static CorrespondentProbe FromHome(TestSession session, MobileNodePeer peer, MobileNode node, ushort flow)
    {
        session.Nodes.Bind(node);
        var home = node.AddressAt(CareOf.Home);
        return Of(session, home, home, peer.Tested, flow, hasOption: false, packet => peer.Send(node, CareOf.Home, packet));
    }

    /// <summary>Sends a request from a care-of address, with a Home Address option.</summary>
    public static CorrespondentProbe FromCareOf(TestSession session, MobileNodePeer peer, MobileNode node, CareOf from, ushort flow)
    {
        session.Nodes.Bind(node);
        var (home, source) = (node.AddressAt(CareOf.Home), node.AddressAt(from));
        return Of(session, home, source, peer.Tested, flow, hasOption: true, packet => peer.Send(node, from, packet));
    }

    /// <summary>Sends a request of a node that is no mobile node.</summary>
    public static CorrespondentProbe FromOther(
        TestSession session,
        EmulatedNetwork network,
        EmulatedNode node,
        IPAddress tested,
        ushort flow
    ) => Of(session, node.Address, node.Address, tested, flow, hasOption: false, packet => network.Send(node, tested, packet));

    /// <summary>True for the reply to the request.</summary>
    public bool IsAnsweredIn(Packet packet) =>
        packet is { Icmp: { Type: Icmpv6Layer.EchoReply, Echo.Data: var data }, Ip: { } ip }
        && data.Span.SequenceEqual(_mark)
        && ip.UpperDestination.Equals(Sender);

    /// <summary>True for a Binding Error that is about the request, of whatever status (RFC 6275, Section 9.3.1).</summary>
    public bool IsRefusedIn(Packet packet) =>
        packet.IsMobility(MobilityOctets.BindingErrorType, out var error)
        && (packet.Ip!.Destination.Equals(Source) || error.HomeAddress.Equals(Sender));

    private static CorrespondentProbe Of(
        TestSession session,
        IPAddress sender,
        IPAddress source,
        IPAddress tested,
        ushort flow,
        bool hasOption,
        Func<Ipv6Packet, Frame> send
    )
    {
        const ushort Sequence = 1;
        var probe = new CorrespondentProbe(session.Random) { Sender = sender, Source = source };
        var echo = new EchoRequest(flow, Sequence, new OctetString(probe._mark)).ToBytes(sender, tested);
        var draft = new Edits.MessageDraft
        {
            IsAcknowledgement = false,
            Edition = session.Scenario.Edition.Wire,
            HomeAddress = hasOption ? sender : null,
        };
        return probe.As(send(draft.Behind(source, tested, IpProtocol.Icmpv6, echo)));
    }

    private CorrespondentProbe As(Frame sent) =>
        new(_mark)
        {
            Sent = sent,
            Sender = Sender,
            Source = Source,
        };

    private CorrespondentProbe(byte[] mark) => _mark = mark;
}
