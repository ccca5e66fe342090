using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>
/// Judges the ESP packets of the implementation under test that its peer must discard: their SPI is that of no association, or they are
/// not authentic. What they protect is not known; between two nodes whose only associations are those for binding messages, it can be
/// nothing else.
/// </summary>
public sealed class ProtectionObserver(TestSession session, CheckList checks) : IFrameObserver
{
    public void Observe(Packet packet)
    {
        if (
            packet.Frame.Direction != Direction.Received
            || Protected(packet) is not ({ } ip, { Association: null } esp)
            || session.Ixit.Domain.Tested is not { } tested
            || !tested.Addresses.Contains(ip.Source)
            || session.Ixit.Domain.AssociationTo(ip.Destination, tested.Name) is not { } agreed
            || session.Ixit.Domain.Associations.Any(known => known.IsTunnel && known.From == agreed.From && known.To == agreed.To)
        )
        {
            return;
        }

        var place = packet.Outer is not Ipv4Layer
            ? []
            : new[] { ip is Ipv4Layer ? CheckNames.OuterAssociation : CheckNames.InnerAssociation };
        foreach (var statement in place.Prepend(CheckNames.Association).SelectMany(checks.StatementsOf))
        {
            session.Find(
                statement,
                ok: false,
                $"ESP under {agreed.Words}",
                esp.Fault is { Reason: var reason } ? $"{esp.Words()}: {reason}" : $"{esp.Words()}, which is that of no association",
                packet.Frame,
                esp.Offset,
                ofOneMessage: true
            );
        }
    }

    /// <summary>The header before ESP: that of the packet, or of the IPv6 packet behind UDP.</summary>
    private static (IpLayer? Ip, EspLayer? Esp) Protected(Packet packet) =>
        packet.Outer is { Esp: { } outside } outer ? (outer, outside)
        : packet.Udp?.Carried is { Esp: { } inside } inner ? (inner, inside)
        : (packet.Ip, packet.Esp);
}
