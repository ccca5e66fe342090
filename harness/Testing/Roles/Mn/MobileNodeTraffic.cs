using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// Packets of a correspondent node for the mobile node under test, by the ways that home agent and correspondent node have for them, and
/// the ways by which its replies come.
/// </summary>
internal sealed class MobileNodeTraffic(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent
)
{
    private const int FlowsOfWay = 3;

    /// <inheritdoc cref="IMobileNodeUnderTest.SendToNode"/>
    public void Send(string from, PortId? over)
    {
        events.Begin();
        Frame? last = null;
        foreach (var careOf in Ways(from, over))
        {
            last = Send(Probe(from), careOf);
        }

        events.End(last);
    }

    /// <summary>Sends a packet through the tunnel to a care-of address, although the correspondent node may know better.</summary>
    public Frame SendTunnelled(IPAddress careOf) =>
        homeAgent.Send(new MobileNodeProbe(session.Random, correspondent.Address, links.Known.HomeAddress).Packet, careOf);

    /// <inheritdoc cref="IMobileNodeUnderTest.ExpectPacketsOver"/>
    public void ExpectOver(string from, IReadOnlyList<PortId> places)
    {
        var arrivals = Exchange(from);
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

    /// <inheritdoc cref="IMobileNodeUnderTest.ExpectWay"/>
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
        session.Require(
            Observation.Forwarding,
            arrivals.All.Count > 0 && wrong is null,
            expected,
            arrivals.All.Count == 0 ? session.NothingCame(session.Clock.AnswerWithin)
                : wrong is null ? "as expected"
                : words(wrong),
            (wrong ?? arrivals.All.FirstOrDefault())?.Packet.Frame ?? arrivals.Sent
        );
    }

    /// <summary>Sends packets by every way, and waits for the replies. A lost reply is no fault where another one comes.</summary>
    private (Frame Sent, IReadOnlyList<PacketArrival> All) Exchange(string from)
    {
        var probes = new List<(MobileNodeProbe Probe, Frame Sent)>();
        foreach (var careOf in Ways(from, over: null))
        {
            for (var flow = 0; flow < FlowsOfWay; flow++)
            {
                var probe = Probe(from);
                probes.Add((probe, Send(probe, careOf)));
            }
        }

        var arrivals = new List<PacketArrival>();
        foreach (var (probe, sent) in probes)
        {
            var until = probes[^1].Sent.At + session.Clock.AnswerWithin;
            if (session.Tester.TryExpect(packet => probe.ReplyIn(packet, homeAgent.Address), until, sent, out var arrival))
            {
                arrivals.Add(arrival);
            }
        }

        return (probes[^1].Sent, arrivals);
    }

    private MobileNodeProbe Probe(string from) => new(session.Random, session.AddressOf(from), links.Known.HomeAddress);

    /// <summary>
    /// The care-of addresses to which packets of a node may go now: those bound at the correspondent node, or else at the home agent; the
    /// home address without any binding.
    /// </summary>
    /// <exception cref="StepFailedException">Nothing is bound on the link that a step names.</exception>
    private IReadOnlyList<IPAddress> Ways(string from, PortId? over)
    {
        var optimised = session.AddressOf(from).Equals(correspondent.Address) ? correspondent.Bindings : [];
        var all = (over is null && optimised.Count > 0 ? optimised : [.. optimised, .. homeAgent.Bindings])
            .Select(binding => binding.IsHome ? links.Known.HomeAddress : binding.CareOf)
            .Where(careOf => over is not { } link || links.LinkOf(careOf) == link)
            .Distinct()
            .ToList();
        return all.Count > 0 ? all
            : over is null || over == links.Home.Port ? [links.Known.HomeAddress]
            : throw new StepFailedException($"the mobile node has no binding for {MobileNodeWanted.Words(over.Value)}");
    }

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
