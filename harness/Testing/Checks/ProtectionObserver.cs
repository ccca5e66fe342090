using Conformance.Testing.Bed;
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
            || packet.Ip is not { } ip
            || packet.Esp is not { Association: null } esp
            || session.Ixit.Domain.Tested is not { } tested
            || !tested.Addresses.Contains(ip.Source)
            || session.Ixit.Domain.AssociationTo(ip.Destination, tested.Name) is not { } agreed
            || session.Ixit.Domain.Associations.Any(known => known.IsTunnel && known.From == agreed.From && known.To == agreed.To)
        )
        {
            return;
        }

        foreach (var statement in checks.StatementsOf(CheckNames.Association))
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
}
