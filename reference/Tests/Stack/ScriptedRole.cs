using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;

namespace Pmip.Reference.Tests.Stack;

/// <summary>A role that records its inputs and returns the actions given by the test.</summary>
internal sealed class ScriptedRole : IRole
{
    private readonly Queue<RoleAction> _actions = new();

    public List<RoleInput> Inputs { get; } = [];

    public List<Instant> Timeouts { get; } = [];

    public Instant? NextTimeout { get; set; }

    /// <summary>Called with every input, after it was recorded.</summary>
    public Action<RoleInput>? Told { get; set; }

    /// <summary>Adds actions that the node takes after its next call.</summary>
    public ScriptedRole Ask(params RoleAction[] actions)
    {
        foreach (var action in actions)
        {
            _actions.Enqueue(action);
        }
        return this;
    }

    public void Handle(RoleInput input, Now now)
    {
        Inputs.Add(input);
        Told?.Invoke(input);
    }

    public void HandleTimeout(Now now)
    {
        Timeouts.Add(now.Monotonic);
        NextTimeout = null;
    }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _actions.TryDequeue(out action);
}
