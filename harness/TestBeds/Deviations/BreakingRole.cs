using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>How a device breaks down.</summary>
internal enum BreakdownKind
{
    /// <summary>It stops, and its bed notices.</summary>
    Crash,

    /// <summary>Its role does nothing any more, while its IP stack works on.</summary>
    Silence,

    /// <summary>It begins anew, without its sessions.</summary>
    Restart,
}

/// <summary>A role that works until it has got a number of messages, and then breaks down.</summary>
/// <param name="create">Creates the role that works.</param>
/// <param name="after">The number of messages; the last one is not handled.</param>
/// <param name="malformedOnly">Counts only messages that cannot be parsed.</param>
internal sealed class BreakingRole(Func<IRole> create, BreakdownKind kind, int after, bool malformedOnly = false) : IRole
{
    private IRole _role = create();
    private int _left = after;
    private bool _isSilent;

    public Instant? NextTimeout => _isSilent ? null : _role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        if (_isSilent)
        {
            return;
        }

        if (input is RoleInput.Signal signal && IsCounted(signal) && --_left == 0)
        {
            Break(now);
        }
        else
        {
            _role.Handle(input, now);
        }
    }

    public void HandleTimeout(Now now)
    {
        if (!_isSilent)
        {
            _role.HandleTimeout(now);
        }
    }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        action = null;
        return !_isSilent && _role.TryTakeAction(out action);
    }

    private void Break(Now now)
    {
        switch (kind)
        {
            case BreakdownKind.Crash:
                throw new InvalidOperationException("this device has seen enough");
            case BreakdownKind.Silence:
                _isSilent = true;
                break;
            default:
                _role = create();
                _role.Handle(new RoleInput.Started(), now);
                break;
        }
    }

    private bool IsCounted(RoleInput.Signal signal) =>
        !malformedOnly || !MobilityMessage.TryParse(signal.MobilityHeader.Span, out _, out _);
}
