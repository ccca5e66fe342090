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
        Do(new UpperTesterAction.Attach(node.Name, port));
        node.Link = port;
    }

    public void Detach(MobileNode node)
    {
        Do(new UpperTesterAction.Detach(node.Name));
        node.Link = null;
    }

    /// <exception cref="StepFailedException">The action failed.</exception>
    internal Outcome Do(UpperTesterAction action)
    {
        var outcome = Perform(action, Patience);
        return outcome is Outcome.Failed ? throw new StepFailedException($"{action}: {outcome}") : outcome;
    }

    /// <exception cref="ScenarioFaultException">The action was ended by its time limit.</exception>
    internal Outcome Perform(UpperTesterAction action, TimeSpan patience)
    {
        var pending = session.Bed.Start(action);
        var complete = session.Tester.Await(pending, session.Bed.Now + patience);
        var outcome = complete ? pending.Result : new Outcome.Failed("it did not end in time");
        session.Bed.NoteUpperTester(action, outcome);
        return outcome is Outcome.Expired expired ? throw new ScenarioFaultException(expired.Reason) : outcome;
    }
}
