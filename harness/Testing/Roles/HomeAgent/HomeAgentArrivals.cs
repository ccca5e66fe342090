using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>A packet for a mobile node that the tester has sent.</summary>
internal sealed record SentPacket(FlowProbe Probe, Frame Frame);

/// <summary>
/// Where packets for mobile nodes come out of a home agent under test. They also show its bindings, which are the sessions of the register.
/// </summary>
internal sealed class HomeAgentArrivals(TestSession session, MobileNodePeer nodes)
{
    /// <summary>Waits for a packet to come out, wherever that may be.</summary>
    public bool TryFind(SentPacket sent, [NotNullWhen(true)] out Packet? found) =>
        session.Tester.TryExpect(
            packet => sent.Probe.IsIn(packet) ? packet : null,
            sent.Frame.At + session.Clock.AnswerWithin,
            sent.Frame,
            out found
        );

    /// <summary>Requires that the packets have come out at these places, each once.</summary>
    /// <param name="packets">
    /// Each is sent when the one before has come: while a home agent resolves an address on the link, it need not keep more than one packet
    /// for it (RFC 4861, Section 7.2.2).
    /// </param>
    /// <param name="isOneFlow">True if all have to come out at the same place.</param>
    public void RequireAt(IEnumerable<SentPacket> packets, MobileNode node, IReadOnlyList<CareOf> places, bool isOneFlow = false)
    {
        var expected = $"packets for {node.Name} at {string.Join(" or ", places)}, and nowhere else";
        var (sent, found) = (new List<SentPacket>(), new List<Packet>());
        foreach (var one in packets)
        {
            var came = TryFind(one, out var packet);
            var place = came ? PlaceOf(packet!, node) : null;
            var actual = came ? WhereIt(packet!, place, node) : session.NothingCame(session.Clock.AnswerWithin);
            var isRight = place is not null && places.Contains(place);
            JudgeAddress(came ? ReachedAt(packet!, node) : null, came, places, expected, actual, packet?.Frame ?? one.Frame);
            session.Require(Observation.Forwarding, isRight, expected, actual, packet?.Frame ?? one.Frame);
            sent.Add(one);
            found.Add(packet!);
        }

        var taken = found.Select(packet => PlaceOf(packet, node)!).Distinct().ToList();
        if (isOneFlow && places.Count > 1)
        {
            session.Require(
                Observation.Forwarding,
                taken.Count == 1,
                "the packets of one flow at one place",
                $"they came at {string.Join(" and ", taken)}",
                found[^1].Frame
            );
        }

        RequireOnce(sent, found, expected);
    }

    /// <summary>
    /// The address to which a packet comes shows the binding, whatever the form of the tunnel is. Over IPv4, it also shows which address
    /// the home agent has taken from the update.
    /// </summary>
    private void JudgeAddress(CareOf? reached, bool came, IReadOnlyList<CareOf> places, string expected, string actual, Frame frame)
    {
        var isRight = reached is not null && places.Contains(reached);
        session.Judge(Observation.Session, isRight, expected, actual, frame);
        if (came && places.Any(place => place.IsIpv4))
        {
            session.Judge(Observation.Source, isRight, expected, actual, frame);
        }
    }

    /// <summary>A network may duplicate a packet; a duplicate is not a second destination.</summary>
    private void RequireOnce(List<SentPacket> sent, List<Packet> found, string expected)
    {
        var again = session.Tester.TryFindForbidden(
            packet => sent.Any(one => one.Probe.IsIn(packet)) && !found.Exists(first => packet.Frame.IsCopyOf(first.Frame)) ? packet : null,
            sent[^1].Frame.At + session.Clock.Guard,
            sent[0].Frame,
            out var second
        );
        session.Require(
            Observation.Forwarding,
            !again,
            expected,
            again ? $"one came again on {second!.Frame.Port}, to {second.Ip!.Destination}" : "each came once",
            (second ?? found[^1]).Frame
        );
    }

    /// <summary>Requires that a packet does not come out.</summary>
    public void RequireNowhere(SentPacket sent, string expected)
    {
        var came = session.Tester.TryFindForbidden(
            packet => sent.Probe.IsIn(packet) ? packet : null,
            sent.Frame.At + session.Clock.Guard,
            sent.Frame,
            out var found
        );
        var actual = came ? $"it came on {found!.Frame.Port}, to {found.Ip!.Destination}" : "none came";
        session.Judge(Observation.Session, !came, expected, actual, found?.Frame ?? sent.Frame);
        session.Require(Observation.Forwarding, !came, expected, actual, found?.Frame ?? sent.Frame);
    }

    /// <summary>
    /// Where a packet has come out: in a tunnel from the home agent to a care-of address, under the security association of the home
    /// address if there is one, over IPv4 in the negotiated form, or without a tunnel at the link-layer address of the node on the home
    /// link; null for any other place or form.
    /// </summary>
    public CareOf? PlaceOf(Packet packet, MobileNode node)
    {
        if (packet is { Inner: null, Frame.Port: var port } && port == Ports.Home)
        {
            return packet.Ethernet!.Destination == nodes.At(node, CareOf.Home).LinkLayer ? CareOf.Home : null;
        }

        if (packet.Ip is Ipv4Layer)
        {
            return
                node.Identity.PlaceOf(packet.Ip.Destination) is { } place
                && TunnelForm.Of(packet) is { } form
                && nodes.TunnelsTo(node, place).Contains(form)
                ? place
                : null;
        }

        return
            packet is { Inner: not null, Ip: { } ip }
            && IsProtected(packet, node)
            && session.Ixit.Domain.Tested!.Addresses.Contains(ip.Source)
            ? CareOf.All.FirstOrDefault(place => !place.IsHome && node.AddressAt(place).Equals(ip.Destination))
            : null;
    }

    /// <summary>The same, over IPv4 in any form.</summary>
    private CareOf? ReachedAt(Packet packet, MobileNode node) =>
        packet.Ip is Ipv4Layer ip ? node.Identity.PlaceOf(ip.Destination) : PlaceOf(packet, node);

    private bool IsProtected(Packet packet, MobileNode node) =>
        session.Bed.Associations?.Between(nodes.Tested, node.AddressAt(CareOf.Home), isTunnel: true) is not { } agreed
        || packet.Esp?.Association == agreed.Association;

    private string WhereIt(Packet packet, CareOf? place, MobileNode node) =>
        place is not null ? $"it came at {place}"
        : packet.Inner is null ? $"it came without a tunnel header on {packet.Frame.Port}, to {packet.Ethernet!.Destination}"
        : !IsProtected(packet, node) ? $"it came to {packet.Ip!.Destination}, not under the security association of {node.Name}"
        : $"it came in {TunnelForm.Of(packet)}";
}
