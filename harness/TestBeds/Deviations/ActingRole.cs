using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;

namespace Conformance.TestBeds.Deviations;

/// <summary>A role whose actions are changed before its host takes them.</summary>
/// <param name="change">The actions in place of one.</param>
internal sealed class ActingRole(IRole role, Func<RoleAction, IEnumerable<RoleAction>> change) : IRole
{
    private readonly Queue<RoleAction> _changed = [];

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now) => role.Handle(input, now);

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        while (_changed.Count == 0 && role.TryTakeAction(out var next))
        {
            foreach (var changed in change(next))
            {
                _changed.Enqueue(changed);
            }
        }

        return _changed.TryDequeue(out action);
    }
}
