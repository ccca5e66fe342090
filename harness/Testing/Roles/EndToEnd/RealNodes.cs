using Conformance.Testing.Bed;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.EndToEnd;

/// <summary>The nodes that the tester does not emulate. The upper tester acts for the people at them.</summary>
public sealed class RealNodes(TestSession session)
{
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>True if the node is a real one on this bed.</summary>
    public bool Has(MobileNode node) => session.Bed.Can(new UpperTesterAction.Detach(node.Name));

    public void Attach(MobileNode node, PortId port)
    {
        Do(new UpperTesterAction.Attach(node.Name, port.Name));
        node.Link = port;
    }

    public void Detach(MobileNode node)
    {
        Do(new UpperTesterAction.Detach(node.Name));
        node.Link = null;
    }

    /// <returns>The value that the action yields; empty if it yields none.</returns>
    /// <exception cref="StepFailedException">The action failed.</exception>
    internal string Do(UpperTesterAction action)
    {
        var result = Outcome(action, Patience);
        return IsFailure(result) ? throw new StepFailedException($"{action}: {result}")
            : result == "ok" ? string.Empty
            : result;
    }

    internal string Outcome(UpperTesterAction action, TimeSpan patience)
    {
        var pending = session.Bed.Start(action);
        var complete = session.Tester.Await(pending, session.Bed.Now + patience);
        var result = complete ? pending.Result : "failed: it did not end in time";
        session.Bed.NoteUpperTester(action, result);
        return result;
    }

    internal static bool IsFailure(string result) => result.StartsWith("failed:", StringComparison.Ordinal);
}
