using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol;

/// <summary>
/// A protocol role without I/O, clock or thread. The host calls <see cref="Handle"/> for everything that happens and
/// <see cref="HandleTimeout"/> when <see cref="NextTimeout"/> has come, and after every call takes actions until there are none.
/// </summary>
public interface IRole
{
    /// <summary>Tells the role what happened. What had been due by <paramref name="now"/> is done first.</summary>
    void Handle(RoleInput input, Now now);

    /// <summary>Does what is due. Call it at <see cref="NextTimeout"/>; early (nothing is due) and late are harmless.</summary>
    void HandleTimeout(Now now);

    /// <summary>When <see cref="HandleTimeout"/> wants to be called next, or null. Ask again after every call.</summary>
    Instant? NextTimeout { get; }

    /// <summary>Takes the oldest action not yet taken. Drain after every <see cref="Handle"/> and <see cref="HandleTimeout"/>, and carry out in this order.</summary>
    bool TryTakeAction([NotNullWhen(true)] out RoleAction? action);
}
