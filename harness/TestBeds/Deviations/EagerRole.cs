using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A mobile access gateway that sends its last update again, with another number, whenever a mobile node asks for a router.
/// </summary>
internal sealed class EagerRole(IRole role) : IRole
{
    private RoleAction.SendSignal? _last;
    private bool _isDue;
    private ushort _repetitions;

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        role.Handle(input, now);
        _isDue |= input is RoleInput.Icmp { Message: { IsEmpty: false, Span: [Icmpv6Type.RouterSolicitation, ..] } };
    }

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        if (role.TryTakeAction(out action))
        {
            _last = action as RoleAction.SendSignal ?? _last;
            return true;
        }

        action = _isDue && _last is not null ? Again(_last) : null;
        _isDue = false;
        return action is not null;
    }

    private RoleAction.SendSignal? Again(RoleAction.SendSignal last) =>
        MobilityMessage.TryParse(last.MobilityHeader.Span, out var message, out _) && message is BindingUpdate update
            ? last with
            {
                MobilityHeader = last.Path.Complete(update with { SequenceNumber = (ushort)(update.SequenceNumber + ++_repetitions) }),
            }
            : null;
}
