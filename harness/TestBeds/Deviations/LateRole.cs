using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;

namespace Conformance.TestBeds.Deviations;

/// <summary>A role that takes some addresses into use after a delay. One that is gone before is never heard of.</summary>
internal sealed class LateRole(IRole role, Predicate<RoleInput.AddressUsable> isLate, TimeSpan delay) : IRole
{
    private readonly Queue<(Instant Due, RoleInput.AddressUsable Address)> _held = [];

    public Instant? NextTimeout =>
        _held.TryPeek(out var first) && (role.NextTimeout is not { } next || first.Due < next) ? first.Due : role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.AddressUsable usable when isLate(usable):
                _held.Enqueue((now.Monotonic + delay, usable));
                break;
            case RoleInput.AddressGone gone when IsHeld(gone):
                var others = _held.Where(held => !IsSame(held.Address, gone)).ToList();
                _held.Clear();
                others.ForEach(_held.Enqueue);
                break;
            default:
                role.Handle(input, now);
                break;
        }
    }

    public void HandleTimeout(Now now)
    {
        while (_held.TryPeek(out var first) && first.Due <= now.Monotonic)
        {
            role.Handle(_held.Dequeue().Address, now);
        }
        role.HandleTimeout(now);
    }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => role.TryTakeAction(out action);

    private bool IsHeld(RoleInput.AddressGone gone) => _held.Any(held => IsSame(held.Address, gone));

    private static bool IsSame(RoleInput.AddressUsable usable, RoleInput.AddressGone gone) =>
        usable.Link == gone.Link && usable.Address.Equals(gone.Address);
}
