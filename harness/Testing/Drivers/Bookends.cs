using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Runs before and after the steps of a scenario. A negative scenario is enclosed in two valid exchanges with separate mobile
/// nodes: the first shows that the implementation works, the second that it survived. The postamble ends the sessions that the
/// scenario began.
/// </summary>
public sealed class Bookends(TestSession session, LmaSignaling lma, MagSignaling mag, EndToEnd endToEnd)
{
    private bool IsNegative => session.Scenario.Kind is "BI" or "BO";

    /// <exception cref="StepFailedException">The implementation under test does not work even before the scenario.</exception>
    public void Begin()
    {
        if (IsNegative && Sentinel("MN-before") is { } problem)
        {
            throw new StepFailedException($"a valid exchange before the scenario fails: {problem}");
        }
    }

    /// <summary>Cleans up after the scenario. The exchange after the scenario takes place only if all steps were completed.</summary>
    public void End()
    {
        try
        {
            if (IsNegative && session.Phase == Phase.Body)
            {
                if (Sentinel("MN-after") is { } problem)
                {
                    throw new ImplementationFailedException($"after the scenario, other mobile nodes are no longer served: {problem}");
                }
            }
        }
        finally
        {
            session.Phase = Phase.Postamble;
            CleanUp();
        }
    }

    private string? Sentinel(string name)
    {
        try
        {
            return session.Scenario.Role switch
            {
                "LMA" => lma.Sentinel(name),
                "MAG" => mag.Sentinel(name),
                _ => null,
            };
        }
        catch (StepFailedException e)
        {
            return e.Message;
        }
    }

    private void CleanUp()
    {
        switch (session.Scenario.Role)
        {
            case "LMA":
                lma.CleanUp();
                break;
            case "MAG":
                mag.CleanUp();
                break;
            default:
                endToEnd.CleanUp();
                break;
        }
    }
}
