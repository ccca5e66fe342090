using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;

namespace Conformance.TestBeds.Deviations;

/// <summary>A role that does nothing; derived roles add a single reaction.</summary>
internal class IdleRole : IRole
{
    public Instant? NextTimeout => null;

    protected ActionQueue Actions { get; } = new();

    public virtual void Handle(RoleInput input, Now now) { }

    public void HandleTimeout(Now now) { }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => Actions.TryTake(out action);
}
