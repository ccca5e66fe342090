using Conformance.Testing.Bed;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Something that becomes true while frames come.</summary>
internal sealed class Condition(Func<bool> isTrue) : IPending
{
    public bool IsComplete => isTrue();

    public Outcome Result => IsComplete ? Outcome.Ok : new Outcome.Failed("not in time");
}

/// <summary>Waits for conditions.</summary>
internal static class Conditions
{
    /// <summary>Lets time pass until something has come true, or until a time.</summary>
    /// <returns>True if it has.</returns>
    public static bool TryAwait(this TestSession session, Func<bool> isTrue, DateTimeOffset until) =>
        session.Tester.Await(new Condition(isTrue), until) || isTrue();
}
