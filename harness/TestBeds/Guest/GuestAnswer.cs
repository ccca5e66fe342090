using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Guest;

/// <summary>An answer that the agent of a guest is asked for.</summary>
/// <param name="ended">Why the guest has ended; null while it runs.</param>
internal sealed class GuestAnswer(Func<string?> ended) : IPending
{
    private volatile Outcome? _outcome;

    public bool IsComplete => _outcome is not null || ended() is not null;

    public Outcome Result => _outcome ?? new Outcome.Failed(ended() ?? "the node has not answered");

    public void Set(Outcome outcome) => _outcome = outcome;
}
