using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Drivers;

/// <summary>Finds what the implementation under test got last before it broke down.</summary>
internal static class LastStimulus
{
    /// <summary>
    /// The last packet that the scenario sent, unless the implementation has shown a sign of life since; then the first one after that.
    /// The statements of a negative scenario say what the implementation must do instead of breaking down.
    /// </summary>
    /// <param name="frames">The number of frames when the steps of the scenario had ended.</param>
    public static string Describe(TestSession session, int frames)
    {
        var alive = session.Bed.Frames.LastOrDefault(frame => frame.Direction == Direction.Received)?.Number ?? 0;
        var sent = session.Bed.Frames.Where(IsStimulus).ToList();
        var unanswered = sent.Where(frame => frame.Number > alive).ToList();
        var last = unanswered.LastOrDefault(frame => frame.Number <= frames) ?? unanswered.FirstOrDefault() ?? sent.LastOrDefault();
        if (last is null)
        {
            return "it was sent no packet";
        }

        var binding = session.Scenario.Purpose.Where(statement => !statement.IsRecommendation).Select(statement => statement.Id).ToList();
        var isFault = session.Scenario.Kind is ScenarioKind.BI or ScenarioKind.BO && last.Number <= frames && binding.Count > 0;
        var seen = alive > 0 ? $"its last sign of life was packet {alive}" : "it gave no sign of life";
        var text = $"the last stimulus was packet {last.Number}, {PacketStack.Of(last.Bytes).Words(AddressNames.Instance).ToString()}; {seen}";
        return isFault ? $"{text}; {string.Join(", ", binding)} says what must happen instead" : text;
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
