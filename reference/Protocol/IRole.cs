using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol;

/// <summary>
/// A protocol role without I/O, clock or thread. The host calls <see cref="Handle"/> for every event and
/// <see cref="HandleTimeout"/> when <see cref="NextTimeout"/> is reached, and takes all actions after every call.
/// </summary>
public interface IRole
{
    /// <summary>Reports an event to the role. Deadlines due by <paramref name="now"/> are handled first.</summary>
    void Handle(RoleInput input, Now now);

    /// <summary>Handles due deadlines. Call it at <see cref="NextTimeout"/>; an early or late call is harmless.</summary>
    void HandleTimeout(Now now);

    /// <summary>When to call <see cref="HandleTimeout"/> next, or null. Read it again after every call.</summary>
    Instant? NextTimeout { get; }

    /// <summary>
    /// Takes the oldest pending action. Take all after every <see cref="Handle"/> and <see cref="HandleTimeout"/>, and execute
    /// them in order.
    /// </summary>
    bool TryTakeAction([NotNullWhen(true)] out RoleAction? action);
}
