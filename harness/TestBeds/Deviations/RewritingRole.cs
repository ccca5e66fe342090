using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;

namespace Conformance.TestBeds.Deviations;

/// <summary>A role whose inputs or actions are replaced by others.</summary>
internal sealed class RewritingRole(IRole role) : IRole
{
    private readonly Queue<RoleAction> _actions = [];

    /// <summary>What the role is told instead of an input.</summary>
    public Func<RoleInput, IEnumerable<RoleInput>> Inputs { get; init; } = input => [input];

    /// <summary>What the host is asked to do instead of an action.</summary>
    public Func<RoleAction, IEnumerable<RoleAction>> Actions { get; init; } = action => [action];

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        foreach (var told in Inputs(input))
        {
            role.Handle(told, now);
        }
    }

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        while (_actions.Count == 0 && role.TryTakeAction(out var taken))
        {
            foreach (var asked in Actions(taken))
            {
                _actions.Enqueue(asked);
            }
        }

        return _actions.TryDequeue(out action);
    }
}
