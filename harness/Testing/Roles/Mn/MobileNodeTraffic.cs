using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// Packets of a correspondent node for the mobile node under test, by the ways that home agent and correspondent node have for them, and
/// the ways by which its replies come.
/// </summary>
public sealed class MobileNodeTraffic(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeFieldWords words,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent
)
{
    private const int FlowsOfWay = 3;

    /// <summary>What the mobile node has just been told, it must have read before anything else comes.</summary>
    private static readonly TimeSpan _settling = TimeSpan.FromMilliseconds(100);

    private IReadOnlyList<(MobileNodeProbe Probe, Frame Sent)> _sent = [];

    /// <summary>True if a step has said over which link these go, so that their replies count as those of others do.</summary>
    private bool _isNamed;

    /// <summary>Lets the mobile node read what it has just been told.</summary>
    public void Settle() => session.Tester.WaitUntil(session.Bed.Now + _settling);

    /// <summary>A correspondent node sends packets to the home address.</summary>
    /// <param name="over">The link on whose care-of address they arrive; null for any of those that are bound.</param>
    /// <param name="edits"><c>outer source = another node</c>: that node enters the tunnel.</param>
    public void Send(string from, PortId? over, EditList edits)
    {
        var isOfAnother = edits.Edits is [Edit.Set { Field: "outer source", Value: AnswerChanges.OtherNode }];
        if (edits.Edits.Count > 0 && !isOfAnother)
        {
            throw edits.Edits[0].Fault("packets in a tunnel are changed by 'outer source = another node'");
        }

        events.Begin();
        Settle();
        _isNamed = over is not null;
        Note([
            .. Ways(from, over)
                .Select(careOf =>
                {
                    var probe = Probe(from);
                    return (probe, isOfAnother ? homeAgent.Send(probe.Packet, careOf, correspondent.Other) : Send(probe, careOf));
                }),
        ]);
    }

    /// <summary>A correspondent node sends packets with a type 2 routing header to a care-of address (RFC 6275, Section 6.4).</summary>
    /// <param name="edits"><c>Segments Left</c>, <c>Hdr Ext Len</c> and <c>Home Address</c> of the header.</param>
    public void SendRouted(string from, PortId over, EditList edits)
    {
        events.Begin();
        var careOf =
            links.CareOfOn(over)
            ?? throw new StepFailedException($"the mobile node has shown no care-of address on {MobileNodeWanted.Words(over)}");
        var probe = Probe(from);
        var header = RoutingHeaderEdits.Before(probe, edits, words);
        Note([(probe, links.Send(careOf, new Ipv6Packet(probe.From, careOf, IpProtocol.Routing, header)))]);
    }

    /// <summary>Requires that the packets of the last step are answered, or are not.</summary>
    public void ExpectTaken(bool areTaken)
    {
        var (_, sent) = _sent is [.., var last]
            ? last
            : throw new ScenarioFaultException("No node has sent packets to the mobile node yet.");
        var until = sent.At + (areTaken ? session.Clock.AnswerWithin : session.Clock.Guard);
        PacketArrival? arrival = null;
        foreach (var (probe, request) in _sent)
        {
            session.Tester.TryExpect(packet => probe.ReplyIn(packet, links, homeAgent.IsTunnelled), until, request, out var reply);
            arrival ??= reply;
        }

        session.Require(
            Observation.Forwarding,
            arrival is not null == areTaken,
            areTaken ? "the mobile node answers the packets" : "the mobile node drops the packets",
            arrival is null ? session.NothingCame(session.Clock.AnswerWithin) : "it answers",
            arrival?.Packet.Frame ?? sent
        );
    }

    /// <summary>Sends a packet through the tunnel to a care-of address, although the correspondent node may know better.</summary>
    public Frame SendTunnelled(IPAddress careOf) =>
        homeAgent.Send(new MobileNodeProbe(session.Random, correspondent.Address, links.Known.HomeAddress).Packet, careOf);

    /// <summary>Requires that replies to a correspondent node come over these links, and no other one.</summary>
    /// <param name="places">Empty if none may come.</param>
    public void ExpectOver(string from, IReadOnlyList<PortId> places)
    {
        var arrivals = Exchange(from);
        if (places.Count == 0)
        {
            session.RequirePackets(
                isEvident: true,
                arrivals.All.Count == 0,
                "no reply of the mobile node",
                arrivals.All.Count == 0 ? "none came" : $"one came over {MobileNodeWanted.Words(arrivals.All[0].Link)}",
                (arrivals.All is [var any, ..] ? any.Packet.Frame : null) ?? arrivals.Sent
            );
            return;
        }

        var expected = $"replies of the mobile node over {MobileNodeWanted.Words(places)} only";
        Require(
            arrivals,
            arrival => places.Contains(arrival.Link) && (arrival.CareOf is null || links.LinkOf(arrival.CareOf) == arrival.Link),
            expected,
            arrival =>
                $"one came over {MobileNodeWanted.Words(arrival.Link)}"
                + (arrival.CareOf is { } careOf && links.LinkOf(careOf) != arrival.Link ? $" from {careOf}" : string.Empty)
        );
    }

    /// <summary>Requires that replies to a correspondent node come in a form.</summary>
    public void ExpectWay(string from, PacketWay way) =>
        Require(
            Exchange(from),
            arrival => arrival.Way == way,
            $"replies of the mobile node {Words(way)}",
            arrival => $"one came {Words(arrival.Way)}"
        );

    private void Require(
        (Frame Sent, IReadOnlyList<PacketArrival> All) arrivals,
        Func<PacketArrival, bool> isRight,
        string expected,
        Func<PacketArrival, string> words
    )
    {
        var wrong = arrivals.All.FirstOrDefault(arrival => !isRight(arrival));
        session.RequirePackets(
            arrivals.All.Count > 0,
            arrivals.All.Count > 0 && wrong is null,
            expected,
            arrivals.All.Count == 0 ? session.NothingCame(session.Clock.AnswerWithin)
                : wrong is null ? "as expected"
                : words(wrong),
            (wrong ?? (arrivals.All is [var first, ..] ? first : null))?.Packet.Frame ?? arrivals.Sent
        );
    }

    private void Note(IReadOnlyList<(MobileNodeProbe Probe, Frame Sent)> sent)
    {
        _sent = sent;
        events.End(sent[^1].Sent);
    }

    /// <summary>Sends packets by every way, and waits for the replies. A lost reply is no fault where another one comes.</summary>
    private (Frame Sent, IReadOnlyList<PacketArrival> All) Exchange(string from)
    {
        var probes = _sent.Where(known => _isNamed && known.Sent.Number > (events.Cause?.Number ?? 0)).ToList();
        if (probes.Count == 0)
        {
            session.TryAwait(() => Ways(from, over: null).Count > 0, events.SettledAt + links.Known.AttachWithin);
        }

        Settle();
        foreach (var careOf in Ways(from, over: null))
        {
            for (var flow = 0; flow < FlowsOfWay; flow++)
            {
                var probe = Probe(from);
                probes.Add((probe, Send(probe, careOf)));
            }
        }

        if (probes.Count == 0)
        {
            throw new StepFailedException("no packet of the correspondent node has a way to the mobile node");
        }

        var arrivals = new List<PacketArrival>();
        foreach (var (probe, sent) in probes)
        {
            var until = probes[^1].Sent.At + session.Clock.AnswerWithin;
            if (session.Tester.TryExpect(packet => probe.ReplyIn(packet, links, homeAgent.IsTunnelled), until, sent, out var arrival))
            {
                arrivals.Add(arrival);
            }
        }

        return (probes[^1].Sent, arrivals);
    }

    private MobileNodeProbe Probe(string from) => new(session.Random, session.AddressOf(from), links.Known.HomeAddress);

    /// <summary>
    /// The care-of addresses to which packets of a node may go now: those bound at the correspondent node, or else at the home agent; the
    /// home address without any binding, if the home link is up. On the link that a step names, there need not be a binding.
    /// </summary>
    /// <exception cref="StepFailedException">The mobile node has no address on the link that a step names.</exception>
    private List<IPAddress> Ways(string from, PortId? over)
    {
        if (over is { } link)
        {
            return link == links.Home.Place ? [links.Known.HomeAddress]
                : links.CareOfOn(link) is { } shown ? [shown]
                : throw new StepFailedException($"the mobile node has shown no care-of address on {MobileNodeWanted.Words(link)}");
        }

        var optimised = session.AddressOf(from).Equals(correspondent.Address) ? Reachable(correspondent) : [];
        var all = optimised.Count > 0 ? optimised : Reachable(homeAgent);
        return all.Count == 0 && links.Home.IsUp ? [links.Known.HomeAddress] : all;
    }

    private List<IPAddress> Reachable(RegistrationPeer peer) =>
        [
            .. peer
                .Bindings.Select(binding => binding.IsHome ? links.Known.HomeAddress : binding.CareOf)
                .Where(careOf => links.LinkOf(careOf) is { } link && links.Router(link).IsUp)
                .Distinct(),
        ];

    private Frame Send(MobileNodeProbe probe, IPAddress careOf) =>
        probe.From.Equals(correspondent.Address) && correspondent.Bindings.Any(binding => binding.CareOf.Equals(careOf))
            ? links.Send(careOf, correspondent.Routed(careOf, IpProtocol.Icmpv6, probe.Octets))
            : homeAgent.Send(probe.Packet, careOf);

    private static string Words(PacketWay? way) =>
        way switch
        {
            PacketWay.ReverseTunnelled => "in the tunnel to the home agent",
            PacketWay.RouteOptimised => "from a care-of address with a Home Address option",
            _ => "from the home address without tunnel",
        };
}
