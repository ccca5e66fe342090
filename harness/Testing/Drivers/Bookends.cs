using Conformance.Testing.Roles;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Runs before and after the steps of a scenario. A negative scenario is enclosed in two valid exchanges with separate mobile
/// nodes: the first shows that the implementation works, the second that it survived. The postamble ends the sessions that the
/// scenario began.
/// </summary>
public sealed class Bookends(TestSession session, ScenarioRole role)
{
    private bool IsNegative => session.Scenario.Kind is ScenarioKind.BI or ScenarioKind.BO;

    /// <exception cref="StepFailedException">The implementation under test does not work even before the scenario.</exception>
    public void Begin()
    {
        role.Role.Prepare();
        if (IsNegative && Exchange("MN-before") is { } problem)
        {
            throw new StepFailedException($"a valid exchange before the scenario fails: {problem}");
        }
    }

    /// <summary>Cleans up after the scenario. The exchange after the scenario takes place only if all steps were completed.</summary>
    /// <exception cref="ImplementationFailedException">The implementation under test no longer works.</exception>
    public void End()
    {
        try
        {
            if (IsNegative && session.Phase == Phase.Body && Exchange("MN-after") is { } problem)
            {
                throw new ImplementationFailedException($"after the scenario, other mobile nodes are no longer served: {problem}");
            }
        }
        finally
        {
            session.Phase = Phase.Postamble;
            role.Role.CleanUp();
        }
    }

    private string? Exchange(string name)
    {
        try
        {
            return role.Role.Bookend(name);
        }
        catch (StepFailedException e)
        {
            return e.Message;
        }
    }
}
