using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Drivers;

/// <summary>Finds what the implementation under test got last before it broke down.</summary>
internal static class LastStimulus
{
    /// <summary>
    /// The number of the last packet that shows the role of the implementation alive; 0 if there is none. What its IPv6 stack sends by
    /// itself, such as Neighbor Advertisements and ICMPv6 errors, does not count: it goes on when the program of the role has ended.
    /// </summary>
    public static int LastSignOfLife(TestSession session) =>
        session
            .Bed.Frames.LastOrDefault(frame =>
                frame.Direction == Direction.Received && (Packet.Of(frame) is { Mobility: not null } or { RouterAdvertisement: not null })
            )
            ?.Number
        ?? 0;

    /// <summary>
    /// The packets that the scenario sent after the last sign of life of the implementation, one of which it did not survive; the last
    /// packet of all if there is none. The statements of a negative scenario say what the implementation must do instead of breaking
    /// down.
    /// </summary>
    /// <param name="before">The number of frames when the steps of the scenario began.</param>
    /// <param name="frames">The number of frames when the steps had ended.</param>
    public static string Describe(TestSession session, int before, int frames)
    {
        var alive = LastSignOfLife(session);
        var sent = session.Bed.Frames.Where(IsStimulus).ToList();
        var unanswered = sent.Where(frame => frame.Number > alive).ToList();
        var ofSteps = unanswered.Where(frame => frame.Number <= frames).ToList();
        var suspects = ofSteps.Count > 0 ? ofSteps : [.. unanswered.Take(1)];
        if ((suspects.FirstOrDefault() ?? sent.LastOrDefault()) is not { } last)
        {
            return "it was sent no packet";
        }

        var binding = session.Scenario.Purpose.Where(statement => !statement.IsRecommendation).Select(statement => statement.Id).ToList();
        var isFault =
            session.Scenario.Kind is ScenarioKind.BI or ScenarioKind.BO
            && last.Number > before
            && last.Number <= frames
            && binding.Count > 0;
        var seen = alive > 0 ? $"its last sign of life was packet {alive}" : "it gave no sign of life";
        var words = $"packet {last.Number}, {PacketStack.Of(last.Bytes, last.Associations).Words(AddressNames.Instance).ToString()}";
        var text =
            suspects.Count > 1
                ? $"the last stimuli were {words}, and {suspects.Count - 1} more up to packet {suspects[^1].Number}; {seen}"
                : $"the last stimulus was {words}; {seen}";
        return isFault ? $"{text}; what must happen instead is in {string.Join(", ", binding)}" : text;
    }

    /// <summary>False for the packets by which nodes find each other's link-layer addresses, and for replies.</summary>
    private static bool IsStimulus(Frame frame)
    {
        if (frame.Direction != Direction.Sent)
        {
            return false;
        }

        var packet = Packet.Of(frame);
        return packet.Neighbor?.Type switch
        {
            NeighborDiscoveryLayer.NeighborAdvertisement => false,
            NeighborDiscoveryLayer.NeighborSolicitation => IPAddress.IPv6None.Equals(packet.Ip?.Source),
            _ => packet.Icmp?.Type != Icmpv6Layer.EchoReply,
        };
    }
}
